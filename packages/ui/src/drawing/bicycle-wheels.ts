/** Wheels, tyres, mudguards, and what makes them turn. All in millimetres, y upward. */
import { metal, rubber, signal, steel, type Shades } from './colour.ts'
import type { Skeleton } from './bicycle-geometry.ts'
import { add, arc, circle, curve, direction, line, num, path, polyline, rect, type Point } from './svg.ts'
import { tubes } from './bicycle-tube.ts'

export interface WheelLook {
  radius: number
  tyre: number
  spokes: number
  /** Sidewall of the tyre, when it is not black. */
  sidewall?: string
  rim: Shades
  disc: boolean
  hub: number
}

/** One wheel: tyre with its sidewall and a thin gleam, rim, crossed spokes, disc and hub. */
export function wheel(centre: Point, look: WheelLook): string {
  const { radius, tyre } = look
  const bead = radius - tyre
  const rimDepth = Math.max(16, bead * 0.055)
  return [
    circle(centre, radius - tyre / 2, { fill: 'none', stroke: rubber.base, width: tyre }),
    look.sidewall && circle(centre, bead + tyre * 0.3, { fill: 'none', stroke: look.sidewall, width: tyre * 0.52 }),
    curve(arc(centre, radius - tyre * 0.2, 100, 168), { stroke: rubber.high, width: 4, opacity: 0.5, cap: 'round' }),
    circle(centre, bead - rimDepth / 2, { fill: 'none', stroke: look.rim.low, width: rimDepth }),
    circle(centre, bead - 2, { fill: 'none', stroke: look.rim.high, width: 3 }),
    curve(spokes(centre, bead - rimDepth, look.spokes, look.hub), { stroke: steel.high, width: 2.6 }),
    look.disc && circle(centre, Math.min(80, bead * 0.3), { fill: 'none', stroke: metal.low, width: 9, opacity: 0.75 }),
    circle(centre, look.hub, { fill: steel.base }),
    circle(centre, look.hub * 0.45, { fill: metal.high }),
  ]
    .filter(Boolean)
    .join('')
}

/** Spokes laced two by two, each pair crossing the next, as on a real wheel. */
function spokes([cx, cy]: Point, radius: number, count: number, hub: number): string {
  const flange = hub * 0.9
  const parts: string[] = []
  for (let i = 0; i < count; i++) {
    const rim = (i / count) * 2 * Math.PI
    const lead = i % 2 === 0 ? 1.15 : -1.15
    const from: Point = [cx + flange * Math.cos(rim + lead), cy + flange * Math.sin(rim + lead)]
    const to: Point = [cx + radius * Math.cos(rim), cy + radius * Math.sin(rim)]
    parts.push(`M${whole(from)}L${whole(to)}`)
  }
  return parts.join('')
}

function whole([x, y]: Point): string {
  return `${Math.round(x)} ${Math.round(y)}`
}

/** A mudguard close over the tyre, from one angle to another (degrees, 0 forward, 90 up), with its stay. */
export function mudguard(centre: Point, radius: number, from: number, to: number, shades: Shades): string {
  const r = radius + 20
  const end = ((to - 18) * Math.PI) / 180
  const foot: Point = [centre[0] + r * Math.cos(end), centre[1] + r * Math.sin(end)]
  return [
    line([centre, foot], { stroke: steel.base, width: 5 }),
    curve(arc(centre, r, from, to), { stroke: shades.base, width: 20, cap: 'round' }),
    curve(arc(centre, r + 4, from, to), { stroke: shades.high, width: 4, opacity: 0.8, cap: 'round' }),
  ].join('')
}

/** How the legs reach the rear wheel. */
export type Gearing = 'derailleur' | 'hub'

/** Chain with its upper and lower run, cogs, and the derailleur where there is one. Behind the crank. */
export function chain(skeleton: Skeleton, gearing: Gearing): string {
  const { rearAxle, bottomBracket: bb } = skeleton
  const ring = skeleton.blueprint.chainring
  const cog = gearing === 'hub' ? Math.min(44, skeleton.blueprint.cog) : skeleton.blueprint.cog
  const shown = gearing === 'hub' ? cog : cog * 0.62
  const along = direction(rearAxle, bb)
  const up: Point = [-along[1], along[0]]
  const lowerPulley = add(rearAxle, [16, -Math.min(skeleton.rearRadius - 84, cog + 92)])
  const guidePulley = add(rearAxle, [22, -cog - 26])
  const bottom = add(bb, up, -ring)
  const top = [add(rearAxle, up, shown), add(bb, up, ring)]
  const lower = gearing === 'hub' ? [add(rearAxle, up, -shown), bottom] : [add(lowerPulley, [4, -20]), bottom]
  const cogs = gearing === 'hub' ? [cog] : [cog, cog * 0.8, cog * 0.6]
  const links = { stroke: steel.low, width: 10 }
  return [
    ...cogs.map((r, i) => circle(rearAxle, r, { fill: i % 2 ? steel.low : steel.base, stroke: metal.low, width: 3 })),
    circle(rearAxle, 18, { fill: metal.high }),
    line(top, links),
    line(lower, links),
    line(top, { stroke: metal.high, width: 3, dash: '7 6' }),
    line(lower, { stroke: metal.high, width: 3, dash: '7 6' }),
    gearing === 'derailleur' && derailleur(rearAxle, guidePulley, lowerPulley),
  ]
    .filter(Boolean)
    .join('')
}

