/**
 * Building SVG by hand: small, deterministic text. An `id` says all that it names, so drawings can be inlined side by side. What is
 * said once for a whole picture (no fill, round ends) is not said again by its shapes.
 */
import type { Ground } from './colour.ts'
import { compactPath } from './path-data.ts'

export type Point = readonly [x: number, y: number]

/** Every picture of a good has this canvas (4 : 3), so that lists line up. */
export const width = 1200
export const height = 900
/** Where goods touch the floor, in canvas units from the top. */
export const groundY = 760

export interface PictureOptions {
  /** Said by screen readers; a picture without one is decorative. */
  title?: string
  /** `tile` stands before wall and floor; `none` is transparent. */
  background?: 'tile' | 'none'
}

export interface Paint {
  fill?: string
  stroke?: string
  width?: number
  opacity?: number
  /** Lines end round unless told otherwise; dashes never do. */
  cap?: 'butt'
  dash?: string
}

/** A whole document from the shapes inside it, before a wall and on a floor unless it is to be transparent. */
export function picture(
  body: string,
  ground: Ground,
  { title, background = 'tile' }: PictureOptions,
  [viewWidth, viewHeight]: Point = [width, height],
): string {
  const role = title ? `role="img" aria-label="${escapeXml(title)}"` : 'aria-hidden="true"'
  const name = title ? `<title>${escapeXml(title)}</title>` : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${num(viewWidth)} ${num(viewHeight)}" ${role}>${name}${background === 'tile' ? tile(ground) : ''}<g fill="none" stroke-linecap="round" stroke-linejoin="round">${body}</g></svg>`
}

function tile({ wall, floor }: Ground): string {
  return `<path fill="${wall}" d="M0 0h${width}v${height}H0z"/><path fill="${floor}" d="M0 672h${width}v228H0z"/>`
}

/** A soft shadow on the floor from `left` to `right`, in canvas units. */
export function shadow(left: number, right: number, y: number = groundY): string {
  const [cx, rx] = [num((left + right) / 2), (right - left) / 2]
  const layer = (grow: number, share: number) =>
    `<ellipse cx="${cx}" cy="${num(y)}" rx="${num(rx + grow)}" ry="${num(Math.min(rx * 0.05, 22) * share)}"/>`
  return `<g fill="#1d2a2e" opacity=".09">${layer(12, 1)}${layer(-24, 0.5)}</g>`
}

/** Text as XML content or attribute value. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  // XML 1.0 allows no control characters at all, not even escaped.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (c) => entities[c]!)
}

/** A number as SVG text: whole from ten on, one decimal below, no leading zero; canvases are large enough for that. */
export function num(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value)
  return String(rounded === 0 ? 0 : rounded).replace(/^(-?)0\./, '$1.')
}

/** Path data or a list of points as one `<path>`. */
export function path(d: string | readonly Point[], paint: Paint): string {
  return `<path${paintOf(paint)} d="${compactPath(typeof d === 'string' ? d : `${polyline(d)}Z`)}"/>`
}

/** An open line through points. */
export function line(points: readonly Point[], paint: Paint): string {
  return `<path${paintOf(paint)} d="${compactPath(polyline(points))}"/>`
}

/** Open path data, only stroked. */
export function curve(d: string, paint: Paint): string {
  return `<path${paintOf(paint)} d="${compactPath(d)}"/>`
}

export function circle([x, y]: Point, radius: number, paint: Paint): string {
  const centre = x === 0 && y === 0 ? '' : ` cx="${num(x)}" cy="${num(y)}"`
  return `<circle${paintOf(paint)}${centre} r="${num(radius)}"/>`
}

export function ellipse([x, y]: Point, rx: number, ry: number, paint: Paint): string {
  return `<ellipse${paintOf(paint)} cx="${num(x)}" cy="${num(y)}" rx="${num(rx)}" ry="${num(ry)}"/>`
}

export function rect(x: number, y: number, w: number, h: number, radius: number, paint: Paint): string {
  const round = radius > 0 ? ` rx="${num(radius)}"` : ''
  return `<rect${paintOf(paint)} x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}"${round}/>`
}

/** Shapes under one transform. */
export function group(transform: string, body: string): string {
  return `<g transform="${transform}">${body}</g>`
}

/** Shapes that share a paint, told once. */
export function painted(paint: Paint, body: string): string {
  return `<g${paintOf(paint)}>${body}</g>`
}

/** `M x y L x y …`, rounded. */
export function polyline(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('')
}

/** Path data with its numbers moved, scaled and turned: shapes are drawn around (0, 0) and put in place. Absolute M L C Q Z only. */
export function place(d: string, [x, y]: Point, scale: number | Point = 1, degrees = 0): string {
  const [sx, sy] = typeof scale === 'number' ? [scale, scale] : scale
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return d.replace(/(-?[\d.]+)[ ,](-?[\d.]+)/g, (_, px: string, py: string) => {
    const [ax, ay] = [Number(px) * sx, Number(py) * sy]
    return `${num(x + ax * cos - ay * sin)} ${num(y + ax * sin + ay * cos)}`
  })
}

/** An arc around a centre from one angle to another, in degrees, counted in the direction of growing y. */
export function arc([cx, cy]: Point, radius: number, from: number, to: number): string {
  const at = (degrees: number): Point => {
    const angle = (degrees * Math.PI) / 180
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]
  }
  const [start, end] = [at(from), at(to)]
  const large = Math.abs(to - from) > 180 ? 1 : 0
  const sweep = to > from ? 1 : 0
  return `M${num(start[0])} ${num(start[1])}A${num(radius)} ${num(radius)} 0 ${large} ${sweep} ${num(end[0])} ${num(end[1])}`
}

export function add([ax, ay]: Point, [bx, by]: Point, times = 1): Point {
  return [ax + bx * times, ay + by * times]
}

export function between([ax, ay]: Point, [bx, by]: Point, share: number): Point {
  return [ax + (bx - ax) * share, ay + (by - ay) * share]
}

/** The unit vector from one point to another; [1, 0] when they are the same. */
export function direction([ax, ay]: Point, [bx, by]: Point): Point {
  const length = Math.hypot(bx - ax, by - ay)
  return length === 0 ? [1, 0] : [(bx - ax) / length, (by - ay) / length]
}

function paintOf({ fill, stroke, width: strokeWidth, opacity, cap, dash }: Paint): string {
  const attributes = [
    fill && fill !== 'none' && ` fill="${fill}"`,
    stroke && ` stroke="${stroke}"`,
    strokeWidth !== undefined && ` stroke-width="${num(strokeWidth)}"`,
    (cap === 'butt' || dash) && ' stroke-linecap="butt"',
    dash && ` stroke-dasharray="${dash}"`,
    opacity !== undefined && ` opacity="${num2(opacity)}"`,
  ]
  return attributes.filter(Boolean).join('')
}

function num2(value: number): string {
  return String(Math.round(value * 100) / 100).replace(/^0\./, '.')
}
