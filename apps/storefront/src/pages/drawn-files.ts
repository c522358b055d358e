import type { GoodsColour } from '@ecluse/ui/drawing/colour.ts'
import { drawFavicon } from '@ecluse/ui/drawing/logo.ts'
import { drawShopFront } from '@ecluse/ui/drawing/place.ts'
import { drawScene, seasons, sceneSize, type Season } from '@ecluse/ui/drawing/scene.ts'
import { placeholderPath, placeholderSvg } from '../parts/picture.tsx'

/** Colours of the shop fronts; each shop keeps the one its code falls on. */
const frontColours = ['lagoon', 'rust', 'moss', 'night', 'ochre', 'plum'] as const satisfies readonly GoodsColour[]

export const sceneDimensions = { width: sceneSize[0], height: sceneSize[1] }

/** One of a list, by any whole number. */
const pick = <T>(list: readonly [T, ...T[]], number: number): T => list[number % list.length] ?? list[0]

/** The scene at the head of the home page follows the months of the north: spring begins in March. */
export function scenePath(now: Date): string {
  const monthsSinceMarch = (now.getUTCMonth() + 10) % 12
  return `/shop-scene-${pick(seasons, Math.floor(monthsSinceMarch / 3))}.svg`
}

export function frontPath(siteCode: string): string {
  let sum = 0
  for (let i = 0; i < siteCode.length; i++) sum += siteCode.charCodeAt(i)
  return `/shop-front-${pick(frontColours, sum)}.svg`
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
