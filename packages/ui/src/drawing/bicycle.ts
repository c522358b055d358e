/**
 * A bicycle, drawn from its figures. Everything is computed from the geometry in millimetres, so that sizes, types and parts
 * stay true to each other; the picture is flat and calm, with a thin gleam and a soft shadow on the floor.
 */
import { amber, groundFor, leather, metal, rubber, shadesOf, steel, type GoodsColour, type Shades } from './colour.ts'
import { basket, bottle, cockpit, hose, seat } from './bicycle-cockpit.ts'
import { mainFrame, rearTriangle, rigidFork, suspensionFork, type FrameLook } from './bicycle-frame.ts'
import {
  onHeadTube,
  onSeatTube,
  sizeRange,
  skeletonOf,
  stretchForBox,
  type BicycleType,
  type Skeleton,
} from './bicycle-geometry.ts'
import { frontBox, frontCarrier, longDeck, pannier, rearRack, travelBags } from './bicycle-load.ts'
import { rod, tubes } from './bicycle-tube.ts'
import {
  chain,
  chainGuard,
  crankset,
  farCrank,
  frontLamp,
  kickstand,
  motor,
  mudguards,
  rearLamp,
  wheels,
  type WheelLook,
} from './bicycle-wheels.ts'
import { add, between, group, groundY, num, picture, shadow, width, type PictureOptions, type Point } from './svg.ts'

/** What may be added; each type has what it is never sold without. */
export const bicycleExtras = [
  'electric',
  'step',
  'rack',
  'panniers',
  'mudguards',
  'lights',
  'basket',
  'bags',
  'bottle',
  'load',
  'tan',
] as const
export type BicycleExtra = (typeof bicycleExtras)[number]

export interface Bicycle {
  type: BicycleType
  /** Frame size in centimetres; see `sizeRange`. */
  sizeCm: number
  colour: GoodsColour
  /** Saddle, tape or grips, bags, box; black or leather without one. */
  accent?: GoodsColour
  extras?: readonly BicycleExtra[]
}

const standard: Record<BicycleType, readonly BicycleExtra[]> = {
  road: ['bottle'],
  gravel: ['bottle', 'tan'],
  mountain: [],
  trekking: ['rack', 'mudguards', 'lights'],
  city: ['step', 'rack', 'mudguards', 'lights'],
  longtail: ['mudguards', 'lights'],
  loader: ['mudguards', 'lights'],
  folding: ['mudguards', 'lights'],
  child: ['mudguards'],
}

const boxLength = 760

/** The bicycle as an SVG document. A size outside the type's range is drawn at the nearest one. */
export function drawBicycle(bicycle: Bicycle, options: PictureOptions = {}): string {
  const skeleton = skeletonFor(bicycle)
  const { left, right } = skeleton.bounds
  const scale = scaleOf(bicycle.type, skeleton)
  const x = width / 2 - ((left + right) / 2) * scale
  return picture(bicycleAt(bicycle, [x, groundY], scale), groundFor(bicycle.colour), options)
}

/** The bicycle and its shadow as shapes inside another picture: its rear axle over `at`, on the ground there. */
export function bicycleAt(bicycle: Bicycle, [x, y]: Point, scale: number): string {
  const skeleton = skeletonFor(bicycle)
  const { left, right } = skeleton.bounds
  return (
    shadow(x + (left + 120) * scale, x + (right - 120) * scale, y) +
    group(`matrix(${three(scale)} 0 0 ${three(-scale)} ${num(x)} ${num(y)})`, parts(bicycle, skeleton))
  )
}

function skeletonFor({ type, sizeCm }: Bicycle): Skeleton {
  const [least, most] = sizeRange[type]
  const plain = skeletonOf(type, Math.min(most, Math.max(least, sizeCm)))
  return type === 'loader' ? stretchForBox(plain, boxLength) : plain
}

/** Adults' bicycles share one scale, so that lists compare; long ones are fitted, a child's is drawn a little closer. */
function scaleOf(type: BicycleType, { bounds }: Skeleton): number {
  const usual = type === 'child' ? 0.72 : type === 'folding' ? 0.66 : 0.588
  return Math.min(usual, 1080 / (bounds.right - bounds.left), 650 / bounds.top)
}

interface Outfit {
  has: (extra: BicycleExtra) => boolean
  look: FrameLook
  accent: Shades
  bag: Shades
  town: boolean
  hub: boolean
  wheel: WheelLook
}

