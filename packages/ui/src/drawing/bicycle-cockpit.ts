/** What the rider touches: saddle, bars, stem; and what is hung there. Millimetres, y upward. */
import { amber, metal, rubber, steel, wood, type Shades } from './colour.ts'
import type { Skeleton } from './bicycle-geometry.ts'
import { rod, tubes } from './bicycle-tube.ts'
import { add, circle, curve, line, num, path, place, rect, type Point } from './svg.ts'

const raceSaddle =
  'M-132 60C-140 76 -108 80 -70 70C-10 56 60 62 128 62C150 62 152 46 136 42C90 38 50 34 16 20C-20 6 -74 2 -104 22C-124 34 -130 48 -132 60Z'
const townSaddle =
  'M-132 62C-142 92 -104 98 -60 88C-10 74 50 72 112 74C138 74 142 52 124 48C90 44 60 34 34 12C0 -8 -76 -12 -112 8C-130 22 -134 44 -132 62Z'

/** Seat post and saddle; a town saddle is deeper and sprung. */
export function seat(skeleton: Skeleton, shades: Shades, town: boolean, dropper: boolean): string {
  const { seatTop, seatUp, saddle } = skeleton
  const clamp = add(saddle, seatUp, -8)
  const post = tubes([[seatTop, clamp, 28]], dropper ? rubber : metal)
  const rails = place('M-84 30C-50 4 30 0 100 46', saddle)
  return [
    post,
    dropper ? rod(seatTop, add(seatTop, seatUp, 90), 36, 36, rubber.low) : '',
    rect(clamp[0] - 26, clamp[1] - 2, 54, 24, 8, { fill: steel.low }),
    curve(rails, { stroke: steel.base, width: 8 }),
    town ? curve(place('M-92 -8L-80 34', saddle), { stroke: steel.base, width: 22, dash: '6 5' }) : '',
    path(place(town ? townSaddle : raceSaddle, saddle), { fill: shades.base }),
    curve(place(town ? 'M-116 72C-70 92 0 68 104 64' : 'M-118 66C-80 76 0 56 120 54', saddle), {
      stroke: shades.high,
      width: 6,
      opacity: 0.75,
    }),
  ].join('')
}

/** Stem and bars of the skeleton's type. `accent` is the tape or the grips. */
export function cockpit(skeleton: Skeleton, accent: Shades): string {
  const { headTop, stemBase, barClamp, steerDown } = skeleton
  const spacers = rod(headTop, add(stemBase, steerDown, -14), 38, 36, rubber.base)
  const stem = line([stemBase, barClamp], { stroke: rubber.base, width: 36 })
  const bars: Record<Skeleton['blueprint']['bars'], (at: Point, accent: Shades) => string> = {
    drop: dropBars,
    flat: flatBars,
    sweep: sweptBack,
    swept: townBars,
  }
  return [spacers, stem, bars[skeleton.blueprint.bars](barClamp, accent)].join('')
}

function dropBars(at: Point, accent: Shades): string {
  const bend = 'M4 2L46 2C86 0 102 -22 94 -62C84 -106 44 -128 0 -130L-46 -128'
  return [
    curve(place('M118 14C126 -22 116 -66 92 -98', at), { stroke: steel.low, width: 11 }),
    curve(place(bend, at), { stroke: accent.base, width: 31 }),
    curve(place('M4 10L48 10C92 8 110 -20 102 -60', at), { stroke: accent.high, width: 4, opacity: 0.7 }),
    path(place('M42 14C76 26 94 42 104 60C114 72 132 66 134 50C136 34 126 18 112 2C102 -12 84 -18 58 -14Z', at), {
      fill: rubber.base,
    }),
    curve(place('M70 18C92 28 104 44 112 58', at), { stroke: rubber.high, width: 4 }),
    circle(at, 21, { fill: rubber.low }),
  ].join('')
}

function flatBars(at: Point, accent: Shades): string {
  return [
    line([add(at, [16, -4]), add(at, [66, -34])], { stroke: steel.base, width: 10 }),
    line([at, add(at, [-50, 4])], { stroke: accent.base, width: 36 }),
    line([add(at, [0, 10]), add(at, [-48, 13])], { stroke: accent.high, width: 5, opacity: 0.7 }),
    circle(at, 23, { fill: rubber.base }),
    circle(at, 9, { fill: steel.base }),
  ].join('')
}

