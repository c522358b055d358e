/** What one sleeps, cooks and carries with. Canvas units, y downward. */
import { amber, metal, rubber, steel, type Shades } from './colour.ts'
import { circle, curve, ellipse, line, path, rect, shadow } from './svg.ts'

export const outdoorKinds = ['tent', 'sleepingbag', 'mat', 'backpack', 'pannier', 'stove', 'lantern'] as const
export type OutdoorKind = (typeof outdoorKinds)[number]

type Draw = (main: Shades, accent: Shades) => string

export const drawOutdoorGood: Record<OutdoorKind, Draw> = {
  tent,
  sleepingbag: sleepingBag,
  mat,
  backpack,
  pannier,
  stove,
  lantern,
}

function tent(main: Shades, accent: Shades): string {
  return [
    shadow(150, 1060, 762),
    line(
      [
        [430, 330],
        [120, 756],
      ],
      { stroke: steel.high, width: 5 },
    ),
    line(
      [
        [780, 330],
        [1092, 756],
      ],
      { stroke: steel.high, width: 5 },
    ),
    path('M190 754C280 470 420 290 600 270C790 290 930 470 1020 754Z', { fill: main.base }),
    path('M600 270C790 290 930 470 1020 754L860 754C830 540 740 370 600 270Z', { fill: main.low }),
    path('M600 270C480 400 420 560 410 754L760 754C750 560 710 400 600 270Z', { fill: accent.base }),
    path('M600 300C530 420 492 570 486 754L690 754C684 580 660 430 600 300Z', { fill: rubber.low }),
    path('M600 300C530 420 492 570 486 754L560 754C560 600 572 430 600 300Z', { fill: accent.low }),
    path('M690 754C684 580 660 430 600 300C690 420 742 560 752 754Z', { fill: accent.high }),
    curve('M190 754C280 470 420 290 600 270C790 290 930 470 1020 754', { stroke: main.high, width: 8 }),
    curve('M300 754C350 560 440 400 560 300', { stroke: main.high, width: 5, opacity: 0.6 }),
    path('M516 286C540 262 660 262 690 290C660 310 550 310 516 286Z', { fill: main.deep }),
    circle([120, 754], 9, { fill: metal.low }),
    circle([1092, 754], 9, { fill: metal.low }),
  ].join('')
}

function sleepingBag(main: Shades, accent: Shades): string {
  const outline =
    'M150 560C150 470 230 420 330 424C560 430 760 470 960 510C1040 526 1076 566 1076 620C1076 680 1030 720 950 728C740 750 540 764 330 764C220 762 150 690 150 560Z'
  const quilts = [430, 540, 650, 760, 860, 950]
  return [
    shadow(200, 1060, 768),
    path(outline, { fill: main.base }),
    path(
      'M150 580C160 690 220 762 330 764C540 764 740 750 950 728C1030 720 1076 680 1076 630C900 690 560 700 330 680C240 670 180 640 150 580Z',
      {
        fill: main.low,
      },
    ),
    curve(
      quilts
        .map((x) => `M${x} ${430 + (x - 430) * 0.16}C${x - 26} 540 ${x - 26} 650 ${x} ${760 - (x - 430) * 0.05}`)
        .join(''),
      {
        stroke: main.deep,
        width: 5,
        opacity: 0.55,
      },
    ),
    path('M150 560C150 470 230 420 330 424C392 426 420 470 420 540C420 620 380 676 310 676C210 672 150 640 150 560Z', {
      fill: accent.base,
    }),
    path('M206 556C208 500 260 470 318 474C360 478 378 510 376 552C372 604 344 632 300 630C244 626 204 604 206 556Z', {
      fill: accent.deep,
    }),
    curve('M420 600C560 640 800 640 1010 606', { stroke: metal.high, width: 6, dash: '8 6' }),
    curve('M380 436C560 446 760 482 940 520', { stroke: main.high, width: 9, opacity: 0.8 }),
  ].join('')
}

function mat(main: Shades, accent: Shades): string {
  const rings = [150, 118, 86, 54, 22]
  return [
    shadow(210, 1000, 764),
    path('M340 458L930 458C1000 458 1040 520 1040 610C1040 700 1000 760 930 760L340 760Z', { fill: main.base }),
    path('M340 670L1030 670C1018 726 984 760 930 760L340 760Z', { fill: main.low }),
    curve('M380 482L930 482', { stroke: main.high, width: 10 }),
    circle([340, 609], 151, { fill: main.deep }),
    ...rings.map((r, i) => circle([340, 609], r - 6, { stroke: i % 2 ? main.low : main.high, width: 12 })),
    rect(540, 452, 56, 314, 8, { fill: accent.base }),
    rect(800, 452, 56, 314, 8, { fill: accent.base }),
    rect(532, 560, 72, 50, 10, { fill: metal.base }),
    rect(792, 560, 72, 50, 10, { fill: metal.base }),
  ].join('')
}