function outfitOf(bicycle: Bicycle, skeleton: Skeleton): Outfit {
  const extras = new Set([...standard[bicycle.type], ...(bicycle.extras ?? [])])
  const has = (extra: BicycleExtra) => extras.has(extra)
  const sporty = bicycle.type === 'road' || bicycle.type === 'gravel' || bicycle.type === 'mountain'
  const town = bicycle.type === 'city' || bicycle.type === 'loader' || bicycle.type === 'longtail'
  const accent = bicycle.accent ? shadesOf(bicycle.accent) : town ? leather : rubber
  const look: FrameLook = {
    shades: shadesOf(bicycle.colour),
    accent: bicycle.accent ? shadesOf(bicycle.accent) : shadesOf(isPale(bicycle.colour) ? 'slate' : 'snow'),
    girth: sporty ? 1.12 : bicycle.type === 'child' ? 0.95 : 1,
    stepThrough: has('step'),
    battery: has('electric') && bicycle.type !== 'folding',
    topTubeAt: bicycle.type === 'road' ? 0.94 : bicycle.type === 'longtail' ? 0.82 : 0.9,
    stayAt: bicycle.type === 'road' || bicycle.type === 'gravel' ? 0.72 : 0.84,
  }
  const radius = skeleton.rearRadius
  const wheel: WheelLook = {
    radius,
    tyre: skeleton.blueprint.tyre,
    spokes: radius > 300 ? 26 : 18,
    ...(has('tan') ? { sidewall: '#c59a68' } : {}),
    rim: sporty ? rubber : steel,
    disc: bicycle.type !== 'child' && bicycle.type !== 'folding',
    hub: bicycle.type === 'city' ? 36 : 24,
  }
  const bag = bicycle.accent ? shadesOf(bicycle.accent) : shadesOf('slate')
  return { has, look, accent, bag, town, hub: bicycle.type === 'city' || bicycle.type === 'loader', wheel }
}

function isPale(colour: GoodsColour): boolean {
  return ['snow', 'cream', 'sand', 'mint', 'sun', 'fog', 'rose'].includes(colour)
}

function parts(bicycle: Bicycle, skeleton: Skeleton): string {
  const outfit = outfitOf(bicycle, skeleton)
  const crank = bicycle.type === 'child' ? 130 : 172
  return [
    behind(bicycle, skeleton, outfit, crank),
    wheels(skeleton.rearAxle, skeleton.frontAxle, outfit.wheel, skeleton.frontRadius),
    guards(bicycle, skeleton, outfit),
    carriers(bicycle, skeleton, outfit),
    chain(skeleton, outfit.hub ? 'hub' : 'derailleur'),
    frameOf(bicycle, skeleton, outfit),
    drive(bicycle, skeleton, outfit, crank),
    seat(skeleton, outfit.accent, outfit.town, bicycle.type === 'mountain'),
    bicycle.type === 'folding' ? '' : hose(skeleton),
    cockpit(skeleton, outfit.accent),
    before(bicycle, skeleton, outfit),
  ].join('')
}

function behind(bicycle: Bicycle, skeleton: Skeleton, outfit: Outfit, crank: number): string {
  const stands = bicycle.type !== 'road' && bicycle.type !== 'gravel' && bicycle.type !== 'mountain'
  const { bottomBracket: bb } = skeleton
  return [
    farCrank(skeleton, crank),
    stands ? kickstand(add(bb, [-70, -10])) : '',
    outfit.has('lights') && !outfit.has('rack')
      ? rearLamp(add(skeleton.rearAxle, [-0.848 * (skeleton.rearRadius + 26), 0.53 * (skeleton.rearRadius + 26)]))
      : '',
  ].join('')
}

function guards(bicycle: Bicycle, skeleton: Skeleton, { has, look }: Outfit): string {
  if (!has('mudguards')) return ''
  const shades = bicycle.type === 'trekking' ? rubber : look.shades
  const [from, to] = bicycle.type === 'loader' ? [20, 150] : [62, 178]
  const rear = {
    centre: skeleton.rearAxle,
    radius: skeleton.rearRadius,
    from: bicycle.type === 'longtail' ? 40 : 14,
    to: 196,
  }
  return mudguards([rear, { centre: skeleton.frontAxle, radius: skeleton.frontRadius, from, to }], shades)
}

function carriers(bicycle: Bicycle, skeleton: Skeleton, { has, look, bag }: Outfit): string {
  if (bicycle.type === 'longtail') return longDeck(skeleton, look.shades, bag, has('load'))
  const racked = has('rack') || has('panniers')
  return [
    racked ? rearRack(skeleton, bicycle.type === 'city' ? look.shades : rubber, false) : '',
    has('lights') && racked ? rearLamp(add(skeleton.rearAxle, [-238, skeleton.rearRadius + 40])) : '',
    has('panniers') ? pannier(skeleton, bag) : '',
  ].join('')
}

