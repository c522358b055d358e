/** Parts, tools and small things of a bicycle. Canvas units, y downward. */
import { metal, rubber, signal, steel, type Shades } from './colour.ts'
import { arc, circle, curve, line, num, path, rect, shadow, type Point } from './svg.ts'

export const partKinds = [
  'lock',
  'pump',
  'light',
  'bottle',
  'saddle',
  'tyre',
  'tube',
  'chain',
  'pedals',
  'toolkit',
] as const
export type PartKind = (typeof partKinds)[number]

type Draw = (main: Shades, accent: Shades) => string

export const drawPart: Record<PartKind, Draw> = {
  lock,
  pump,
  light,
  bottle,
  saddle,
  tyre,
  tube: innerTube,
  chain,
  pedals,
  toolkit: toolKit,
}

function lock(main: Shades, accent: Shades): string {
  const shackle = 'M440 580L440 330C440 120 760 120 760 330L760 580'
  return [
    shadow(360, 850, 772),
    curve(shackle, { stroke: rubber.base, width: 64 }),
    curve('M428 560L428 330C428 120 700 90 756 260', { stroke: rubber.high, width: 8, opacity: 0.7 }),
    rect(354, 560, 492, 208, 60, { fill: main.base }),
    path('M354 664L846 664L846 708C846 742 820 768 786 768L414 768C380 768 354 742 354 708Z', { fill: main.low }),
    rect(392, 580, 416, 10, 5, { fill: main.high }),
    rect(354, 560, 92, 208, 46, { fill: accent.base }),
    rect(754, 560, 92, 208, 46, { fill: accent.base }),
    circle([600, 664], 44, { fill: metal.base }),
    circle([600, 664], 34, { fill: steel.low }),
    rect(593, 642, 14, 44, 6, { fill: rubber.low }),
  ].join('')
}

function pump(main: Shades, accent: Shades): string {
  return [
    shadow(330, 880, 776),
    curve('M660 690C860 700 900 620 880 470C870 380 820 370 800 430C790 480 810 530 800 560', {
      stroke: rubber.base,
      width: 16,
    }),
    rect(784, 548, 34, 70, 8, { fill: accent.base }),
    rect(584, 190, 32, 200, 6, { fill: metal.base }),
    rect(552, 340, 96, 400, 22, { fill: main.base }),
    rect(614, 340, 34, 400, 16, { fill: main.low }),
    rect(564, 360, 9, 350, 4, { fill: main.high }),
    rect(544, 326, 112, 44, 14, { fill: rubber.base }),
    rect(420, 136, 360, 64, 32, { fill: accent.base }),
    rect(446, 148, 300, 9, 4, { fill: accent.high }),
    rect(566, 132, 68, 72, 14, { fill: rubber.base }),
    path('M400 776C400 750 420 736 452 732L560 716L640 716L748 732C780 736 800 750 800 776Z', { fill: rubber.base }),
    circle([600, 640], 64, { fill: rubber.base }),
    circle([600, 640], 52, { fill: '#f7f5ef' }),
    curve(arc([600, 640], 38, 150, 320), { stroke: steel.high, width: 6 }),
    curve(arc([600, 640], 38, 320, 390), { stroke: signal.base, width: 6 }),
    line(
      [
        [600, 640],
        [624, 612],
      ],
      { stroke: signal.base, width: 6 },
    ),
  ].join('')
}

function light(main: Shades, accent: Shades): string {
  return [
    shadow(250, 960, 766),
    path('M660 420L1010 330L1010 690L660 610Z', { fill: '#ffe9a8', opacity: 0.55 }),
    path('M420 610L470 610L494 730C496 750 484 760 466 760L410 760C392 760 380 750 382 730Z', { fill: rubber.base }),
    rect(340, 716, 210, 46, 22, { fill: rubber.high }),
    path(
      'M276 470C276 436 296 420 328 420L640 396C668 394 686 412 686 440L686 590C686 618 668 636 640 634L328 610C296 610 276 594 276 560Z',
      {
        fill: main.base,
      },
    ),
    path('M276 540L686 540L686 590C686 618 668 636 640 634L328 610C296 610 276 594 276 560Z', { fill: main.low }),
    path('M640 396C668 394 686 412 686 440L686 590C686 618 668 636 640 634Z', { fill: '#fff7dd' }),
    rect(636, 400, 16, 232, 4, { fill: rubber.base }),
    curve('M316 440L620 418', { stroke: main.high, width: 9 }),
    rect(390, 400, 110, 26, 12, { fill: accent.base }),
    ...[0, 1, 2].map((i) => rect(330 + i * 34, 500, 20, 12, 6, { fill: i < 2 ? '#8fe3c0' : main.deep })),
  ].join('')
}

