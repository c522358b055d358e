import { fitToSrgb, toHex, type Oklch } from '../oklch.ts'

/** Colours that goods come in, with their names on screens. Codes stand in the addresses of pictures: never rename one. */
export const goodsColours = {
  lagoon: { oklch: [0.55, 0.085, 200], fr: 'Bleu lagon', en: 'Lagoon blue' },
  night: { oklch: [0.34, 0.065, 255], fr: 'Bleu nuit', en: 'Night blue' },
  sky: { oklch: [0.74, 0.08, 230], fr: 'Bleu ciel', en: 'Sky blue' },
  mint: { oklch: [0.83, 0.065, 168], fr: 'Vert menthe', en: 'Mint green' },
  leaf: { oklch: [0.58, 0.11, 150], fr: 'Vert feuille', en: 'Leaf green' },
  moss: { oklch: [0.47, 0.065, 125], fr: 'Vert mousse', en: 'Moss green' },
  sun: { oklch: [0.84, 0.145, 92], fr: 'Jaune soleil', en: 'Sun yellow' },
  ochre: { oklch: [0.72, 0.13, 76], fr: 'Ocre', en: 'Ochre' },
  rust: { oklch: [0.53, 0.125, 42], fr: 'Rouille', en: 'Rust' },
  coral: { oklch: [0.65, 0.165, 31], fr: 'Corail', en: 'Coral' },
  rose: { oklch: [0.78, 0.075, 15], fr: 'Vieux rose', en: 'Dusty rose' },
  plum: { oklch: [0.41, 0.095, 345], fr: 'Prune', en: 'Plum' },
  sand: { oklch: [0.78, 0.05, 80], fr: 'Sable', en: 'Sand' },
  cream: { oklch: [0.9, 0.035, 88], fr: 'Crème', en: 'Cream' },
  snow: { oklch: [0.965, 0.005, 90], fr: 'Blanc neige', en: 'Snow white' },
  fog: { oklch: [0.77, 0.012, 215], fr: 'Gris brume', en: 'Mist grey' },
  slate: { oklch: [0.5, 0.025, 230], fr: 'Gris ardoise', en: 'Slate grey' },
  ink: { oklch: [0.29, 0.018, 225], fr: 'Noir encre', en: 'Ink black' },
} as const satisfies Record<string, { oklch: Oklch; fr: string; en: string }>

export type GoodsColour = keyof typeof goodsColours

/** One colour as light falls on it: `high` where it shines, `low` in shade, `deep` for lines and seams. */
export interface Shades {
  base: string
  high: string
  low: string
  deep: string
}

const cache = new Map<string, Shades>()

/** The shades of a colour of goods. */
export function shadesOf(colour: GoodsColour): Shades {
  return shadesOfOklch(goodsColours[colour].oklch)
}

function shadesOfOklch([lightness, chroma, hue]: Oklch): Shades {
  const key = `${lightness} ${chroma} ${hue}`
  const known = cache.get(key)
  if (known) return known
  const at = (l: number, c: number) => toHex(fitToSrgb([Math.min(0.985, l), c, hue]))
  const shades = {
    base: at(lightness, chroma),
    high: at(lightness + (1 - lightness) * 0.36, chroma * 0.85),
    low: at(lightness * 0.86, chroma * 0.98),
    deep: at(lightness * 0.66, chroma * 0.85),
  }
  cache.set(key, shades)
  return shades
}

/** Materials that are the same on every good. */
export const rubber = shadesOfOklch([0.27, 0.008, 230])
export const metal = shadesOfOklch([0.76, 0.008, 230])
export const steel = shadesOfOklch([0.5, 0.01, 230])
export const leather = shadesOfOklch([0.56, 0.085, 55])
export const wood = shadesOfOklch([0.72, 0.065, 70])
export const amber = shadesOfOklch([0.83, 0.12, 85])
export const signal = shadesOfOklch([0.58, 0.18, 28])

/** A wall and a floor that goods stand before, calm enough for every colour of goods. */
export interface Ground {
  wall: string
  floor: string
}

const light: Ground = { wall: toHex([0.95, 0.007, 95]), floor: toHex([0.922, 0.009, 92]) }
const shaded: Ground = { wall: toHex([0.86, 0.014, 205]), floor: toHex([0.825, 0.015, 205]) }

/** White and cream goods would be lost before the light wall; they stand before a shaded one. */
export function groundFor(colour: GoodsColour): Ground {
  return goodsColours[colour].oklch[0] >= 0.9 ? shaded : light
}
