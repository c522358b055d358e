/** Frames and forks, in millimetres, y upward. */
import { metal, rubber, type Shades } from './colour.ts'
import { onHeadTube, onSeatTube, type Skeleton } from './bicycle-geometry.ts'
import { bentTube, rod, tubes, type Tube } from './bicycle-tube.ts'
import { add, between, curve, direction, line, num, path, polyline, type Point } from './svg.ts'

export interface FrameLook {
  shades: Shades
  accent: Shades
  /** 1 for steel-like tubes, more for aluminium and carbon. */
  girth: number
  stepThrough: boolean
  battery: boolean
  /** Share of the seat tube where the top tube and the seat stays meet it. */
  topTubeAt: number
  stayAt: number
}

/** The rear triangle, which the main frame covers in part. */
export function rearTriangle(skeleton: Skeleton, { shades, girth, stayAt }: FrameLook): string {
  const { rearAxle, bottomBracket } = skeleton
  const stays = tubes(
    [
      [onSeatTube(skeleton, stayAt), rearAxle, 16],
      [bottomBracket, rearAxle, Math.round(21 * girth)],
    ],
    shades,
  )
  return stays + path(dropout(rearAxle), { fill: shades.low })
}

function dropout([x, y]: Point): string {
  return `M${num(x - 20)} ${num(y + 10)}L${num(x + 4)} ${num(y + 26)}L${num(x + 34)} ${num(y + 4)}L${num(x + 10)} ${num(y - 20)}z`
}

/** The main triangle: seat tube, top tube, down tube, head tube; or a low step. */
export function mainFrame(skeleton: Skeleton, look: FrameLook): string {
  const { bottomBracket: bb, seatTop, headTop, headBottom } = skeleton
  const { shades, girth } = look
  const down = onHeadTube(skeleton, look.stepThrough ? 0.16 : 0.2)
  const downWidth = look.battery ? 74 : Math.round(45 * girth)
  const seatTube: Tube = [bb, seatTop, Math.round(35 * girth)]
  const main: Tube[] = [[bb, down, downWidth], seatTube, [headBottom, headTop, Math.round(48 * girth)]]
  const top: Tube = [onSeatTube(skeleton, look.topTubeAt), onHeadTube(skeleton, 0.78), Math.round(31 * girth)]
  return [
    look.stepThrough ? lowStep(skeleton, look) : '',
    tubes(look.stepThrough ? main : [top, ...main], shades),
    mark(bb, down, downWidth, look),
    look.battery ? batterySeam(bb, down, downWidth, shades) : '',
    collar(skeleton, shades),
    headParts(skeleton),
  ].join('')
}

function lowStep(skeleton: Skeleton, { shades, girth }: FrameLook): string {
  const high = onHeadTube(skeleton, 0.62)
  const low = onSeatTube(skeleton, 0.42)
  const dip: Point = [between(low, high, 0.3)[0], low[1] + 6]
  const sweep = (lift: number) =>
    `M${num(low[0])} ${num(low[1] + lift)}Q${num(dip[0])} ${num(dip[1] + lift)} ${num(high[0])} ${num(high[1] + lift)}`
  return bentTube(sweep(0), 32 * girth, shades, sweep(9 * girth))
}

function headParts({ headTop, steerDown }: Skeleton): string {
  return [rod(add(headTop, steerDown, 2), add(headTop, steerDown, -12), 50, 44, rubber.base)].join('')
}

function collar({ seatTop, seatUp }: Skeleton, shades: Shades): string {
  return rod(add(seatTop, seatUp, -12), add(seatTop, seatUp, 14), 44, 44, shades.deep)
}

/** Alizé's mark on the down tube: three breaths of wind. */
function mark(from: Point, to: Point, width: number, { accent }: FrameLook): string {
  const along = direction(from, to)
  const across: Point = [-along[1], along[0]]
  const start = between(from, to, 0.52)
  const breaths = [0.16, 0, -0.16].map((offset, i) => {
    const begin = add(add(start, across, width * offset), along, i * 16)
    return polyline([begin, add(begin, along, 92 - i * 16)])
  })
  return curve(breaths.join(''), { stroke: accent.high, width: width * 0.085 })
}

