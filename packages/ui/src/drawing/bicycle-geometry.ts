/**
 * The geometry of a bicycle, as frame makers state it, in millimetres. The drawing faces right (the drive side); x grows
 * forward from the rear axle, y grows upward from the ground.
 */
import { add, between, direction, type Point } from './svg.ts'

export const bicycleTypes = [
  'road',
  'gravel',
  'mountain',
  'trekking',
  'city',
  'longtail',
  'loader',
  'folding',
  'child',
] as const
export type BicycleType = (typeof bicycleTypes)[number]

export type Bars = 'drop' | 'flat' | 'sweep' | 'swept'

/** Figures of one type at its middle size; angles in degrees from the ground. */
export interface Blueprint {
  /** Bead seat diameters (ISO 5775) and tyre width. */
  rearRim: number
  frontRim: number
  tyre: number
  bottomBracketHeight: number
  chainstay: number
  seatAngle: number
  headAngle: number
  /** Fork: axle to crown, and offset of the axle from the steering axis. */
  fork: number
  rake: number
  suspension: boolean
  stack: number
  reach: number
  seatTube: number
  saddleHeight: number
  /** Extra height of the bars over the head tube (spacers, a riser, the post of a folding bicycle). */
  rise: number
  stem: number
  bars: Bars
  chainring: number
  cog: number
  /** Middle size in centimetres, the step of stack and reach per centimetre. */
  size: number
}

export const blueprints: Record<BicycleType, Blueprint> = {
  road: {
    rearRim: 622,
    frontRim: 622,
    tyre: 28,
    bottomBracketHeight: 268,
    chainstay: 412,
    seatAngle: 73.5,
    headAngle: 73,
    fork: 372,
    rake: 45,
    suspension: false,
    stack: 556,
    reach: 386,
    seatTube: 490,
    saddleHeight: 738,
    rise: 22,
    stem: 100,
    bars: 'drop',
    chainring: 100,
    cog: 56,
    size: 54,
  },
  gravel: {
    rearRim: 622,
    frontRim: 622,
    tyre: 44,
    bottomBracketHeight: 280,
    chainstay: 430,
    seatAngle: 73.5,
    headAngle: 71,
    fork: 398,
    rake: 50,
    suspension: false,
    stack: 586,
    reach: 390,
    seatTube: 480,
    saddleHeight: 735,
    rise: 26,
    stem: 80,
    bars: 'drop',
    chainring: 82,
    cog: 80,
    size: 54,
  },
  mountain: {
    rearRim: 622,
    frontRim: 622,
    tyre: 62,
    bottomBracketHeight: 332,
    chainstay: 442,
    seatAngle: 74.5,
    headAngle: 66.5,
    fork: 530,
    rake: 44,
    suspension: true,
    stack: 622,
    reach: 448,
    seatTube: 430,
    saddleHeight: 722,
    rise: 24,
    stem: 50,
    bars: 'flat',
    chainring: 66,
    cog: 100,
    size: 54,
  },
  trekking: {
    rearRim: 622,
    frontRim: 622,
    tyre: 46,
    bottomBracketHeight: 290,
    chainstay: 455,
    seatAngle: 72.5,
    headAngle: 70.5,
    fork: 462,
    rake: 46,
    suspension: true,
    stack: 646,
    reach: 388,
    seatTube: 510,
    saddleHeight: 728,
    rise: 34,
    stem: 80,
    bars: 'sweep',
    chainring: 86,
    cog: 76,
    size: 54,
  },
  city: {
    rearRim: 622,
    frontRim: 622,
    tyre: 44,
    bottomBracketHeight: 288,
    chainstay: 465,
    seatAngle: 70.5,
    headAngle: 68.5,
    fork: 398,
    rake: 58,
    suspension: false,
    stack: 628,
    reach: 372,
    seatTube: 480,
    saddleHeight: 690,
    rise: 60,
    stem: 40,
    bars: 'swept',
    chainring: 82,
    cog: 42,
    size: 54,
  },
  longtail: {
    rearRim: 406,
    frontRim: 507,
    tyre: 58,
    bottomBracketHeight: 296,
    chainstay: 690,
    seatAngle: 71.5,
    headAngle: 69,
    fork: 400,
    rake: 48,
    suspension: false,
    stack: 640,
    reach: 400,
    seatTube: 400,
    saddleHeight: 690,
    rise: 96,
    stem: 50,
    bars: 'sweep',
    chainring: 80,
    cog: 52,
    size: 54,
  },
  loader: {
    rearRim: 559,
    frontRim: 406,
    tyre: 52,
    bottomBracketHeight: 292,
    chainstay: 465,
    seatAngle: 70.5,
    headAngle: 69,
    fork: 330,
    rake: 40,
    suspension: false,
    stack: 600,
    reach: 400,
    seatTube: 440,
    saddleHeight: 690,
    rise: 130,
    stem: 40,
    bars: 'sweep',
    chainring: 80,
    cog: 48,
    size: 54,
  },
  folding: {
    rearRim: 406,
    frontRim: 406,
    tyre: 44,
    bottomBracketHeight: 290,
    chainstay: 405,
    seatAngle: 71.5,
    headAngle: 72.5,
    fork: 318,
    rake: 36,
    suspension: false,
    stack: 262,
    reach: 510,
    seatTube: 330,
    saddleHeight: 710,
    rise: 400,
    stem: 0,
    bars: 'flat',
    chainring: 98,
    cog: 48,
    size: 54,
  },
  child: {
    rearRim: 406,
    frontRim: 406,
    tyre: 50,
    bottomBracketHeight: 258,
    chainstay: 372,
    seatAngle: 71,
    headAngle: 70,
    fork: 345,
    rake: 40,
    suspension: false,
    stack: 408,
    reach: 296,
    seatTube: 270,
    saddleHeight: 462,
    rise: 40,
    stem: 50,
    bars: 'sweep',
    chainring: 66,
    cog: 42,
    size: 30,
  },
}

