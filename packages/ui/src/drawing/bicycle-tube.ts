/** Tubes: flat colour, a thin gleam along the upper side, shade along the lower. Told in as few paths as can be. */
import type { Shades } from './colour.ts'
import { tubeCorners } from './bicycle-geometry.ts'
import { compactPath } from './path-data.ts'
import { add, curve, direction, path, polyline, type Point } from './svg.ts'

export type Tube = readonly [from: Point, to: Point, width: number]

/** Straight tubes of one colour: first all bodies, then all shade, then all gleam, so that joints are smooth. */
export function tubes(list: readonly Tube[], shades: Shades): string {
  const widths = [...new Set(list.map(([, , width]) => width))]
  const bodies = widths.map((width) =>
    curve(
      list
        .filter((tube) => tube[2] === width)
        .map(([from, to]) => polyline([from, to]))
        .join(''),
      { width },
    ),
  )
  const widest = Math.max(...widths)
  const shade = list.map((tube) => polyline(beside(tube, -0.31, 0.5)))
  const gleam = list.map((tube) => polyline(beside(tube, 0.29, 0.7)))
  return [
    `<g stroke="${shades.base}">`,
    ...bodies,
    `<path stroke="${shades.low}" stroke-width="${Math.round(Math.min(14, widest * 0.26))}" d="${compactPath(shade.join(''))}"/>`,
    `<path stroke="${shades.high}" stroke-width="${widest > 30 ? 5 : 3}" d="${compactPath(gleam.join(''))}"/>`,
    '</g>',
  ].join('')
}

/** A line along a tube, away from its middle by a share of its width, shortened at both ends. Light comes from above. */
function beside([from, to, width]: Tube, share: number, trim: number): Point[] {
  const [dx, dy] = direction(from, to)
  const side = dx - dy * 0.35 > 0 ? 1 : -1
  const off: Point = [-dy * side * width * share, dx * side * width * share]
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const cut = Math.min(width * trim, length * 0.3)
  return [add(add(from, off), [dx, dy], cut), add(add(to, off), [dx, dy], -cut)]
}

/** A short straight piece with square ends (collars, hinges, spacers). */
export function rod(from: Point, to: Point, widthFrom: number, widthTo: number, colour: string): string {
  return path(tubeCorners(from, to, widthFrom, widthTo), { fill: colour })
}

/** A bent tube along path data, told as absolute M, L, C or Q, with the path of its gleam. */
export function bentTube(d: string, width: number, shades: Shades, gleam: string): string {
  return curve(d, { stroke: shades.base, width }) + curve(gleam, { stroke: shades.high, width: 5 })
}