function bottle(main: Shades, accent: Shades): string {
  return [
    shadow(450, 760, 780),
    path(
      'M480 330C480 296 500 282 530 278L670 278C700 282 720 296 720 330L720 470C720 500 700 510 700 536C700 560 720 570 720 600L720 736C720 766 702 778 674 778L526 778C498 778 480 766 480 736L480 600C480 570 500 560 500 536C500 510 480 500 480 470Z',
      {
        fill: main.base,
      },
    ),
    path(
      'M660 278L670 278C700 282 720 296 720 330L720 470C720 500 700 510 700 536C700 560 720 570 720 600L720 736C720 766 702 778 674 778L630 778C664 640 668 420 660 278Z',
      {
        fill: main.low,
      },
    ),
    rect(492, 206, 216, 84, 22, { fill: accent.base }),
    curve('M520 212L520 284M560 212L560 284M600 212L600 284M640 212L640 284M680 212L680 284', {
      stroke: accent.low,
      width: 8,
    }),
    path('M556 206L564 160C566 146 576 140 588 140L612 140C624 140 634 146 636 160L644 206Z', { fill: rubber.high }),
    curve('M508 330L508 450M508 610L508 720', { stroke: main.high, width: 12 }),
    curve('M560 640L650 640M574 662L650 662M590 684L650 684', { stroke: accent.base, width: 10 }),
  ].join('')
}

function saddle(main: Shades, accent: Shades): string {
  return [
    shadow(300, 900, 766),
    curve('M390 560C480 640 680 650 830 500', { stroke: steel.base, width: 18 }),
    rect(540, 600, 130, 50, 18, { fill: rubber.base }),
    rect(572, 640, 64, 126, 6, { fill: metal.base }),
    rect(616, 640, 20, 126, 6, { fill: metal.low }),
    path(
      'M250 420C226 350 300 330 390 356C560 400 780 388 940 392C1000 396 1006 446 956 460C820 480 720 500 620 556C520 606 360 604 290 548C256 520 258 470 250 420Z',
      {
        fill: main.base,
      },
    ),
    path(
      'M256 470C360 560 520 560 640 500C740 450 860 440 984 432C980 446 970 456 956 460C820 480 720 500 620 556C520 606 360 604 290 548C264 526 260 500 256 470Z',
      {
        fill: main.low,
      },
    ),
    curve('M282 392C330 366 380 384 430 394C580 420 780 408 940 410', { stroke: main.high, width: 11 }),
    curve('M300 440C420 500 560 480 680 440', { stroke: accent.base, width: 7, dash: '14 10' }),
    circle([300, 470], 11, { fill: metal.high }),
    circle([330, 510], 11, { fill: metal.high }),
  ].join('')
}

function tyre(main: Shades, accent: Shades): string {
  const centre: Point = [600, 440]
  return [
    shadow(400, 800, 782),
    circle(centre, 300, { stroke: rubber.base, width: 76 }),
    circle(centre, 334, { stroke: rubber.low, width: 14, dash: '16 10' }),
    circle(centre, 282, { stroke: main.base, width: 38 }),
    circle(centre, 264, { stroke: rubber.low, width: 8 }),
    curve(arc(centre, 322, 190, 262), { stroke: rubber.high, width: 9 }),
    curve(arc(centre, 290, 196, 250), { stroke: main.high, width: 6 }),
    curve(arc(centre, 282, 262, 278), { stroke: accent.base, width: 26 }),
    curve(arc(centre, 282, 82, 98), { stroke: accent.base, width: 26 }),
  ].join('')
}

function innerTube(main: Shades, accent: Shades): string {
  return [
    shadow(330, 870, 772),
    rect(420, 400, 420, 370, 18, { fill: main.base }),
    rect(720, 400, 120, 370, 18, { fill: main.low }),
    rect(420, 400, 420, 84, 18, { fill: accent.base }),
    curve('M446 420L810 420', { stroke: accent.high, width: 7 }),
    circle([600, 624], 92, { stroke: main.high, width: 26 }),
    curve('M600 532L600 500', { stroke: main.high, width: 14 }),
    path(
      'M330 700C290 520 330 330 450 290C560 260 600 350 560 400L530 400C556 350 520 320 460 336C380 364 350 540 376 690Z',
      {
        fill: rubber.base,
      },
    ),
    curve('M346 600C330 460 380 330 460 310', { stroke: rubber.high, width: 8 }),
    rect(322, 690, 66, 80, 14, { fill: rubber.low }),
    rect(346, 640, 16, 60, 4, { fill: metal.high }),
  ].join('')
}

