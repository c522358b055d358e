/**
 * The values of the design, as data. `tokens.css` is generated from this file (`npm run tokens -w @ecluse/ui`), the Mantine
 * theme reads it, and a test computes the contrast of every declared pair in both themes.
 */
import type { ChannelMedium } from '@ecluse/contracts/channels.ts'
import type { Oklch } from './oklch.ts'

/**
 * `paper` is the page, `surface` a card on it, `sunken` a well or a table head, `raised` what floats. `edge` outlines controls
 * (3 : 1), `line` only separates. Each tone has four colours: filled, the text on it, the text on paper, and a soft background.
 */
const light = {
  paper: [0.985, 0.006, 85],
  surface: [0.997, 0.003, 85],
  sunken: [0.963, 0.007, 95],
  raised: [0.999, 0.001, 85],
  hover: [0.953, 0.009, 180],
  selected: [0.936, 0.024, 195],
  ink: [0.225, 0.022, 215],
  muted: [0.46, 0.022, 212],
  line: [0.895, 0.01, 190],
  edge: [0.6, 0.02, 207],
  focus: [0.52, 0.1, 232],
  primary: [0.425, 0.072, 205],
  'primary-hover': [0.365, 0.0625, 207],
  'on-primary': [0.99, 0.005, 85],
  'primary-text': [0.42, 0.0715, 205],
  'primary-soft': [0.942, 0.024, 195],
  urgent: [0.555, 0.175, 30],
  'urgent-hover': [0.5, 0.165, 30],
  'on-urgent': [0.995, 0.003, 60],
  'urgent-text': [0.505, 0.168, 29],
  'urgent-soft': [0.95, 0.025, 35],
  waiting: [0.79, 0.135, 80],
  'waiting-hover': [0.74, 0.135, 78],
  'on-waiting': [0.26, 0.04, 75],
  'waiting-text': [0.485, 0.1, 72],
  'waiting-soft': [0.955, 0.042, 88],
  done: [0.5, 0.108, 150],
  'done-hover': [0.445, 0.1, 150],
  'on-done': [0.99, 0.008, 150],
  'done-text': [0.455, 0.1, 150],
  'done-soft': [0.95, 0.034, 150],
} as const satisfies Record<string, Oklch>

export type ColourName = keyof typeof light

const dark = {
  paper: [0.195, 0.014, 215],
  surface: [0.228, 0.016, 214],
  sunken: [0.17, 0.013, 216],
  raised: [0.262, 0.018, 213],
  hover: [0.275, 0.02, 212],
  selected: [0.305, 0.036, 205],
  ink: [0.94, 0.008, 90],
  muted: [0.745, 0.016, 200],
  line: [0.325, 0.017, 213],
  edge: [0.575, 0.021, 210],
  focus: [0.8, 0.1, 225],
  primary: [0.755, 0.088, 195],
  'primary-hover': [0.81, 0.08, 195],
  'on-primary': [0.195, 0.025, 210],
  'primary-text': [0.81, 0.085, 195],
  'primary-soft': [0.305, 0.04, 203],
  urgent: [0.735, 0.145, 32],
  'urgent-hover': [0.785, 0.12, 34],
  'on-urgent': [0.2, 0.03, 30],
  'urgent-text': [0.79, 0.115, 33],
  'urgent-soft': [0.305, 0.055, 30],
  waiting: [0.82, 0.125, 84],
  'waiting-hover': [0.865, 0.11, 86],
  'on-waiting': [0.22, 0.03, 80],
  'waiting-text': [0.845, 0.11, 85],
  'waiting-soft': [0.31, 0.045, 80],
  done: [0.76, 0.125, 152],
  'done-hover': [0.81, 0.11, 152],
  'on-done': [0.2, 0.03, 155],
  'done-text': [0.81, 0.115, 152],
  'done-soft': [0.3, 0.042, 155],
} as const satisfies Record<ColourName, Oklch>

