import type { GoodsColour } from '@ecluse/ui/drawing/colour.ts'
import { drawFavicon } from '@ecluse/ui/drawing/logo.ts'
import { drawShopFront } from '@ecluse/ui/drawing/place.ts'
import { drawScene, seasons, sceneSize, type Season } from '@ecluse/ui/drawing/scene.ts'
import { placeholderPath, placeholderSvg } from '../parts/picture.tsx'

/** Colours of the shop fronts; each shop keeps the one its code falls on. */
const frontColours = ['lagoon', 'rust', 'moss', 'night', 'ochre', 'plum'] as const satisfies readonly GoodsColour[]

export const sceneDimensions = { width: sceneSize[0], height: sceneSize[1] }

/** The scene at the head of the home page follows the months of the north. */
export function scenePath(now: Date): string {
  return `/shop-scene-${seasons[Math.floor((((now.getUTCMonth() + 10) % 12) / 12) * seasons.length)]!}.svg`
}

export function frontPath(siteCode: string): string {
  const sum = [...siteCode].reduce((total, letter) => total + letter.codePointAt(0)!, 0)
  return `/shop-front-${frontColours[sum % frontColours.length]!}.svg`
}

/** Every drawing of the shop that is no product: its address and how it is made. Drawn when first asked for. */
export function drawnFiles(): [path: string, draw: () => string][] {
  const scene = (season: Season): [string, () => string] => [`/shop-scene-${season}.svg`, () => drawScene(season)]
  const front = (colour: GoodsColour): [string, () => string] => [
    `/shop-front-${colour}.svg`,
    () => drawShopFront({ colour }),
  ]
  return [
    ['/favicon.svg', () => drawFavicon('alize')],
    [placeholderPath, () => placeholderSvg],
    ...seasons.map(scene),
    ...frontColours.map(front),
  ]
}
