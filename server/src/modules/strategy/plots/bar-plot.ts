import { colours, ticksOf, type Drawing, type Shape } from './drawing.ts'

/** A bar from one value to another, and how it is named; more than one colour tells ends apart. */
export type Bar = { label: string; from: number; to: number; color?: string; told: string }

const width = 500
const rowHeight = 24
const edge = { left: 170, right: 76, top: 8, bottom: 22 }

/** Bars that lie, one below the other, on one axis that has zero; each with its name before it and its value behind. */
export function barPlot(
  bars: readonly Bar[],
  { label, format, zero = 0 }: { label: string; format: (value: number) => string; zero?: number },
): Drawing {
  const height = edge.top + edge.bottom + rowHeight * Math.max(1, bars.length)
  const values = bars.flatMap(({ from, to }) => [from, to])
  const ticks = ticksOf(Math.min(zero, ...values), Math.max(zero, ...values), 4)
  const [least, most] = [ticks[0]!, ticks.at(-1)!]
  const x = (value: number): number => edge.left + ((width - edge.left - edge.right) * (value - least)) / (most - least)
  const shapes: Shape[] = [
    ...ticks.flatMap((tick): Shape[] => [
      {
        kind: 'line',
        points: [
          [x(tick), edge.top],
          [x(tick), height - edge.bottom],
        ],
        color: tick === zero ? colours.dim : colours.line,
        width: tick === zero ? 1 : 0.5,
      },
      {
        kind: 'text',
        x: x(tick),
        y: height - 8,
        text: format(tick),
        size: 8,
        anchor: 'middle',
        color: colours.dim,
      },
    ]),
    ...bars.flatMap(({ label: name, from, to, color, told }, at): Shape[] => {
      const top = edge.top + at * rowHeight
      return [
        {
          kind: 'bar',
          x: Math.min(x(from), x(to)),
          y: top + 5,
          width: Math.max(1, Math.abs(x(to) - x(from))),
          height: rowHeight - 10,
          color: color ?? colours.accent,
        },
        {
          kind: 'text',
          x: edge.left - 8,
          y: top + 15,
          text: shorten(name),
          size: 8.5,
          anchor: 'end',
          color: colours.ink,
        },
        {
          kind: 'text',
          x: width - edge.right + 6,
          y: top + 15,
          text: told,
          size: 8.5,
          anchor: 'start',
          color: colours.ink,
        },
      ]
    }),
  ]
  return { width, height, label, shapes }
}

const longest = 32
const shorten = (name: string): string => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name)
