/** What a plot is made of, in points from the top left corner: the same on a page and on paper. */
export type Shape =
  | { kind: 'line'; points: readonly Point[]; color: string; width: number; dashed?: boolean }
  | { kind: 'area'; points: readonly Point[]; color: string; opacity: number }
  | { kind: 'bar'; x: number; y: number; width: number; height: number; color: string }
  | {
      kind: 'text'
      x: number
      y: number
      text: string
      size: number
      anchor: 'start' | 'middle' | 'end'
      color: string
      strong?: boolean
    }
export type Point = readonly [x: number, y: number]

export type Drawing = {
  readonly width: number
  readonly height: number
  /** What it shows, in a sentence, for those who do not see it. */
  readonly label: string
  readonly shapes: readonly Shape[]
}

/** Colours that keep apart in print and for the colour-blind. */
export const colours = {
  ink: '#17211f',
  dim: '#55635f',
  line: '#d5d9d6',
  accent: '#0b5358',
  ochre: '#a5671a',
  coral: '#b3402e',
  leaf: '#3c7a4a',
} as const

/** Round values of an axis that span two numbers, zero among them where they do. */
export function ticksOf(low: number, high: number, about = 5): number[] {
  const span = high - low || Math.abs(high) || 1
  const rough = span / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  const count = Math.ceil(high / step) - first
  return Array.from({ length: Math.max(1, count) + 1 }, (_, at) => (first + at) * step)
}
