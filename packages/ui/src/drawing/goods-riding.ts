/** What a rider wears. Canvas units, y downward. */
import { metal, rubber, type Shades } from './colour.ts'
import { circle, curve, ellipse, path, rect, shadow } from './svg.ts'

export const ridingKinds = ['helmet', 'jacket', 'gloves', 'trousers', 'shoes'] as const
export type RidingKind = (typeof ridingKinds)[number]

type Draw = (main: Shades, accent: Shades) => string

export const drawRidingGood: Record<RidingKind, Draw> = { helmet, jacket, gloves, trousers, shoes }

function helmet(main: Shades, accent: Shades): string {
  const shell =
    'M262 600C250 372 430 232 640 236C840 240 962 372 968 556C970 588 944 600 912 594C840 580 770 590 700 612C580 650 430 668 320 662C282 658 264 640 262 600Z'
  const vents = [
    'M404 508C420 414 480 346 560 314C592 302 604 322 584 346C540 398 504 456 488 514C474 548 400 544 404 508Z',
    'M556 486C580 400 640 336 716 308C746 300 758 318 738 342C696 388 662 440 642 498C626 526 550 520 556 486Z',
    'M712 478C736 412 778 366 828 342C856 334 868 352 852 374C824 406 802 444 788 486C772 512 706 506 712 478Z',
  ]
  return [
    shadow(330, 930, 772),
    curve('M392 640C430 700 500 740 566 764M566 764C620 700 660 650 690 606M566 764L560 772', {
      stroke: accent.low,
      width: 16,
    }),
    rect(536, 742, 62, 34, 10, { fill: rubber.base }),
    path('M300 610C420 640 640 620 760 570L900 560C880 610 720 640 640 664C520 700 380 700 320 668Z', {
      fill: rubber.low,
    }),
    path(shell, { fill: main.base }),
    path(
      'M262 600C264 640 282 658 320 662C430 668 580 650 700 612C770 590 840 580 912 594C944 600 970 588 968 556C900 530 780 540 690 566C560 606 420 624 264 572Z',
      {
        fill: main.low,
      },
    ),
    ...vents.map((d) => path(d, { fill: main.deep })),
    ...vents.map((d) => path(d, { fill: rubber.low, opacity: 0.45 })),
    curve('M330 420C400 316 520 262 640 262', { stroke: main.high, width: 12 }),
    path('M968 556C1000 566 1030 584 1048 606C1052 618 1040 624 1026 620C990 606 950 598 912 594Z', {
      fill: accent.base,
    }),
    curve('M292 594C420 650 580 622 700 582C790 552 880 546 950 552', { stroke: accent.base, width: 12 }),
  ].join('')
}

function jacket(main: Shades, accent: Shades): string {
  const body =
    'M432 206L768 206C800 212 826 236 836 270L846 752C846 768 836 776 820 776L380 776C364 776 354 768 354 752L364 270C374 236 400 212 432 206Z'
  const sleeve =
    'M400 214C352 226 326 262 312 312L222 652C216 678 228 692 250 698L318 714C338 718 350 708 354 690L392 480Z'
  const other =
    'M800 214C848 226 874 262 888 312L978 652C984 678 972 692 950 698L882 714C862 718 850 708 846 690L808 480Z'
  return [
    shadow(300, 900, 812),
    path(sleeve, { fill: main.low }),
    path(other, { fill: main.low }),
    path('M226 640L352 676L350 700C346 712 336 718 318 714L250 698C228 692 216 678 222 652Z', { fill: accent.base }),
    path('M974 640L848 676L850 700C854 712 864 718 882 714L950 698C972 692 984 678 978 652Z', { fill: accent.base }),
    path('M470 210C450 120 530 84 600 84C670 84 750 120 730 210C690 250 510 250 470 210Z', { fill: main.low }),
    path('M508 206C500 150 548 124 600 124C652 124 700 150 692 206C660 240 540 240 508 206Z', { fill: main.deep }),
    path(body, { fill: main.base }),
    path(
      'M364 270C374 236 400 212 432 206L482 206C520 250 680 250 718 206L768 206C800 212 826 236 836 270L838 366L362 366Z',
      {
        fill: accent.base,
      },
    ),
    curve('M362 368L838 368', { stroke: accent.low, width: 5 }),
    curve('M600 240L600 776', { stroke: main.deep, width: 10 }),
    curve('M600 244L600 770', { stroke: metal.high, width: 4, dash: '6 6' }),
    rect(591, 252, 18, 40, 6, { fill: metal.base }),
    curve('M446 560L420 670M754 560L780 670', { stroke: main.deep, width: 8 }),
    curve('M378 752L822 752', { stroke: main.low, width: 6 }),
    curve('M384 400L376 720', { stroke: main.high, width: 8, opacity: 0.6 }),
    curve('M452 300L530 300M464 318L530 318M478 336L530 336', { stroke: main.base, width: 7 }),
  ].join('')
}