/** One colour and its soft background per channel medium, per theme: the same in chips, timelines, plots and receipts. */
const channelHues: Record<ChannelMedium, { light: Oklch; dark: Oklch; softHue: number }> = {
  web: { light: [0.48, 0.125, 250], dark: [0.79, 0.095, 248], softHue: 248 },
  mobile: { light: [0.45, 0.16, 275], dark: [0.76, 0.11, 278], softHue: 278 },
  store: { light: [0.455, 0.077, 198], dark: [0.82, 0.1, 192], softHue: 195 },
  kiosk: { light: [0.51, 0.09, 170], dark: [0.78, 0.11, 168], softHue: 170 },
  phone: { light: [0.44, 0.12, 145], dark: [0.83, 0.13, 145], softHue: 147 },
  field: { light: [0.5, 0.1, 120], dark: [0.8, 0.13, 120], softHue: 120 },
  print: { light: [0.4, 0.055, 60], dark: [0.77, 0.06, 65], softHue: 65 },
  email: { light: [0.51, 0.1, 78], dark: [0.85, 0.12, 90], softHue: 88 },
  sms: { light: [0.48, 0.18, 310], dark: [0.79, 0.12, 312], softHue: 310 },
  letter: { light: [0.49, 0.125, 42], dark: [0.75, 0.12, 40], softHue: 42 },
  marketplace: { light: [0.53, 0.131, 55], dark: [0.82, 0.115, 65], softHue: 62 },
  partner: { light: [0.48, 0.16, 8], dark: [0.77, 0.12, 5], softHue: 8 },
  social: { light: [0.51, 0.19, 345], dark: [0.8, 0.12, 345], softHue: 345 },
  agent: { light: [0.43, 0.025, 250], dark: [0.86, 0.02, 240], softHue: 250 },
}

export type ChannelColourName = ChannelMedium | `${ChannelMedium}-soft`

function channelColours(theme: 'light' | 'dark'): Record<ChannelColourName, Oklch> {
  const soft = theme === 'light' ? { lightness: 0.952, chroma: 0.02 } : { lightness: 0.295, chroma: 0.03 }
  const entries = Object.entries(channelHues).flatMap(([medium, hue]) => [
    [medium, hue[theme]],
    [`${medium}-soft`, [soft.lightness, medium === 'agent' ? 0.006 : soft.chroma, hue.softHue]],
  ])
  return Object.fromEntries(entries) as Record<ChannelColourName, Oklch>
}

export type ThemeName = 'light' | 'dark'

export const colours: Record<ThemeName, Record<ColourName, Oklch>> = { light, dark }
export const channels: Record<ThemeName, Record<ChannelColourName, Oklch>> = {
  light: channelColours('light'),
  dark: channelColours('dark'),
}

/** Tones of a state or a message; each has `tone`, `on-tone`, `tone-text` and `tone-soft`. */
export const tones = ['primary', 'urgent', 'waiting', 'done'] as const
export type Tone = (typeof tones)[number]

/** Foreground, background and the least contrast WCAG 2.2 asks of them (4.5 for text, 3 for outlines of controls). */
export type ContrastPair = readonly [foreground: ColourName, background: ColourName, least: number]

const grounds = ['paper', 'surface', 'sunken', 'raised', 'hover', 'selected'] as const

export const contrastPairs: readonly ContrastPair[] = [
  ...grounds.flatMap((ground): ContrastPair[] => [
    ['ink', ground, 7],
    ['muted', ground, 4.5],
    ...tones.map((tone): ContrastPair => [`${tone}-text`, ground, 4.5]),
    ['edge', ground, 3],
    ['focus', ground, 3],
  ]),
  ...tones.flatMap((tone): ContrastPair[] => [
    [`on-${tone}`, tone, 4.5],
    [`on-${tone}`, `${tone}-hover`, 4.5],
    [`${tone}-text`, `${tone}-soft`, 4.5],
    ['ink', `${tone}-soft`, 7],
    ['muted', `${tone}-soft`, 4.5],
  ]),
]

/** Grounds a channel's colour is written on, besides its own soft background. */
export const channelGrounds = ['paper', 'surface', 'raised'] as const satisfies readonly ColourName[]

/** Type scale, in CSS pixels at the usual root size; written in rem so that a reader's own size is kept. */
export const textSizes = [12, 14, 16, 20, 26, 34] as const
/** Spaces, in fours, in CSS pixels. */
export const spaces = [4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 96] as const
/** Corner radii in CSS pixels: 8, or 4 where things are dense. */
export const radii = { normal: 8, dense: 4 } as const
/** Longest movement on a screen, in milliseconds; none when reduced motion is asked. */
export const motionMs = 140
/** Least side of a target for a finger, in CSS pixels. */
export const targetPx = 44

export const fonts = {
  sans: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  serif: "'Newsreader Variable', 'Newsreader Fallback', Georgia, serif",
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
} as const

/** The one elevation, for things that float. */
export const elevation: Record<ThemeName, string> = {
  light: '0 1px 2px oklch(0.25 0.03 215 / 0.08), 0 8px 28px oklch(0.25 0.03 215 / 0.14)',
  dark: '0 1px 2px oklch(0.1 0.01 215 / 0.5), 0 10px 32px oklch(0.1 0.01 215 / 0.55)',
}