function frameOf(bicycle: Bicycle, skeleton: Skeleton, { look, has, bag }: Outfit): string {
  if (bicycle.type === 'folding') return foldingFrame(skeleton, look)
  if (bicycle.type === 'loader') return loaderFrame(skeleton, look, bag, has('load'))
  const fork = skeleton.blueprint.suspension ? suspensionFork : rigidFork
  return [
    rearTriangle(skeleton, look),
    fork(skeleton, look.shades),
    mainFrame(skeleton, look),
    has('bags') ? bagsIn(skeleton, look, bag) : '',
    has('bottle') && !has('bags') ? bottleOn(skeleton, bag) : '',
  ].join('')
}

function bagsIn(skeleton: Skeleton, look: FrameLook, bag: Shades): string {
  const corners = {
    seat: onSeatTube(skeleton, look.topTubeAt),
    head: onHeadTube(skeleton, 0.5),
    bb: skeleton.bottomBracket,
  }
  return travelBags(skeleton, bag, corners)
}

function bottleOn(skeleton: Skeleton, shades: Shades): string {
  const [from, to] = [skeleton.bottomBracket, onHeadTube(skeleton, 0.2)]
  const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI - 90
  const at = between(from, to, 0.4)
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  return bottle([at[0] - (dy / length) * 64, at[1] + (dx / length) * 64], turn, shades)
}

function foldingFrame(skeleton: Skeleton, look: FrameLook): string {
  const { bottomBracket: bb, rearAxle, seatTop, headTop, headBottom } = skeleton
  const seatJoint = onSeatTube(skeleton, 0.36)
  const head = between(headBottom, headTop, 0.4)
  const hinge = between(seatJoint, head, 0.52)
  const { shades } = look
  return [
    tubes(
      [
        [onSeatTube(skeleton, 0.62), rearAxle, 17],
        [bb, rearAxle, 22],
      ],
      shades,
    ),
    rigidFork(skeleton, shades),
    tubes(
      [
        [bb, seatTop, 38],
        [add(seatJoint, [0, -10]), head, 60],
        [headBottom, headTop, 48],
      ],
      shades,
    ),
    rod(between(hinge, head, -0.05), between(hinge, head, 0.05), 72, 72, rubber.base),
    rod(between(hinge, head, -0.008), between(hinge, head, 0.008), 72, 72, metal.base),
    tubes([[headTop, skeleton.stemBase, 36]], rubber),
    rod(add(headTop, skeleton.steerDown, -20), add(headTop, skeleton.steerDown, -70), 52, 48, metal.low),
  ].join('')
}

function loaderFrame(skeleton: Skeleton, look: FrameLook, box: Shades, loaded: boolean): string {
  const column: Point = add(skeleton.headBottom, skeleton.steerDown, 230)
  return [
    rearTriangle(skeleton, look),
    tubes([[skeleton.headBottom, column, 28]], steel),
    mainFrame(skeleton, { ...look, stepThrough: true, battery: look.battery }),
    frontBox(skeleton, boxLength, look.shades, box, loaded),
  ].join('')
}

function drive(bicycle: Bicycle, skeleton: Skeleton, { has, look, hub }: Outfit, crank: number): string {
  const guarded = hub && bicycle.type === 'city' && !has('electric')
  return [
    has('electric') ? motor(skeleton, look.shades) : '',
    guarded ? chainGuard(skeleton, look.shades) : '',
    crankset(skeleton, crank, amber),
  ].join('')
}

function before(bicycle: Bicycle, skeleton: Skeleton, { has, look }: Outfit): string {
  const lampAt: Point =
    bicycle.type === 'loader'
      ? [skeleton.frontAxle[0] - 8, skeleton.frontRadius * 2 + 84]
      : add(skeleton.crown, [24, 20])
  const carrierY = skeleton.frontAxle[1] + skeleton.frontRadius + 56
  return [
    has('lights') ? frontLamp(has('basket') ? add(skeleton.crown, [26, -4]) : lampAt) : '',
    has('basket') ? frontCarrier(skeleton, look.shades) + basket([skeleton.headBottom[0] + 36, carrierY + 222]) : '',
  ].join('')
}

function three(value: number): string {
  return String(Math.round(value * 1_000) / 1_000)
}