function sweptBack(at: Point, accent: Shades): string {
  return [
    line([add(at, [-4, 24]), add(at, [58, -18])], { stroke: steel.base, width: 10 }),
    curve(place('M0 0C24 20 10 36 -24 36', at), { stroke: metal.low, width: 24 }),
    line([add(at, [-30, 36]), add(at, [-118, 30])], { stroke: accent.base, width: 34 }),
    line([add(at, [-34, 44]), add(at, [-112, 39])], { stroke: accent.high, width: 5, opacity: 0.7 }),
  ].join('')
}

function townBars(at: Point, accent: Shades): string {
  const bend = 'M0 0C46 22 44 74 -16 82C-70 88 -124 78 -176 64'
  return [
    line([add(at, [-64, 84]), add(at, [18, 30])], { stroke: steel.base, width: 10 }),
    curve(place(bend, at), { stroke: metal.base, width: 23 }),
    curve(place('M6 10C40 28 36 68 -16 86', at), { stroke: metal.high, width: 4 }),
    line([add(at, [-92, 82]), add(at, [-188, 61])], { stroke: accent.base, width: 34 }),
    line([add(at, [-96, 90]), add(at, [-184, 70])], { stroke: accent.high, width: 5, opacity: 0.7 }),
    circle(add(at, [-34, 100]), 18, { fill: amber.base }),
  ].join('')
}

/** Brake hose or cable from the bars into the frame. */
export function hose(skeleton: Skeleton): string {
  const {
    barClamp: [x, y],
    headBottom,
  } = skeleton
  const [hx, hy] = add(headBottom, [-6, 60])
  return curve(
    `M${num(x + 36)} ${num(y - 10)}C${num(x + 96)} ${num(y - 60)} ${num(hx + 70)} ${num(hy + 20)} ${num(hx + 8)} ${num(hy)}`,
    {
      stroke: rubber.low,
      width: 6,
    },
  )
}

/** A basket before the bars: woven, on a small carrier. */
export function basket([x, y]: Point): string {
  const [w, h] = [270, 210]
  const rows = [0.28, 0.52, 0.76].map(
    (share) => `M${num(x + 14 * share)} ${num(y - h * share)}L${num(x + w - 14 * share)} ${num(y - h * share)}`,
  )
  const columns = [0.18, 0.34, 0.5, 0.66, 0.82].map(
    (share) => `M${num(x + w * share)} ${num(y)}L${num(x + 22 + (w - 44) * share)} ${num(y - h)}`,
  )
  return [
    path(
      `M${num(x)} ${num(y)}L${num(x + w)} ${num(y)}L${num(x + w - 24)} ${num(y - h)}L${num(x + 24)} ${num(y - h)}z`,
      {
        fill: wood.base,
      },
    ),
    curve([...rows, ...columns].join(''), { stroke: wood.deep, width: 6, opacity: 0.55 }),
    rect(x - 10, y - 12, w + 20, 24, 12, { fill: wood.low }),
    rect(x - 2, y + 2, w + 4, 6, 3, { fill: wood.high }),
  ].join('')
}

/** A water bottle in its cage on the down tube, `turn` degrees from the ground. */
export function bottle(at: Point, turn: number, shades: Shades): string {
  const body = 'M-34 -78C-34 -90 34 -90 34 -78L34 48C34 60 24 62 24 74L24 96L-24 96L-24 74C-24 62 -34 60 -34 48Z'
  const cap = 'M-20 96L20 96L16 122L-16 122Z'
  return [
    path(place(body, at, 1, turn), { fill: shades.base }),
    curve(place('M-20 -70L-20 44', at, 1, turn), { stroke: shades.high, width: 8 }),
    curve(place('M-34 10L34 10', at, 1, turn), { stroke: shades.deep, width: 7 }),
    path(place(cap, at, 1, turn), { fill: rubber.base }),
    curve(place('M-40 -84L-40 20', at, 1, turn), { stroke: steel.low, width: 9 }),
  ].join('')
}
