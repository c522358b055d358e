/** The map of France with the company's places. The outline is our own, a short list of coasts and borders by degrees. */
import { compactPath } from './path-data.ts'
import { escapeXml, num, polyline, type Point } from './svg.ts'

type Place = readonly [latitude: number, longitude: number]

const mainland: readonly Place[] = [
  [51.05, 2.37],
  [51.09, 2.55],
  [50.8, 2.65],
  [50.74, 3.15],
  [50.5, 3.28],
  [50.34, 3.67],
  [50.27, 4.15],
  [49.98, 4.15],
  [50.14, 4.83],
  [49.8, 4.88],
  [49.53, 5.45],
  [49.53, 5.82],
  [49.46, 6.36],
  [49.15, 6.72],
  [49.13, 7.1],
  [49.06, 7.45],
  [49.0, 8.2],
  [48.58, 7.8],
  [48.12, 7.58],
  [47.59, 7.58],
  [47.48, 7.15],
  [47.35, 6.9],
  [47.05, 6.7],
  [46.78, 6.44],
  [46.45, 6.08],
  [46.22, 5.97],
  [46.16, 6.2],
  [46.38, 6.4],
  [46.4, 6.8],
  [46.13, 6.8],
  [45.92, 7.04],
  [45.68, 6.83],
  [45.42, 7.1],
  [45.22, 7.12],
  [45.12, 6.72],
  [44.86, 6.98],
  [44.68, 7.05],
  [44.42, 6.88],
  [44.18, 7.25],
  [44.13, 7.66],
  [43.78, 7.53],
  [43.69, 7.27],
  [43.54, 7.02],
  [43.42, 6.76],
  [43.26, 6.68],
  [43.1, 6.38],
  [43.03, 6.13],
  [43.08, 5.9],
  [43.21, 5.36],
  [43.33, 5.05],
  [43.4, 4.8],
  [43.36, 4.56],
  [43.48, 4.15],
  [43.52, 3.93],
  [43.38, 3.65],
  [43.25, 3.4],
  [43.05, 3.1],
  [42.8, 3.04],
  [42.45, 3.17],
  [42.42, 2.7],
  [42.35, 2.4],
  [42.45, 1.95],
  [42.58, 1.72],
  [42.72, 1.4],
  [42.84, 0.7],
  [42.7, 0.35],
  [42.76, -0.1],
  [42.82, -0.5],
  [42.95, -0.8],
  [43.05, -1.3],
  [43.25, -1.42],
  [43.37, -1.78],
  [43.5, -1.55],
  [43.9, -1.38],
  [44.5, -1.25],
  [44.66, -1.2],
  [45.1, -1.2],
  [45.55, -1.12],
  [45.3, -0.8],
  [45.62, -1.02],
  [45.9, -1.1],
  [46.15, -1.2],
  [46.34, -1.42],
  [46.5, -1.8],
  [46.85, -2.12],
  [47.1, -2.03],
  [47.26, -2.2],
  [47.28, -2.52],
  [47.5, -2.75],
  [47.5, -3.1],
  [47.72, -3.38],
  [47.83, -3.95],
  [47.8, -4.36],
  [48.03, -4.7],
  [48.1, -4.35],
  [48.27, -4.58],
  [48.36, -4.77],
  [48.6, -4.62],
  [48.7, -4.1],
  [48.73, -3.56],
  [48.86, -3.2],
  [48.55, -2.72],
  [48.68, -2.3],
  [48.66, -2.0],
  [48.63, -1.52],
  [48.83, -1.6],
  [49.25, -1.65],
  [49.71, -1.93],
  [49.66, -1.45],
  [49.69, -1.26],
  [49.38, -1.13],
  [49.35, -0.6],
  [49.29, -0.2],
  [49.42, 0.12],
  [49.68, 0.18],
  [49.88, 0.75],
  [49.94, 1.08],
  [50.12, 1.45],
  [50.25, 1.57],
  [50.7, 1.58],
  [50.87, 1.6],
  [50.97, 1.88],
]

const corsica: readonly Place[] = [
  [43.0, 9.4],
  [42.68, 9.45],
  [42.1, 9.55],
  [41.62, 9.36],
  [41.38, 9.2],
  [41.56, 8.8],
  [41.92, 8.68],
  [42.28, 8.58],
  [42.56, 8.74],
  [42.72, 9.24],
]