/** Smallest and largest frame that a type is drawn in, in centimetres. */
export const sizeRange: Record<BicycleType, readonly [least: number, most: number]> = {
  road: [47, 62],
  gravel: [47, 62],
  mountain: [46, 62],
  trekking: [46, 62],
  city: [46, 60],
  longtail: [48, 58],
  loader: [48, 58],
  folding: [50, 56],
  child: [26, 36],
}

/** Where everything is. */
export interface Skeleton {
  blueprint: Blueprint
  rearRadius: number
  frontRadius: number
  rearAxle: Point
  frontAxle: Point
  bottomBracket: Point
  /** Unit vectors: up the seat tube, down the steering axis, and forward across it. */
  seatUp: Point
  steerDown: Point
  steerForward: Point
  seatTop: Point
  saddle: Point
  headTop: Point
  headBottom: Point
  crown: Point
  stemBase: Point
  barClamp: Point
  /** Where the bars are held, how high and how far back the whole thing reaches. */
  bounds: { left: number; right: number; top: number }
}

/** Places every point of a type in one size. Larger frames are taller and longer; wheels stay as they are. */
export function skeletonOf(type: BicycleType, sizeCm: number): Skeleton {
  const blueprint = blueprints[type]
  const larger = sizeCm - blueprint.size
  const rearRadius = blueprint.rearRim / 2 + blueprint.tyre
  const frontRadius = blueprint.frontRim / 2 + blueprint.tyre
  const rearAxle: Point = [0, rearRadius]
  const rise = blueprint.bottomBracketHeight - rearRadius
  const bottomBracket: Point = [Math.sqrt(blueprint.chainstay ** 2 - rise ** 2), blueprint.bottomBracketHeight]
  const seat = radians(blueprint.seatAngle)
  const head = radians(blueprint.headAngle)
  const seatUp: Point = [-Math.cos(seat), Math.sin(seat)]
  const steerDown: Point = [Math.cos(head), -Math.sin(head)]
  const steerForward: Point = [Math.sin(head), Math.cos(head)]

  const headTop = add(bottomBracket, [blueprint.reach + larger * 4.5, blueprint.stack + larger * 9])
  const axleDrop = (headTop[1] + blueprint.rake * steerForward[1] - frontRadius) / -steerDown[1]
  const frontAxle = add(add(headTop, steerDown, axleDrop), steerForward, blueprint.rake)
  const crownDrop = axleDrop - Math.sqrt(blueprint.fork ** 2 - blueprint.rake ** 2)
  const crown = add(headTop, steerDown, crownDrop)
  const headBottom = add(headTop, steerDown, crownDrop - 12)

  const seatTop = add(bottomBracket, seatUp, blueprint.seatTube + larger * 9)
  const saddle = add(bottomBracket, seatUp, blueprint.saddleHeight + larger * 11)
  const stemBase = add(headTop, steerDown, -blueprint.rise)
  const barClamp = add(add(stemBase, steerForward, blueprint.stem), [0, 4])
  return {
    blueprint,
    rearRadius,
    frontRadius,
    rearAxle,
    frontAxle,
    bottomBracket,
    seatUp,
    steerDown,
    steerForward,
    seatTop,
    saddle,
    headTop,
    headBottom,
    crown,
    stemBase,
    barClamp,
    bounds: { left: -rearRadius, right: frontAxle[0] + frontRadius, top: Math.max(saddle[1] + 70, barClamp[1] + 70) },
  }
}

/** The bicycle whose cargo stands before the rider: the front wheel goes forward, under and beyond a box. */
export function stretchForBox(skeleton: Skeleton, length: number): Skeleton {
  const frontAxle: Point = [skeleton.frontAxle[0] + length, skeleton.frontRadius]
  return { ...skeleton, frontAxle, bounds: { ...skeleton.bounds, right: frontAxle[0] + skeleton.frontRadius } }
}

/** A point on the seat tube or the head tube, from the bottom (0) to the top (1). */
export function onSeatTube(skeleton: Skeleton, share: number): Point {
  return between(skeleton.bottomBracket, skeleton.seatTop, share)
}

export function onHeadTube(skeleton: Skeleton, share: number): Point {
  return between(skeleton.headBottom, skeleton.headTop, share)
}

/** The four corners of a tube that may taper, from one end to the other. */
export function tubeCorners(from: Point, to: Point, widthFrom: number, widthTo: number): Point[] {
  const [dx, dy] = direction(from, to)
  const across: Point = [-dy, dx]
  return [
    add(from, across, widthFrom / 2),
    add(to, across, widthTo / 2),
    add(to, across, -widthTo / 2),
    add(from, across, -widthFrom / 2),
  ]
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
