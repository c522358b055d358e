/**
 * A drawing has a name short enough for an address: `gravel-54-lagoon`, `city-52-mint-rust-basket`, `helmet-coral-snow`.
 *
 * Grammar, parts joined by `-`: what it is; for bicycles the frame size in centimetres; the colour; an optional second colour;
 * extras in any order; `bare` for no background. The server draws `/drawings/<name>.svg` with `drawFromSpec`.
 */
import { bicycleExtras, drawBicycle, type Bicycle, type BicycleExtra } from './bicycle.ts'
import { bicycleTypes, sizeRange, type BicycleType } from './bicycle-geometry.ts'
import { goodsColours, type GoodsColour } from './colour.ts'
import { drawGood, goodsKinds, type Good, type GoodKind } from './goods.ts'

export type Drawing = ({ of: 'bicycle' } & Bicycle & Look) | ({ of: 'good' } & Good & Look)

interface Look {
  /** Transparent, without wall and floor. */
  bare?: boolean
}

/** Longest name that is read; longer ones name nothing. */
const longest = 120

/** The name of a drawing. */
export function encodeDrawing(drawing: Drawing): string {
  const parts: (string | number | undefined)[] =
    drawing.of === 'bicycle'
      ? [
          drawing.type,
          drawing.sizeCm,
          drawing.colour,
          drawing.accent,
          ...bicycleExtras.filter((extra) => drawing.extras?.includes(extra)),
        ]
      : [drawing.kind, drawing.colour, drawing.accent]
  return [...parts, drawing.bare ? 'bare' : undefined].filter((part) => part !== undefined).join('-')
}

/** The drawing a name stands for, or null when it stands for none. */
export function decodeDrawing(spec: string): Drawing | null {
  if (spec.length > longest) return null
  const [kind, ...rest] = spec.split('-') as [string, ...string[]]
  const bare = rest.at(-1) === 'bare'
  const words = bare ? rest.slice(0, -1) : rest
  const look = bare ? { bare } : {}
  if (isBicycleType(kind)) {
    const bicycle = decodeBicycle(kind, words)
    return bicycle && { of: 'bicycle', ...bicycle, ...look }
  }
  if (isGoodKind(kind)) {
    const [colour, accent, ...more] = words
    if (!isColour(colour) || more.length > 0 || (accent !== undefined && !isColour(accent))) return null
    return { of: 'good', kind, colour, ...(accent ? { accent } : {}), ...look }
  }
  return null
}

/**
 * The picture of a name, or null when it names none.
 *
 * @param title said by screen readers when the picture is inlined.
 */
export function drawFromSpec(spec: string, title?: string): string | null {
  const drawing = decodeDrawing(spec)
  if (!drawing) return null
  const options = { background: drawing.bare ? ('none' as const) : ('tile' as const), ...(title ? { title } : {}) }
  return drawing.of === 'bicycle' ? drawBicycle(drawing, options) : drawGood(drawing, options)
}

function decodeBicycle(type: BicycleType, [size, colour, ...rest]: string[]): Bicycle | null {
  const [least, most] = sizeRange[type]
  const sizeCm = /^\d\d$/.test(size ?? '') ? Number(size) : NaN
  if (!(sizeCm >= least && sizeCm <= most) || !isColour(colour)) return null
  const accent = isColour(rest[0]) ? rest[0] : undefined
  const extras = accent ? rest.slice(1) : rest
  if (!extras.every(isExtra) || new Set(extras).size < extras.length) return null
  return { type, sizeCm, colour, ...(accent ? { accent } : {}), ...(extras.length > 0 ? { extras } : {}) }
}

function isBicycleType(word: string | undefined): word is BicycleType {
  return (bicycleTypes as readonly string[]).includes(word ?? '')
}

function isGoodKind(word: string | undefined): word is GoodKind {
  return (goodsKinds as readonly string[]).includes(word ?? '')
}

function isColour(word: string | undefined): word is GoodsColour {
  return word !== undefined && Object.hasOwn(goodsColours, word)
}

function isExtra(word: string): word is BicycleExtra {
  return (bicycleExtras as readonly string[]).includes(word)
}