/** Great rivers, source to sea: Loire, Seine, Rhône, Garonne. */
const rivers: readonly (readonly Place[])[] = [
  [
    [44.85, 4.22],
    [45.75, 4.2],
    [46.98, 3.12],
    [47.55, 2.85],
    [47.88, 1.95],
    [47.39, 0.69],
    [47.26, -0.08],
    [47.21, -1.55],
    [47.26, -2.15],
  ],
  [
    [47.5, 4.7],
    [48.3, 4.08],
    [48.4, 2.95],
    [48.85, 2.35],
    [49.08, 1.55],
    [49.42, 1.1],
    [49.43, 0.2],
  ],
  [
    [46.2, 6.1],
    [45.75, 5.6],
    [45.76, 4.84],
    [44.93, 4.89],
    [43.95, 4.8],
    [43.42, 4.74],
  ],
  [
    [42.83, 0.65],
    [43.6, 1.44],
    [44.2, 0.62],
    [44.84, -0.57],
    [45.3, -0.8],
  ],
]

/** What a map of one's own is drawn from, by latitude and longitude: coasts and borders, closed, and rivers. */
export const franceLines = { land: [mainland, corsica], rivers }

export interface MapPoint {
  latitude: number
  longitude: number
  /** Name written beside the point. */
  label?: string
  /** The one looked at: larger, in the colour of what is urgent. */
  chosen?: boolean
}

const size: Point = [600, 600]
const scale = 57

/** Where a place stands on the map, in its units: an even spread at the latitude of 46.5°, where France is not stretched. */
export function onMap(latitude: number, longitude: number): Point {
  return [284 + (longitude - 2.1) * Math.cos((46.5 * Math.PI) / 180) * scale, 292 - (latitude - 46.5) * scale]
}

/**
 * France and points on it. Inlined, it takes the colours of the page in both themes; alone, those of the light one. Points
 * outside the map are left out.
 */
export function drawMap(points: readonly MapPoint[], { title }: { title?: string } = {}): string {
  const shown = points
    .map((point) => ({ ...point, at: onMap(point.latitude, point.longitude) }))
    .filter(({ at: [x, y] }) => x >= 0 && y >= 0 && x <= size[0] && y <= size[1])
    // The chosen one lies on top.
    .sort((a, b) => Number(a.chosen ?? false) - Number(b.chosen ?? false) || a.at[1] - b.at[1])
  const role = title ? `role="img" aria-label="${escapeXml(title)}"` : 'aria-hidden="true"'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size[0]} ${size[1]}" ${role} fill="none" stroke-linecap="round" stroke-linejoin="round">`,
    title ? `<title>${escapeXml(title)}</title>` : '',
    `<path fill="var(--color-selected,#dfeceb)" stroke="var(--color-surface,#fff)" stroke-width="3" d="${land}"/>`,
    `<path stroke="var(--color-surface,#fff)" stroke-width="4" opacity=".8" d="${water}"/>`,
    ...shown.map((point) => pin(point, shown)),
    '</svg>',
  ].join('')
}

const land = [mainland, corsica]
  .map((outline) => compactPath(`${polyline(outline.map(([lat, lon]) => onMap(lat, lon)))}Z`))
  .join('')
const water = rivers.map((river) => compactPath(polyline(river.map(([lat, lon]) => onMap(lat, lon))))).join('')

type Pin = MapPoint & { at: Point }

function pin(point: Pin, all: readonly Pin[]): string {
  const {
    at: [x, y],
    label,
    chosen,
  } = point
  const colour = chosen ? 'var(--color-urgent,#c8442f)' : 'var(--color-primary,#005763)'
  const dot = `<circle cx="${num(x)}" cy="${num(y)}" r="${chosen ? 11 : 8}" fill="${colour}" stroke="var(--color-surface,#fff)" stroke-width="3"/>`
  if (!label) return dot
  const left = x > size[0] - 110 || all.some(({ at }) => isInTheWay(point.at, at))
  const text = `<text x="${num(left ? x - 15 : x + 15)}" y="${num(y + 6)}" fill="var(--color-ink,#16262a)" stroke="var(--color-surface,#fff)" stroke-width="4" paint-order="stroke" font-family="inherit" font-size="17"${chosen ? ' font-weight="600"' : ''}${left ? ' text-anchor="end"' : ''}>${escapeXml(label)}</text>`
  return dot + text
}

/** Whether another point lies where a name to the right of this one would be written. */
function isInTheWay([x, y]: Point, [otherX, otherY]: Point): boolean {
  return otherX > x && otherX < x + 90 && Math.abs(otherY - y) < 18
}
