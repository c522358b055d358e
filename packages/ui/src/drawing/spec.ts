/**
 * A drawing has a name short enough for an address: `gravel-54-lagoon`, `city-52-mint-rust-basket`, `helmet-coral-snow`.
 *
 * Grammar, parts joined by `-`: what it is; for bicycles the frame size in centimetres; the colour; an optional second colour;
 * extras in any order; `bare` for no background. Besides: `shop-lagoon-cream`, `scene-autumn`, `logo-alize`, `mark-ecluse`,
 * `favicon-ecluse`. The server draws `/drawings/<name>.svg` with `drawFromSpec`.
 */
import { bicycleExtras, drawBicycle, type Bicycle } from './bicycle.ts'
import { bicycleTypes, sizeRange, type BicycleType } from './bicycle-geometry.ts'
import { goodsColours, type GoodsColour } from './colour.ts'
import { drawGood, goodsKinds, type Good } from './goods.ts'
import { companies, drawFavicon, drawLogo, drawMark, type Company } from './logo.ts'
import { drawShopFront, type ShopFront } from './place.ts'
import { drawScene, seasons, type Season } from './scene.ts'

export type Drawing =
  | ({ of: 'bicycle' } & Bicycle & Look)
  | ({ of: 'good' } & Good & Look)
  | ({ of: 'shop' } & ShopFront & Look)
  | { of: 'scene'; season: Season }
  | { of: Sign; company: Company }

const signs = ['logo', 'mark', 'favicon'] as const
type Sign = (typeof signs)[number]

interface Look {
  /** Transparent, without wall and floor. */
  bare?: boolean
}

/** Longest name that is read; longer ones name nothing. */
const longest = 120

/** The name of a drawing. */
export function encodeDrawing(drawing: Drawing): string {
  return wordsOf(drawing)
    .filter((word) => word !== undefined)
    .join('-')
}

function wordsOf(drawing: Drawing): (string | number | undefined)[] {
  if (drawing.of === 'scene') return ['scene', drawing.season]
  if (isSign(drawing)) return [drawing.of, drawing.company]
  const bare = drawing.bare ? 'bare' : undefined
  if (drawing.of === 'shop') return ['shop', drawing.colour, drawing.accent, bare]
  if (drawing.of === 'good') return [drawing.kind, drawing.colour, drawing.accent, bare]
  const extras = bicycleExtras.filter((extra) => drawing.extras?.includes(extra))
  return [drawing.type, drawing.sizeCm, drawing.colour, drawing.accent, ...extras, bare]
}

/** The drawing a name stands for, or null when it stands for none. */
export function decodeDrawing(spec: string): Drawing | null {
  if (spec.length > longest) return null
  const [kind, ...rest] = spec.split('-') as [string, ...string[]]
  if (kind === 'scene') return rest.length === 1 && isOneOf(seasons, rest[0]) ? { of: 'scene', season: rest[0] } : null
  if (isOneOf(signs, kind))
    return rest.length === 1 && isOneOf(companies, rest[0]) ? { of: kind, company: rest[0] } : null
  const bare = rest.at(-1) === 'bare'
  const words = bare ? rest.slice(0, -1) : rest
  const look = bare ? { bare } : {}
  if (isOneOf(bicycleTypes, kind)) {
    const bicycle = decodeBicycle(kind, words)
    return bicycle && { of: 'bicycle', ...bicycle, ...look }
  }
  const colours = decodeColours(words)
  if (!colours) return null
  if (kind === 'shop') return { of: 'shop', ...colours, ...look }
  return isOneOf(goodsKinds, kind) ? { of: 'good', kind, ...colours, ...look } : null
}

/**
 * The picture of a name, or null when it names none.
 *
 * @param title said by screen readers when the picture is inlined.
 */
export function drawFromSpec(spec: string, title?: string): string | null {
  const drawing = decodeDrawing(spec)
  if (!drawing) return null
  const named = title ? { title } : {}
  if (drawing.of === 'scene') return drawScene(drawing.season, named)
  if (isSign(drawing)) return drawSign[drawing.of](drawing.company, named)
  const options = { background: drawing.bare ? ('none' as const) : ('tile' as const), ...named }
  if (drawing.of === 'shop') return drawShopFront(drawing, options)
  return drawing.of === 'bicycle' ? drawBicycle(drawing, options) : drawGood(drawing, options)
}

const drawSign: Record<Sign, (company: Company, options: { title?: string }) => string> = {
  logo: drawLogo,
  mark: drawMark,
  favicon: drawFavicon,
}

function isSign(drawing: Drawing): drawing is { of: Sign; company: Company } {
  return isOneOf(signs, drawing.of)
}

function decodeColours([colour, accent, ...more]: string[]): { colour: GoodsColour; accent?: GoodsColour } | null {
  if (!isColour(colour) || more.length > 0) return null
  if (accent === undefined) return { colour }
  return isColour(accent) ? { colour, accent } : null
}

function decodeBicycle(type: BicycleType, [size, colour, ...rest]: string[]): Bicycle | null {
  const [least, most] = sizeRange[type]
  const sizeCm = /^\d\d$/.test(size ?? '') ? Number(size) : NaN
  if (!(sizeCm >= least && sizeCm <= most) || !isColour(colour)) return null
  const accent = isColour(rest[0]) ? rest[0] : undefined
  const extras = accent ? rest.slice(1) : rest
  if (!extras.every((word) => isOneOf(bicycleExtras, word)) || new Set(extras).size < extras.length) return null
  return { type, sizeCm, colour, ...(accent ? { accent } : {}), ...(extras.length > 0 ? { extras } : {}) }
}

function isOneOf<T extends string>(known: readonly T[], word: string | undefined): word is T {
  return (known as readonly string[]).includes(word ?? '')
}

function isColour(word: string | undefined): word is GoodsColour {
  return word !== undefined && Object.hasOwn(goodsColours, word)
}