/** Links along a rounded loop: outer and inner plates in turn. */
function chain(main: Shades, accent: Shades): string {
  const [rx, ry] = [330, 190]
  const count = 44
  const at = (i: number): Point => {
    const angle = (i / count) * 2 * Math.PI
    const squash = (v: number) => Math.sign(v) * Math.abs(v) ** 0.72
    return [600 + rx * squash(Math.cos(angle)), 500 + ry * squash(Math.sin(angle))]
  }
  const links = (odd: number) =>
    Array.from({ length: count / 2 }, (_, i) => {
      const [from, to] = [at(i * 2 + odd), at(i * 2 + odd + 1)]
      return `M${num(from[0])} ${num(from[1])}L${num(to[0])} ${num(to[1])}`
    }).join('')
  const pins = Array.from({ length: count }, (_, i) => `M${num(at(i)[0])} ${num(at(i)[1])}h.1`).join('')
  return [
    shadow(270, 930, 772),
    curve(links(0), { stroke: steel.low, width: 34 }),
    curve(links(1), { stroke: main.low, width: 40 }),
    curve(links(1), { stroke: main.base, width: 28 }),
    curve(pins, { stroke: metal.high, width: 15 }),
    curve(`M${num(at(11)[0])} ${num(at(11)[1])}L${num(at(12)[0])} ${num(at(12)[1])}`, {
      stroke: accent.base,
      width: 40,
    }),
  ].join('')
}

function pedals(main: Shades, accent: Shades): string {
  const one = (transform: string) =>
    `<g transform="${transform}">${[
      rect(170, -20, 130, 40, 8, { fill: metal.base }),
      rect(196, -26, 34, 52, 4, { fill: steel.base }),
      path(
        'M-180 -120L120 -140C160 -140 180 -120 180 -90L180 90C180 120 160 140 120 140L-180 120C-206 116 -220 100 -220 70L-220 -70C-220 -100 -206 -116 -180 -120Z',
        {
          fill: main.base,
        },
      ),
      path(
        'M-150 -74L-40 -80L-40 -26L-160 -26ZM10 -82L110 -88L120 -26L10 -26ZM-160 26L-40 26L-40 80L-150 74ZM10 26L120 26L110 88L10 82Z',
        {
          fill: main.deep,
        },
      ),
      rect(-180, -18, 350, 36, 14, { fill: steel.high }),
      curve('M-178 -104L112 -122', { stroke: main.high, width: 8 }),
      ...[-180, -90, 60, 140].map((x) => circle([x, x < 0 ? -100 : -112], 8, { fill: accent.base })),
      ...[-180, -90, 60, 140].map((x) => circle([x, x < 0 ? 100 : 112], 8, { fill: accent.base })),
    ].join('')}</g>`
  return shadow(260, 940, 778) + one('translate(660 300) rotate(14)') + one('translate(520 600) rotate(-8)')
}

function toolKit(main: Shades, accent: Shades): string {
  const keys = [
    [-62, 250],
    [-34, 300],
    [-8, 330],
    [18, 300],
    [46, 250],
  ] as const
  return [
    shadow(330, 870, 776),
    ...keys.map(
      ([angle, length], i) =>
        `<g transform="translate(600 560) rotate(${angle})">${rect(-13, -length - 60, 26, length + 40, 6, { fill: i % 2 ? metal.base : steel.high })}${rect(-13, -length - 60, 9, length + 40, 4, { fill: metal.high })}${rect(-20, -length - 74, 40, 40, 8, { fill: i % 2 ? steel.base : rubber.high })}</g>`,
    ),
    rect(360, 520, 480, 250, 54, { fill: main.base }),
    path('M360 660L840 660L840 716C840 750 816 770 786 770L414 770C384 770 360 750 360 716Z', { fill: main.low }),
    rect(392, 542, 416, 10, 5, { fill: main.high }),
    circle([430, 646], 34, { fill: accent.base }),
    circle([770, 646], 34, { fill: accent.base }),
    circle([430, 646], 14, { fill: steel.low }),
    circle([770, 646], 14, { fill: steel.low }),
    curve('M540 630L670 630M556 652L670 652M574 674L670 674', { stroke: accent.base, width: 9 }),
  ].join('')
}