function derailleur(axle: Point, guide: Point, lower: Point): string {
  return [
    line([add(axle, [-4, -22]), add(axle, [-14, -54]), guide], { stroke: rubber.base, width: 20, cap: 'round' }),
    line([guide, lower], { stroke: rubber.high, width: 15, cap: 'round' }),
    ...[guide, lower].map((p) => circle(p, 21, { fill: rubber.base, stroke: steel.high, width: 3 })),
  ].join('')
}

/** A guard that keeps trousers off the chain, on town bicycles. */
export function chainGuard(skeleton: Skeleton, shades: Shades): string {
  const { rearAxle, bottomBracket: bb } = skeleton
  const r = skeleton.blueprint.chainring + 14
  const body = [...tubeOutline(add(rearAxle, [-40, 0]), bb, 58, r)]
  return [
    path(body.join(''), { fill: shades.base }),
    curve(`M${num(rearAxle[0] - 40)} ${num(rearAxle[1] + 50)}L${num(bb[0] - 10)} ${num(bb[1] + r - 10)}`, {
      stroke: shades.high,
      width: 5,
      cap: 'round',
    }),
  ].join('')
}

/** Two half circles joined by straight sides. */
function tubeOutline(from: Point, to: Point, rFrom: number, rTo: number): string[] {
  const along = direction(from, to)
  const up: Point = [-along[1], along[0]]
  const [a, b, c, d] = [add(from, up, rFrom), add(to, up, rTo), add(to, up, -rTo), add(from, up, -rFrom)]
  const to1 = (p: Point) => `${num(p[0])} ${num(p[1])}`
  return [
    `M${to1(a)}L${to1(b)}A${num(rTo)} ${num(rTo)} 0 0 0 ${to1(c)}L${to1(d)}A${num(rFrom)} ${num(rFrom)} 0 0 0 ${to1(a)}z`,
  ]
}

/** Chainring, spider and the near crank with its pedal. `motor` hides the spider behind a drive unit. */
export function crankset(skeleton: Skeleton, crankLength: number, accent: Shades): string {
  const bb = skeleton.bottomBracket
  const ring = skeleton.blueprint.chainring
  const angle = -0.42
  const pedal: Point = [bb[0] + crankLength * Math.cos(angle), bb[1] + crankLength * Math.sin(angle)]
  const arms = [0, 1, 2, 3, 4].map((i) => {
    const a = angle + 0.63 + (i * 2 * Math.PI) / 5
    return polyline([bb, [bb[0] + (ring - 8) * Math.cos(a), bb[1] + (ring - 8) * Math.sin(a)]])
  })
  return [
    circle(bb, ring + 2, { fill: 'none', stroke: steel.low, width: 8, dash: '8 5' }),
    circle(bb, ring - 7, { fill: 'none', stroke: rubber.high, width: 16 }),
    curve(arms.join(''), { stroke: rubber.high, width: 15 }),
    tubes([[bb, pedal, 30]], rubber),
    circle(bb, 24, { fill: rubber.low }),
    circle(bb, 9, { fill: metal.base }),
    pedalAt(pedal, accent),
  ].join('')
}

/** The far crank and pedal, seen behind the frame. */
export function farCrank(skeleton: Skeleton, crankLength: number): string {
  const bb = skeleton.bottomBracket
  const pedal: Point = [bb[0] - crankLength * Math.cos(0.42), bb[1] + crankLength * Math.sin(0.42)]
  return line([bb, pedal], { stroke: rubber.low, width: 24, cap: 'round' }) + pedalAt(pedal, rubber)
}

function pedalAt([x, y]: Point, shades: Shades): string {
  return [
    rect(x - 50, y - 14, 100, 28, 9, { fill: rubber.base }),
    rect(x - 40, y + 5, 80, 5, 2, { fill: shades.high, opacity: 0.6 }),
    circle([x, y], 10, { fill: metal.low }),
  ].join('')
}

/** A motor around the bottom bracket. */
export function motor(skeleton: Skeleton, shades: Shades): string {
  const [x, y] = skeleton.bottomBracket
  const d = `M${num(x - 70)} ${num(y + 64)}C${num(x - 10)} ${num(y + 92)} ${num(x + 90)} ${num(y + 100)} ${num(x + 128)} ${num(y + 60)}C${num(x + 120)} ${num(y + 6)} ${num(x + 96)} ${num(y - 66)} ${num(x + 10)} ${num(y - 74)}C${num(x - 62)} ${num(y - 70)} ${num(x - 92)} ${num(y - 6)} ${num(x - 70)} ${num(y + 64)}z`
  return path(d, { fill: shades.deep }) + circle([x, y], 58, { fill: rubber.low })
}

/** A leg that holds the bicycle up, folded down behind the bottom bracket. */
export function kickstand(from: Point): string {
  const foot: Point = [from[0] - 70, 6]
  return line([from, foot, add(foot, [-34, 0])], { stroke: rubber.high, width: 16, cap: 'round' })
}

/** Front lamp and red rear lamp. */
export function frontLamp([x, y]: Point): string {
  return [
    path(
      `M${num(x)} ${num(y - 24)}L${num(x + 46)} ${num(y - 30)}L${num(x + 46)} ${num(y + 30)}L${num(x)} ${num(y + 22)}z`,
      {
        fill: rubber.base,
      },
    ),
    rect(x + 46, y - 32, 10, 64, 5, { fill: '#fff4d2' }),
  ].join('')
}

export function rearLamp([x, y]: Point): string {
  return rect(x - 20, y - 22, 22, 44, 6, { fill: signal.base }) + rect(x - 20, y - 8, 22, 9, 0, { fill: signal.high })
}
