import { colours, ticksOf, type Drawing, type Point, type Shape } from './drawing.ts'

export type ConeMonth = { label: string; low: number; median: number; high: number; other?: number | null }

const [width, height] = [500, 220]
const edge = { left: 62, right: 12, top: 14, bottom: 26 }

/**
 * A figure over months with the interval it lies in nine times of ten; beside it what came, or what would be without.
 * @param format how a value of the axis is written
 * @param names what the middle line and the other line are, written in the picture
 */
export function conePlot(
  months: readonly ConeMonth[],
  {
    label,
    format,
    names,
  }: { label: string; format: (value: number) => string; names: { median: string; other?: string } },
): Drawing {
  const values = months.flatMap(({ low, median, high, other }) => [
    low,
    median,
    high,
    ...(other == null ? [] : [other]),
  ])
  const ticks = ticksOf(Math.min(0, ...values), Math.max(0, ...values))
  const [least, most] = [ticks[0]!, ticks.at(-1)!]
  const x = (at: number): number =>
    edge.left + ((width - edge.left - edge.right) * (at + 0.5)) / Math.max(1, months.length)
  const y = (value: number): number =>
    height - edge.bottom - ((height - edge.top - edge.bottom) * (value - least)) / (most - least)
  const path = (of: (month: ConeMonth) => number): Point[] => months.map((month, at) => [x(at), y(of(month))])
  const others = months.flatMap(({ other }, at): Point[] => (other == null ? [] : [[x(at), y(other)]]))
  const every = Math.ceil(months.length / 8)
  const shapes: Shape[] = [
    ...ticks.flatMap((tick): Shape[] => [
      {
        kind: 'line',
        points: [
          [edge.left, y(tick)],
          [width - edge.right, y(tick)],
        ],
        color: tick === 0 ? colours.dim : colours.line,
        width: tick === 0 ? 1 : 0.5,
      },
      {
        kind: 'text',
        x: edge.left - 6,
        y: y(tick) + 3,
        text: format(tick),
        size: 8,
        anchor: 'end',
        color: colours.dim,
      },
    ]),
    {
      kind: 'area',
      points: [...path((m) => m.high), ...path((m) => m.low).reverse()],
      color: colours.accent,
      opacity: 0.18,
    },
    { kind: 'line', points: path((m) => m.median), color: colours.accent, width: 2 },
    ...(others.length > 0
      ? [{ kind: 'line', points: others, color: colours.ochre, width: 2, dashed: true } satisfies Shape]
      : []),
    ...months.flatMap(({ label: month }, at): Shape[] =>
      at % every === 0
        ? [{ kind: 'text', x: x(at), y: height - 10, text: month, size: 8, anchor: 'middle', color: colours.dim }]
        : [],
    ),
    ...legend(names.median, { x: edge.left, color: colours.accent }),
    ...(names.other === undefined || others.length === 0
      ? []
      : legend(names.other, { x: width * 0.62, color: colours.ochre, dashed: true })),
  ]
  return { width, height, label, shapes }
}

/** A piece of the line and its name. */
function legend(name: string, { x, color, dashed = false }: { x: number; color: string; dashed?: boolean }): Shape[] {
  return [
    {
      kind: 'line',
      points: [
        [x, 6],
        [x + 18, 6],
      ],
      color,
      width: 2,
      dashed,
    },
    { kind: 'text', x: x + 24, y: 9, text: name, size: 8, anchor: 'start', color, strong: true },
  ]
}