function backpack(main: Shades, accent: Shades): string {
  return [
    shadow(390, 830, 788),
    curve('M540 150C540 104 660 104 660 150', { stroke: accent.deep, width: 20 }),
    path(
      'M370 420C340 430 326 470 326 540L326 690C326 720 346 736 376 732L400 420ZM830 420C860 430 874 470 874 540L874 690C874 720 854 736 824 732L800 420Z',
      {
        fill: main.low,
      },
    ),
    path(
      'M384 300C384 190 470 134 600 134C730 134 816 190 816 300L832 720C834 764 808 786 768 786L432 786C392 786 366 764 368 720Z',
      {
        fill: main.base,
      },
    ),
    path('M380 330C384 196 470 134 600 134C730 134 816 196 820 330C800 372 400 372 380 330Z', { fill: main.low }),
    path(
      'M436 520C436 492 452 478 480 478L720 478C748 478 764 492 764 520L772 700C772 728 758 742 730 742L470 742C442 742 428 728 428 700Z',
      {
        fill: accent.base,
      },
    ),
    curve('M440 548L760 548', { stroke: accent.deep, width: 7 }),
    rect(732, 540, 16, 52, 6, { fill: metal.base }),
    rect(478, 300, 34, 170, 8, { fill: accent.low }),
    rect(688, 300, 34, 170, 8, { fill: accent.low }),
    rect(470, 394, 50, 38, 8, { fill: metal.low }),
    rect(680, 394, 50, 38, 8, { fill: metal.low }),
    curve('M412 290C424 214 500 168 590 162', { stroke: main.high, width: 10 }),
    curve('M560 620L640 620M572 640L640 640M586 660L640 660', { stroke: accent.high, width: 8 }),
  ].join('')
}

function pannier(main: Shades, accent: Shades): string {
  return [
    shadow(360, 860, 772),
    path('M356 300L844 300L812 716C808 752 786 770 750 770L450 770C414 770 392 752 388 716Z', { fill: main.base }),
    path('M700 300L844 300L812 716C808 752 786 770 750 770L660 770Z', { fill: main.low, opacity: 0.6 }),
    rect(330, 196, 540, 96, 46, { fill: main.low }),
    curve('M364 222L836 222', { stroke: main.high, width: 10 }),
    rect(344, 280, 512, 26, 10, { fill: accent.deep }),
    rect(572, 210, 56, 320, 8, { fill: accent.base }),
    rect(560, 470, 80, 54, 12, { fill: rubber.base }),
    path('M436 560L764 560L750 700C748 718 738 726 722 726L478 726C462 726 452 718 450 700Z', { fill: main.low }),
    rect(470, 640, 260, 20, 8, { fill: metal.high }),
    curve('M380 330L412 700', { stroke: main.high, width: 9, opacity: 0.7 }),
    curve('M546 596L654 596M562 614L654 614', { stroke: accent.base, width: 7 }),
  ].join('')
}

function stove(main: Shades, accent: Shades): string {
  return [
    shadow(380, 840, 772),
    path(
      'M430 560C430 530 450 520 480 520L720 520C750 520 770 530 770 560L776 720C776 756 750 770 714 770L486 770C450 770 424 756 424 720Z',
      {
        fill: main.base,
      },
    ),
    path('M428 620L772 620L774 690L426 690Z', { fill: accent.base }),
    path('M700 520L720 520C750 520 770 530 770 560L776 720C776 756 750 770 714 770L670 770C704 700 716 610 700 520Z', {
      fill: main.low,
      opacity: 0.6,
    }),
    rect(540, 470, 120, 56, 10, { fill: steel.high }),
    rect(576, 400, 48, 76, 6, { fill: metal.base }),
    rect(640, 486, 116, 14, 7, { fill: metal.low }),
    circle([760, 493], 18, { fill: accent.base }),
    path('M500 398L700 398L676 420L524 420Z', { fill: steel.base }),
    curve('M500 404L440 356M700 404L760 356M600 398L600 356', { stroke: steel.low, width: 14 }),
    path('M420 150L780 150L768 330C766 344 756 350 742 350L458 350C444 350 434 344 432 330Z', { fill: metal.base }),
    path('M690 150L780 150L768 330C766 344 756 350 742 350L650 350Z', { fill: metal.low, opacity: 0.6 }),
    rect(404, 134, 392, 26, 12, { fill: metal.high }),
    curve('M786 190L890 214', { stroke: rubber.base, width: 22 }),
    path(
      'M540 396C528 376 548 366 552 350C564 366 572 380 560 396ZM592 396C578 372 600 360 602 342C618 360 626 380 612 396ZM644 396C634 378 650 366 652 352C664 366 670 384 660 396Z',
      {
        fill: '#4d9fd0',
      },
    ),
    curve('M452 560L450 730', { stroke: main.high, width: 9 }),
  ].join('')
}

function lantern(main: Shades, accent: Shades): string {
  return [
    shadow(430, 770, 774),
    curve('M470 330C440 120 760 120 730 330', { stroke: steel.base, width: 12 }),
    path('M470 320C470 276 520 254 600 254C680 254 730 276 730 320L738 360L462 360Z', { fill: main.base }),
    path('M474 360L726 360C744 430 744 560 726 626L474 626C456 560 456 430 474 360Z', { fill: amber.high }),
    ellipse([600, 494], 74, 112, { fill: '#fff9e6' }),
    curve('M500 362C488 430 488 556 500 624M700 362C712 430 712 556 700 624M600 362L600 624', {
      stroke: steel.base,
      width: 8,
    }),
    path(
      'M452 620L748 620C762 650 770 700 770 740C770 764 758 774 736 774L464 774C442 774 430 764 430 740C430 700 438 650 452 620Z',
      {
        fill: main.base,
      },
    ),
    path('M690 620L748 620C762 650 770 700 770 740C770 764 758 774 736 774L660 774C690 730 698 670 690 620Z', {
      fill: main.low,
    }),
    circle([600, 700], 32, { fill: accent.base }),
    circle([600, 700], 14, { fill: accent.high }),
    curve('M480 650L464 738', { stroke: main.high, width: 9 }),
    curve('M500 300C520 280 560 272 600 272', { stroke: main.high, width: 8 }),
  ].join('')
}
