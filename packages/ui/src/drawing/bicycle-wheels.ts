/** Wheels, tyres, mudguards, and what makes them turn. All in millimetres, y upward. */
import { metal, rubber, signal, steel, type Shades } from './colour.ts'
import type { Skeleton } from './bicycle-geometry.ts'
import { add, arc, between, circle, curve, direction, line, num, path, polyline, rect, type Point } from './svg.ts'

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

/**
 * Both wheels: the rear one is drawn, the front one repeats it at its own size. The name by which it is repeated says all that
 * it is made of, so that drawings on one page never take each other's wheels.
 */
export function wheels(rear: Point, front: Point, look: WheelLook, frontRadius: number): string {
  const id = `wheel-${look.radius}-${look.tyre}-${look.hub}${look.sidewall ? 't' : ''}${look.rim === rubber ? 'b' : ''}${look.disc ? 'd' : ''}`
  const size = frontRadius === look.radius ? '' : ` scale(${Math.round((frontRadius / look.radius) * 100) / 100})`
  return [
    `<g transform="translate(${num(rear[0])} ${num(rear[1])})"><g id="${id}">${wheel(look)}</g></g>`,
    `<use href="#${id}" transform="translate(${num(front[0])} ${num(front[1])})${size}"/>`,
  ].join('')
}

/** Tyre with its sidewall and a thin gleam, rim, crossed spokes, disc and hub, around (0, 0). */
function wheel(look: WheelLook): string {
  const { radius, tyre } = look
  const centre: Point = [0, 0]
  const bead = radius - tyre
  const rimDepth = Math.max(16, bead * 0.055)
  return [
    circle(centre, radius - tyre / 2, { stroke: rubber.base, width: tyre }),
    look.sidewall && circle(centre, bead + tyre * 0.3, { stroke: look.sidewall, width: tyre * 0.52 }),
    curve(arc(centre, radius - tyre * 0.2, 100, 168), { stroke: rubber.high, width: 4, opacity: 0.5 }),
    circle(centre, bead - rimDepth / 2, { stroke: look.rim.low, width: rimDepth }),
    circle(centre, bead - 2, { stroke: look.rim.high, width: 3 }),
    curve(spokes(centre, bead - rimDepth, look.spokes, look.hub), { stroke: steel.high, width: 2.6 }),
    look.disc && circle(centre, Math.min(80, bead * 0.3), { stroke: metal.low, width: 9, opacity: 0.75 }),
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

/** Where one mudguard stands: over a wheel, from one angle to another (degrees, 0 forward, 90 up). */
export interface Guard {
  centre: Point
  radius: number
  from: number
  to: number
}

/** Mudguards close over the tyres, each held by a stay. */
export function mudguards(guards: readonly Guard[], shades: Shades): string {
  const along = (lift: number) =>
    guards.map(({ centre, radius, from, to }) => arc(centre, radius + lift, from, to)).join('')
  const stays = guards.map(({ centre, radius, to }) => {
    const end = ((to - 18) * Math.PI) / 180
    return polyline([centre, add(centre, [Math.cos(end), Math.sin(end)], radius + 20)])
  })
  return [
    curve(stays.join(''), { stroke: steel.base, width: 5 }),
    curve(along(20), { stroke: shades.base, width: 20 }),
    curve(along(24), { stroke: shades.high, width: 4, opacity: 0.8 }),
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
  const cogs = gearing === 'hub' ? [cog] : [cog, cog * 0.68]
  const runs = polyline(top) + polyline(lower)
  return [
    ...cogs.map((r, i) => circle(rearAxle, r, { fill: i % 2 ? steel.low : steel.base, stroke: metal.low, width: 3 })),
    circle(rearAxle, 18, { fill: metal.high }),
    curve(runs, { stroke: steel.low, width: 10 }),
    curve(runs, { stroke: metal.high, width: 3, dash: '7 6' }),
    gearing === 'derailleur' && derailleur(rearAxle, guidePulley, lowerPulley),
  ]
    .filter(Boolean)
    .join('')
}

function derailleur(axle: Point, guide: Point, lower: Point): string {
  return [
    line([add(axle, [-4, -22]), add(axle, [-14, -54]), guide], { stroke: rubber.base, width: 20 }),
    line([guide, lower], { stroke: rubber.high, width: 15 }),
    curve([guide, lower].map((p) => `${polyline([p])}h.1`).join(''), { stroke: rubber.base, width: 44 }),
    curve([guide, lower].map((p) => `${polyline([p])}h.1`).join(''), { stroke: steel.base, width: 16 }),
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
    circle(bb, ring + 2, { stroke: steel.low, width: 8, dash: '8 5' }),
    circle(bb, ring - 7, { stroke: rubber.high, width: 16 }),
    curve(arms.join(''), { stroke: rubber.high, width: 15 }),
    line([bb, pedal], { stroke: rubber.base, width: 30 }),
    line(
      [between(bb, pedal, 0.25), between(bb, pedal, 0.85)].map((p) => add(p, [3, 8])),
      { stroke: rubber.high, width: 4 },
    ),
    circle(bb, 24, { fill: rubber.low }),
    circle(bb, 9, { fill: metal.base }),
    pedalAt(pedal, accent),
  ].join('')
}

/** The far crank and pedal, seen behind the frame. */
export function farCrank(skeleton: Skeleton, crankLength: number): string {
  const bb = skeleton.bottomBracket
  const pedal: Point = [bb[0] - crankLength * Math.cos(0.42), bb[1] + crankLength * Math.sin(0.42)]
  return (
    line([bb, pedal], { stroke: rubber.low, width: 24 }) +
    rect(pedal[0] - 50, pedal[1] - 14, 100, 28, 9, { fill: rubber.low })
  )
}

function pedalAt([x, y]: Point, shades: Shades): string {
  return [
    rect(x - 50, y - 14, 100, 28, 9, { fill: rubber.base }),
    rect(x - 40, y + 5, 80, 5, 2, { fill: shades.high, opacity: 0.6 }),
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
  return line([from, foot, add(foot, [-34, 0])], { stroke: rubber.high, width: 16 })
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
