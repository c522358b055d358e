/** What a bicycle carries with: racks, bags, decks and boxes. Millimetres, y upward. */
import { leather, metal, rubber, steel, wood, type Shades } from './colour.ts'
import type { Skeleton } from './bicycle-geometry.ts'
import { bentTube, rod, tubes } from './bicycle-tube.ts'
import { add, between, circle, curve, direction, line, num, path, place, rect, type Point } from './svg.ts'

/** A rack over the rear wheel; with a battery under its deck when asked. */
export function rearRack(skeleton: Skeleton, shades: Shades, battery: boolean): string {
  const { rearAxle, rearRadius } = skeleton
  const y = rearAxle[1] + rearRadius + 54
  const [left, right] = [rearAxle[0] - 235, rearAxle[0] + 165]
  const foot = add(rearAxle, [0, 18])
  return [
    line([foot, [rearAxle[0] - 130, y]], { stroke: shades.base, width: 12 }),
    line([foot, [rearAxle[0] + 70, y]], { stroke: shades.base, width: 12 }),
    battery ? rect(left + 6, y - 62, right - left - 40, 60, 16, { fill: rubber.base }) : '',
    battery ? rect(left + 24, y - 16, right - left - 90, 5, 2, { fill: rubber.high }) : '',
    line(
      [
        [left, y],
        [right, y],
        [right + 44, y + 26],
      ],
      { stroke: shades.base, width: 16 },
    ),
    line(
      [
        [left, y + 4],
        [right, y + 4],
      ],
      { stroke: shades.high, width: 4 },
    ),
  ].join('')
}

/** A bag with a rolled top, hung beside the rear wheel. */
export function pannier(skeleton: Skeleton, shades: Shades): string {
  const { rearAxle, rearRadius } = skeleton
  const top = rearAxle[1] + rearRadius + 44
  return rollBag([rearAxle[0] - 190, top], 300, 330, shades)
}

/** A bag from its upper left corner: body, rolled top, buckle and pocket. */
export function rollBag([x, y]: Point, w: number, h: number, shades: Shades): string {
  return [
    path(
      `M${num(x)} ${num(y)}L${num(x + w)} ${num(y)}L${num(x + w - 18)} ${num(y - h + 34)}Q${num(x + w - 24)} ${num(y - h)} ${num(x + w - 60)} ${num(y - h)}L${num(x + 70)} ${num(y - h)}Q${num(x + 34)} ${num(y - h)} ${num(x + 26)} ${num(y - h + 34)}z`,
      { fill: shades.base },
    ),
    rect(x + w * 0.2, y - h * 0.84, w * 0.6, h * 0.42, 16, { fill: shades.low }),
    rect(x - 8, y - 40, w + 16, 56, 26, { fill: shades.low }),
    rect(x + 6, y - 2, w - 12, 7, 3, { fill: shades.high }),
    rect(x + w / 2 - 13, y - h * 0.4, 26, h * 0.4, 4, { fill: shades.deep }),
    rect(x + w / 2 - 19, y - h * 0.42, 38, 26, 6, { fill: metal.low }),
  ].join('')
}

/** From under the saddle back, rising a little, rolled shut at its end. */
const seatBag =
  'M-30 -6L-10 -130C-20 -160 -60 -168 -96 -154L-390 -24C-424 -8 -430 30 -414 58C-402 82 -376 84 -350 74L-110 12Z'

/** Bags of those who travel light: in the frame, behind the saddle, before the bars. */
export function travelBags(
  skeleton: Skeleton,
  shades: Shades,
  corners: { seat: Point; head: Point; bb: Point },
): string {
  const centre = between(between(corners.seat, corners.head, 0.5), corners.bb, 1 / 3)
  const inward = (p: Point) => between(p, centre, 0.24)
  const [a, b, c] = [inward(corners.seat), inward(corners.head), inward(corners.bb)]
  const saddle = skeleton.saddle
  const bars = skeleton.barClamp
  return [
    path([a, b, c], { fill: shades.base, stroke: shades.base, width: 26 }),
    line([between(a, b, 0.06), between(a, b, 0.94)], { stroke: shades.high, width: 5 }),
    line([between(a, c, 0.3), between(b, c, 0.3)], { stroke: shades.deep, width: 5 }),
    path(place(seatBag, saddle, 1, 10), { fill: shades.base }),
    curve(place('M-120 0L-372 64', saddle, 1, 10), { stroke: shades.high, width: 7 }),
    curve(place('M-226 28L-212 -74', saddle, 1, 10), { stroke: shades.deep, width: 14 }),
    circle(add(bars, [78, -66]), 82, { fill: shades.base }),
    circle(add(bars, [78, -66]), 56, { stroke: shades.low, width: 14 }),
    circle(add(bars, [78, -66]), 18, { fill: shades.deep }),
  ].join('')
}

