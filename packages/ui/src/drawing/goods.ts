/** Everything a bicycle shop sells beside bicycles. */
import type { GoodsColour } from './colour.ts'
import { groundFor, shadesOf } from './colour.ts'
import { drawRidingGood, ridingKinds, type RidingKind } from './goods-riding.ts'
import { drawOutdoorGood, outdoorKinds, type OutdoorKind } from './goods-outdoor.ts'
import { drawPart, partKinds, type PartKind } from './goods-parts.ts'
import { picture, type PictureOptions } from './svg.ts'

export const goodsKinds = [...ridingKinds, ...outdoorKinds, ...partKinds] as const
export type GoodKind = RidingKind | OutdoorKind | PartKind

export interface Good {
  kind: GoodKind
  colour: GoodsColour
  /** Second colour: straps, lining, sole; chosen to go with the first without one. */
  accent?: GoodsColour
}

/** What goes with each colour when nobody says. */
const companions: Record<GoodsColour, GoodsColour> = {
  lagoon: 'sand',
  night: 'ochre',
  sky: 'night',
  mint: 'slate',
  leaf: 'cream',
  moss: 'ochre',
  sun: 'slate',
  ochre: 'night',
  rust: 'sand',
  coral: 'night',
  rose: 'plum',
  plum: 'rose',
  sand: 'rust',
  cream: 'lagoon',
  snow: 'fog',
  fog: 'coral',
  slate: 'sun',
  ink: 'fog',
}

/** The good as an SVG document. */
export function drawGood(good: Good, options: PictureOptions = {}): string {
  const main = shadesOf(good.colour)
  const accent = shadesOf(good.accent ?? companions[good.colour])
  const body =
    good.kind in drawRidingGood
      ? drawRidingGood[good.kind as RidingKind](main, accent)
      : good.kind in drawOutdoorGood
        ? drawOutdoorGood[good.kind as OutdoorKind](main, accent)
        : drawPart[good.kind as PartKind](main, accent)
  return picture(body, groundFor(good.colour), options)
}
