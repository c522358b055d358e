/** A small shop at the corner of a street. Canvas units, y downward. */
import { bicycleAt } from './bicycle.ts'
import { amber, groundFor, rubber, shadesOf, wood, type GoodsColour } from './colour.ts'
import { circle, curve, line, path, picture, rect, type PictureOptions } from './svg.ts'

export interface ShopFront {
  colour: GoodsColour
  /** The bicycle that stands before the door, and every other stripe of the awning. */
  accent?: GoodsColour
}

/** A shop front with its awning, two windows and a bicycle before it. */
export function drawShopFront({ colour, accent = 'cream' }: ShopFront, options: PictureOptions = {}): string {
  const main = shadesOf(colour)
  const second = shadesOf(accent)
  const stripes = Array.from({ length: 10 }, (_, i) => {
    const x = 150 + i * 90
    const d = `M${x} 300L${x + 90} 300L${x + 90} 376A45 40 0 0 1 ${x} 376Z`
    return path(d, { fill: i % 2 ? second.base : main.base })
  })
  return picture(
    [
      rect(150, 60, 900, 700, 6, { fill: '#e3d9c8' }),
      rect(150, 60, 900, 26, 6, { fill: '#cdbfa8' }),
      ...[230, 530, 830].map((x) => upperWindow(x)),
      rect(150, 250, 900, 510, 0, { fill: main.base }),
      rect(150, 640, 900, 120, 0, { fill: main.low }),
      shopWindow(190, 380),
      shopWindow(690, 320),
      door(588, main.deep),
      rect(150, 244, 900, 62, 4, { fill: main.deep }),
      curve('M540 266L640 266C660 266 660 288 644 288M556 282L620 282', { stroke: second.high, width: 8 }),
      path('M150 306L1050 306L1050 340L150 340Z', { fill: main.low }),
      ...stripes,
      rect(120, 752, 960, 14, 3, { fill: '#b9ad99' }),
      plant(1010, main.deep),
      plant(180, main.deep),
      bicycleAt({ type: 'city', sizeCm: 52, colour: accent === 'cream' ? 'coral' : accent }, [776, 792], 0.215),
    ].join(''),
    groundFor(colour),
    options,
  )
}

function upperWindow(x: number): string {
  return [
    rect(x, 110, 140, 104, 4, { fill: '#f7f4ed' }),
    rect(x + 10, 120, 56, 84, 2, { fill: '#a9c4c8' }),
    rect(x + 74, 120, 56, 84, 2, { fill: '#a9c4c8' }),
    line(
      [
        [x - 8, 218],
        [x + 148, 218],
      ],
      { stroke: '#cdbfa8', width: 10 },
    ),
  ].join('')
}

function shopWindow(x: number, width: number): string {
  return [
    rect(x, 330, width, 290, 4, { fill: '#f4efe4' }),
    rect(x + 12, 342, width - 24, 266, 2, { fill: '#cfe0df' }),
    path(`M${x + 12} 560L${x + width * 0.4} 342L${x + width * 0.62} 342L${x + 12} 608Z`, {
      fill: '#ffffff',
      opacity: 0.28,
    }),
    rect(x + 12, 572, width - 24, 36, 0, { fill: wood.low }),
    ...[0.24, 0.52, 0.8].map((share) => circle([x + width * share, 422], 13, { fill: amber.high })),
    ...[0.24, 0.52, 0.8].map((share) =>
      line(
        [
          [x + width * share, 376],
          [x + width * share, 412],
        ],
        { stroke: rubber.high, width: 3 },
      ),
    ),
  ].join('')
}

function door(x: number, colour: string): string {
  return [
    rect(x - 4, 330, 92, 430, 3, { fill: '#f4efe4' }),
    rect(x + 6, 340, 72, 420, 2, { fill: colour }),
    rect(x + 16, 352, 52, 240, 2, { fill: '#cfe0df' }),
    rect(x + 60, 610, 8, 44, 4, { fill: amber.base }),
  ].join('')
}

function plant(x: number, pot: string): string {
  return [
    path(`M${x - 34} 700L${x + 34} 700L${x + 26} 764L${x - 26} 764Z`, { fill: pot }),
    circle([x, 660], 46, { fill: '#5f9a63' }),
    circle([x - 26, 640], 30, { fill: '#72ad72' }),
    circle([x + 24, 632], 28, { fill: '#4f8757' }),
  ].join('')
}