function gloves(main: Shades, accent: Shades): string {
  const hand =
    'M0 300L-8 150C-10 120 -60 70 -92 36C-114 10 -88 -24 -58 -4L10 52L-14 -150C-18 -186 32 -196 40 -160L66 -28L70 -196C72 -232 122 -232 124 -196L128 -30L158 -178C166 -212 212 -204 208 -170L194 -12L226 -110C238 -142 280 -128 272 -96L240 110C232 150 222 200 222 300Z'
  const one = (transform: string) =>
    `<g transform="${transform}">${[
      path(hand, { fill: main.base }),
      path('M20 90C60 60 170 60 214 96L210 190C160 214 60 214 14 190Z', { fill: main.low }),
      path('M-2 236L224 236L222 316C222 328 214 334 202 334L18 334C6 334 0 328 0 316Z', { fill: accent.base }),
      rect(120, 252, 112, 44, 12, { fill: accent.deep }),
      curve('M24 -146L44 -30M98 -190L98 -40M184 -168L166 -30', {
        stroke: main.high,
        width: 7,
        opacity: 0.8,
      }),
      curve('M52 14C90 0 140 0 176 18', { stroke: main.deep, width: 5 }),
    ].join('')}</g>`
  return shadow(280, 920, 800) + one('translate(300 430) rotate(-7)') + one('translate(900 430) scale(-1 1) rotate(-7)')
}

function trousers(main: Shades, accent: Shades): string {
  return [
    shadow(400, 800, 822),
    path(
      'M418 120L782 120L812 300C826 470 810 640 792 800L648 800L606 380L594 380L552 800L408 800C390 640 374 470 388 300Z',
      {
        fill: main.base,
      },
    ),
    path('M606 380L648 800L700 800C690 640 660 480 612 340ZM594 380L552 800L500 800C510 640 540 480 588 340Z', {
      fill: main.low,
    }),
    path('M414 104C414 96 420 92 428 92L772 92C780 92 786 96 786 104L790 160L410 160Z', { fill: accent.base }),
    curve('M600 160L600 330', { stroke: main.deep, width: 6 }),
    curve('M408 190C440 250 470 262 500 262M792 190C760 250 730 262 700 262', {
      stroke: main.deep,
      width: 6,
    }),
    rect(424, 430, 92, 130, 12, { fill: main.low }),
    curve('M424 462L516 462', { stroke: main.deep, width: 5 }),
    path('M406 764L556 764L552 800L408 800ZM644 764L794 764L792 800L648 800Z', { fill: accent.base }),
    circle([600, 126], 13, { fill: metal.base }),
    curve('M404 330C396 480 408 620 420 740', { stroke: main.high, width: 8, opacity: 0.7 }),
    curve('M772 600L776 700', { stroke: accent.high, width: 10 }),
  ].join('')
}

function shoes(main: Shades, accent: Shades): string {
  const upper =
    'M-250 -20C-262 -110 -240 -196 -196 -236C-164 -262 -110 -252 -84 -224C-40 -178 30 -150 130 -124C220 -100 262 -70 264 -8C264 12 254 20 236 20L-226 20C-244 20 -248 4 -250 -20Z'
  const one = (transform: string, shade: boolean) =>
    `<g transform="${transform}">${[
      path(upper, { fill: shade ? main.low : main.base }),
      path('M130 -124C220 -100 262 -70 264 -8L180 0C150 -40 130 -80 130 -124Z', { fill: shade ? main.deep : main.low }),
      path('M-250 -20C-256 -70 -252 -120 -238 -164L-170 -120C-150 -80 -160 -30 -190 0Z', { fill: accent.base }),
      curve('M-84 -218C-60 -150 -20 -96 40 -72', { stroke: main.deep, width: 6 }),
      curve('M-60 -180L0 -214M-16 -148L44 -184M36 -122L92 -152', { stroke: accent.high, width: 16 }),
      path('M-252 6L264 6C280 20 276 52 256 60L-214 60C-246 58 -258 30 -252 6Z', { fill: rubber.base }),
      curve('M-236 20L258 20', { stroke: accent.high, width: 8 }),
      curve('M-200 -210C-176 -226 -130 -226 -104 -200', { stroke: main.high, width: 8 }),
    ].join('')}</g>`
  return [
    shadow(230, 980, 764),
    one('translate(690 600)', true),
    one('translate(540 700)', false),
    ellipse([0, 0], 0, 0, { fill: 'none' }),
  ]
    .slice(0, 3)
    .join('')
}