/** The long deck behind the rider, with a rail, foot boards and two bags. */
export function longDeck(skeleton: Skeleton, shades: Shades, accent: Shades, loaded: boolean): string {
  const { rearAxle, rearRadius } = skeleton
  const y = rearAxle[1] + rearRadius + 66
  const [left, right] = [rearAxle[0] - 265, rearAxle[0] + 470]
  const rail = `M${num(left + 8)} ${num(y + 8)}L${num(left + 40)} ${num(y + 190)}Q${num(left + 48)} ${num(y + 214)} ${num(left + 74)} ${num(y + 214)}L${num(left + 360)} ${num(y + 214)}Q${num(left + 386)} ${num(y + 214)} ${num(left + 392)} ${num(y + 190)}L${num(left + 420)} ${num(y + 8)}`
  return [
    loaded ? curve(rail, { stroke: shades.low, width: 20 }) : '',
    rollBag([left + 190, y - 12], 420, 330, accent),
    tubes(
      [
        [[left, y], [right, y], 30],
        [[rearAxle[0] - 20, rearAxle[1] + 10], [left + 110, y - 10], 20],
        [[left + 150, rearAxle[1] - 84], [right + 20, rearAxle[1] - 84], 26],
      ],
      shades,
    ),
    loaded
      ? rect(left + 34, y + 16, 330, 46, 20, { fill: leather.base })
      : rect(left - 6, y + 14, 640, 26, 10, { fill: wood.base }),
    loaded
      ? rect(left + 46, y + 48, 300, 8, 4, { fill: leather.high })
      : rect(left, y + 32, 620, 6, 3, { fill: wood.high }),
  ].join('')
}

/** The low beam and the box between rider and front wheel; `loaded` shows what one carries in it. */
export function frontBox(skeleton: Skeleton, stretch: number, shades: Shades, box: Shades, loaded: boolean): string {
  const { bottomBracket: bb, frontAxle, frontRadius, headBottom } = skeleton
  const pivot: Point = [frontAxle[0] - 40, frontRadius * 2 + 70]
  const floorY = 300
  const back = headBottom[0] + 62
  const front = pivot[0] - 34
  const top = floorY + 430
  const beam = `M${num(bb[0])} ${num(bb[1] - 6)}C${num(bb[0] + 130)} ${num(bb[1] - 70)} ${num(bb[0] + 240)} ${num(floorY - 50)} ${num(bb[0] + 380)} ${num(floorY - 52)}L${num(pivot[0] - 190)} ${num(floorY - 52)}C${num(pivot[0] - 90)} ${num(floorY - 50)} ${num(pivot[0] - 60)} ${num(pivot[1] - 160)} ${num(pivot[0])} ${num(pivot[1])}`
  const outline = `M${num(back - 40)} ${num(top + 20)}L${num(front + 66)} ${num(top - 40)}Q${num(front + 92)} ${num(top - 44)} ${num(front + 84)} ${num(top - 76)}L${num(front - 40)} ${num(floorY + 20)}Q${num(front - 50)} ${num(floorY - 16)} ${num(front - 90)} ${num(floorY - 16)}L${num(back + 60)} ${num(floorY - 16)}Q${num(back + 26)} ${num(floorY - 16)} ${num(back + 20)} ${num(floorY + 16)}z`
  return [
    loaded ? parcels([back + 30, top - 30]) : '',
    path(outline, { fill: box.base }),
    ...[0.3, 0.62].map((share) =>
      line(
        [
          [back + 10 - 30 * share, floorY + 420 * share],
          [front - 30 + 100 * share, floorY + 380 * share],
        ],
        { stroke: box.low, width: 7 },
      ),
    ),
    line(
      [
        [back - 34, top + 14],
        [front + 66, top - 46],
      ],
      { stroke: box.high, width: 16 },
    ),
    bentTube(
      beam,
      54,
      shades,
      beam.replaceAll(/ (-?\d+(?:\.\d+)?)(?=[CL ]|$)/g, (_, v: string) => ` ${num(Number(v) + 12)}`),
    ),
    line(
      [
        [headBottom[0] + 20, floorY - 90],
        [frontAxle[0] - 60, frontRadius + 26],
      ],
      { stroke: steel.base, width: 13 },
    ),
    tubes(
      [
        [add(pivot, [12, -36]), frontAxle, 30],
        [add(pivot, [14, -40]), add(pivot, [-22, 60]), 52],
      ],
      shades,
    ),
    path(markOn([back + 120, floorY + 200]), { stroke: shades.high, width: 14 }),
    stretch > 0 ? '' : '',
  ].join('')
}

function markOn([x, y]: Point): string {
  return `M${num(x)} ${num(y)}l130 -8M${num(x + 26)} ${num(y - 40)}l110 -6M${num(x + 52)} ${num(y - 80)}l84 -5`
}

function parcels([x, y]: Point): string {
  return [
    rect(x + 10, y - 30, 190, 190, 8, { fill: wood.base }),
    rect(x + 92, y - 30, 26, 190, 0, { fill: wood.high }),
    rect(x + 220, y - 60, 230, 150, 8, { fill: wood.low }),
    rect(x + 322, y - 60, 26, 150, 0, { fill: wood.base }),
    circle([x + 500, y + 40], 64, { fill: '#7fae6b' }),
    circle([x + 560, y + 20], 52, { fill: '#6b9c5c' }),
  ].join('')
}

/** A carrier before the head tube, fixed to the frame. */
export function frontCarrier(skeleton: Skeleton, shades: Shades): string {
  const { frontAxle, frontRadius, headBottom } = skeleton
  const y = frontAxle[1] + frontRadius + 56
  const along = direction(headBottom, frontAxle)
  return [
    line([add(frontAxle, [0, 20]), [frontAxle[0] + 60, y]], { stroke: shades.base, width: 11 }),
    line([add(headBottom, along, 20), [frontAxle[0] - 60, y]], { stroke: shades.base, width: 11 }),
    rod([headBottom[0] + 30, y], [frontAxle[0] + 150, y], 16, 16, shades.base),
  ].join('')
}
