/**
 * Colour arithmetic between OKLCH and sRGB, and the contrast that WCAG 2.2 asks for.
 *
 * Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020), the ones CSS Color 4 uses.
 */

/** Lightness 0–1, chroma (0 to about 0.37 in sRGB), hue in degrees. */
export type Oklch = readonly [lightness: number, chroma: number, hue: number]

/** Gamma-encoded sRGB channels; outside 0–1 when the colour cannot be shown. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Gamma-encoded sRGB of an OKLCH colour, not clipped. */
export function toRgb([lightness, chroma, hue]: Oklch): Rgb {
  const angle = (hue * Math.PI) / 180
  const a = chroma * Math.cos(angle)
  const b = chroma * Math.sin(angle)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    encodeGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encodeGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encodeGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** OKLCH of a gamma-encoded sRGB colour; the hue of a grey is 0. */
export function fromRgb([red, green, blue]: Rgb): Oklch {
  const [r, g, b] = [decodeGamma(red), decodeGamma(green), decodeGamma(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const chroma = Math.hypot(a, bb)
  const hue = chroma < 1e-6 ? 0 : ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360
  return [lightness, chroma, hue]
}

/** Whether a screen of the sRGB kind shows the colour as written, within half a step of 8 bits. */
export function isInSrgb(colour: Oklch): boolean {
  const slack = 0.5 / 255
  return toRgb(colour).every((channel) => channel >= -slack && channel <= 1 + slack)
}

/** The same lightness and hue with the most chroma, up to the one asked, that sRGB can show. */
export function fitToSrgb([lightness, chroma, hue]: Oklch): Oklch {
  if (isInSrgb([lightness, chroma, hue])) return [lightness, chroma, hue]
  let low = 0
  let high = chroma
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2
    if (isInSrgb([lightness, middle, hue])) low = middle
    else high = middle
  }
  return [lightness, low, hue]
}

/** `#rrggbb`, clipped to what sRGB can show. */
export function toHex(colour: Oklch): string {
  const channels = toRgb(colour).map((channel) => Math.round(Math.min(1, Math.max(0, channel)) * 255))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** `oklch(…)` as CSS Color 4 writes it. */
export function toCss([lightness, chroma, hue]: Oklch): string {
  return `oklch(${round(lightness)} ${round(chroma)} ${round(hue)})`
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of "contrast ratio"), as 8-bit sRGB shows them. */
export function contrast(first: Oklch, second: Oklch): number {
  const [dark, light] = [luminance(first), luminance(second)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Distance of two colours in OKLab; about 0.02 is the least one notices side by side. */
export function distance(first: Oklch, second: Oklch): number {
  const [l1, a1, b1] = toLab(first)
  const [l2, a2, b2] = toLab(second)
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2)
}

function toLab([lightness, chroma, hue]: Oklch): readonly [number, number, number] {
  const angle = (hue * Math.PI) / 180
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}

function luminance(colour: Oklch): number {
  const [red, green, blue] = toRgb(colour).map((channel) =>
    decodeGamma(Math.round(Math.min(1, Math.max(0, channel)) * 255) / 255),
  ) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function encodeGamma(linear: number): number {
  if (linear <= 0.0031308) return 12.92 * linear
  return 1.055 * linear ** (1 / 2.4) - 0.055
}

function decodeGamma(encoded: number): number {
  if (encoded <= 0.04045) return encoded / 12.92
  return ((encoded + 0.055) / 1.055) ** 2.4
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