function batterySeam(from: Point, to: Point, width: number, shades: Shades): string {
  const along = direction(from, to)
  const across: Point = [-along[1], along[0]]
  const [a, b] = [between(from, to, 0.2), between(from, to, 0.93)]
  const edge = (p: Point) => add(p, across, width * 0.16)
  return [
    line([add(a, across, width * 0.44), edge(a), edge(b), add(b, across, width * 0.42)], {
      stroke: shades.deep,
      width: 4,
    }),
    line([add(between(from, to, 0.84), across, width * 0.3), add(between(from, to, 0.88), across, width * 0.3)], {
      stroke: '#8fe3c0',
      width: 7,
    }),
  ].join('')
}

/** A straight or gently raked fork, without suspension. */
export function rigidFork(skeleton: Skeleton, shades: Shades): string {
  const { crown, frontAxle, steerDown } = skeleton
  const bend = add(crown, steerDown, Math.hypot(frontAxle[0] - crown[0], frontAxle[1] - crown[1]) * 0.7)
  const [dx, dy] = direction(crown, frontAxle)
  const across: Point = [-dy, dx]
  const side = (sign: number) => [
    add(crown, across, 20 * sign),
    add(bend, across, 15 * sign),
    add(frontAxle, across, 9 * sign),
  ]
  const [front, back] = [side(1), side(-1)] as [Point[], Point[]]
  const p = (point: Point) => `${num(point[0])} ${num(point[1])}`
  const d = `M${p(front[0]!)}Q${p(front[1]!)} ${p(front[2]!)}L${p(back[2]!)}Q${p(back[1]!)} ${p(back[0]!)}z`
  const middle = between(between(crown, frontAxle, 0.5), bend, 0.5)
  return [
    path(d, { fill: shades.base }),
    line([add(crown, across, -12), add(middle, across, -9)], { stroke: shades.low, width: 9 }),
    line([add(crown, across, 9), add(middle, across, 7)], { stroke: shades.high, width: 4 }),
    path(dropout(add(frontAxle, [-6, 0])), { fill: shades.low }),
  ].join('')
}

/** A telescopic fork: bright stanchions, dark lowers with an arch over the tyre. */
export function suspensionFork(skeleton: Skeleton, shades: Shades): string {
  const { crown, frontAxle, steerDown, steerForward } = skeleton
  const legTop = add(crown, steerForward, 4)
  const legBottom = add(frontAxle, steerForward, -12)
  const length = Math.hypot(legBottom[0] - legTop[0], legBottom[1] - legTop[1])
  const lowersTop = add(legTop, direction(legTop, legBottom), length * 0.36)
  return [
    tubes([[legTop, lowersTop, 33]], metal),
    tubes([[lowersTop, legBottom, 44]], rubber),
    rod(add(lowersTop, steerDown, -6), add(lowersTop, steerDown, 10), 54, 54, rubber.low),
    path(archAt(lowersTop, skeleton), { fill: rubber.base }),
    rod(add(crown, steerDown, -8), add(crown, steerDown, 30), 66, 58, shades.base),
    path(dropout(add(frontAxle, [-6, 0])), { fill: rubber.low }),
  ].join('')
}

function archAt(at: Point, { steerDown, steerForward }: Skeleton): string {
  const p = (down: number, forward: number) => {
    const point = add(add(at, steerDown, down), steerForward, forward)
    return `${num(point[0])} ${num(point[1])}`
  }
  return `M${p(60, 18)}C${p(10, 40)} ${p(-14, 30)} ${p(-6, 6)}L${p(20, 14)}C${p(20, 24)} ${p(40, 28)} ${p(76, 18)}z`
}
