/** The picture at the head of the shop: bicycles by the water, the wind over them, in four seasons. Canvas units, y downward. */
import { bicycleAt, type Bicycle } from './bicycle.ts'
import { curve, circle, ellipse, escapeXml, group, num, path, rect, type Point } from './svg.ts'

export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const
export type Season = (typeof seasons)[number]

/** Width and height of the scene; it is meant to be cut at the sides on narrow screens (`slice`). */
export const sceneSize: Point = [1600, 760]

interface Mood {
  sky: string
  glow: string
  sun: string
  far: string
  near: string
  tree: string
  treeLight: string
  water: string
  ripple: string
  bank: string
  path: string
  reed: string
  carried: string
  bicycles: readonly [Bicycle, Bicycle]
}

const moods: Record<Season, Mood> = {
  spring: {
    sky: '#dcebea',
    glow: '#eef3ea',
    sun: '#fdf3cf',
    far: '#b9d3cb',
    near: '#94bda9',
    tree: '#6ea583',
    treeLight: '#8cbd96',
    water: '#8fc0c4',
    ripple: '#b7dad9',
    bank: '#a9c48d',
    path: '#e4d6b8',
    reed: '#6f9d62',
    carried: '#f3b9bd',
    bicycles: [
      { type: 'city', sizeCm: 52, colour: 'cream', extras: ['basket'] },
      { type: 'gravel', sizeCm: 56, colour: 'coral' },
    ],
  },
  summer: {
    sky: '#cfe6ec',
    glow: '#e9f1e6',
    sun: '#ffeab0',
    far: '#a5c9c6',
    near: '#7fae92',
    tree: '#4f8d6b',
    treeLight: '#6ca67c',
    water: '#6fb1ba',
    ripple: '#9fd0d2',
    bank: '#b9bd77',
    path: '#ead9b4',
    reed: '#6d8f4e',
    carried: '#ffffff',
    bicycles: [
      { type: 'longtail', sizeCm: 54, colour: 'lagoon', accent: 'sand', extras: ['electric', 'load'] },
      { type: 'child', sizeCm: 30, colour: 'sun' },
    ],
  },
  autumn: {
    sky: '#eadfce',
    glow: '#f3e9d8',
    sun: '#fbdca0',
    far: '#c9b7a2',
    near: '#b28f6c',
    tree: '#c0763f',
    treeLight: '#d69a4c',
    water: '#8fa9a6',
    ripple: '#b9c7bf',
    bank: '#b59a5e',
    path: '#e2cfab',
    reed: '#93763f',
    carried: '#c5662f',
    bicycles: [
      { type: 'trekking', sizeCm: 56, colour: 'moss', accent: 'rust', extras: ['panniers'] },
      { type: 'city', sizeCm: 54, colour: 'lagoon' },
    ],
  },
  winter: {
    sky: '#dfe6ea',
    glow: '#eef0ee',
    sun: '#fbf1dc',
    far: '#c3d0d6',
    near: '#a3b6bd',
    tree: '#7f969c',
    treeLight: '#98abaf',
    water: '#9cb8c0',
    ripple: '#c4d5d9',
    bank: '#e9ecea',
    path: '#f6f5f0',
    reed: '#a79a7c',
    carried: '#ffffff',
    bicycles: [
      { type: 'mountain', sizeCm: 54, colour: 'ochre' },
      { type: 'gravel', sizeCm: 56, colour: 'night', accent: 'sand', extras: ['bags'] },
    ],
  },
}

/** The scene as an SVG document that fills its box. */
export function drawScene(season: Season, { title }: { title?: string } = {}): string {
  const mood = moods[season]
  const role = title ? `role="img" aria-label="${escapeXml(title)}"` : 'aria-hidden="true"'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sceneSize[0]} ${sceneSize[1]}" preserveAspectRatio="xMidYMax slice" ${role}>`,
    title ? `<title>${escapeXml(title)}</title>` : '',
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    sky(mood),
    hills(mood),
    farBank(mood),
    water(mood),
    nearBank(mood),
    bicycleAt(mood.bicycles[1], [mood.bicycles[1].type === 'child' ? 1090 : 1010, 690], 0.235),
    bicycleAt(mood.bicycles[0], [420, 706], 0.27),
    reeds(mood),
    wind(mood),
    '</g></svg>',
  ].join('')
}

function sky(mood: Mood): string {
  return [
    rect(0, 0, 1600, 520, 0, { fill: mood.sky }),
    path('M0 250C300 200 620 290 900 240C1180 196 1400 250 1600 220L1600 520L0 520Z', { fill: mood.glow }),
    circle([1180, 190], 78, { fill: mood.sun }),
    circle([1180, 190], 112, { fill: mood.sun, opacity: 0.35 }),
  ].join('')
}

function hills(mood: Mood): string {
  return [
    path(
      'M0 400C160 330 330 350 480 372C660 400 760 316 940 330C1120 344 1240 392 1380 366C1470 350 1540 340 1600 348L1600 480L0 480Z',
      {
        fill: mood.far,
      },
    ),
    path('M0 440C220 400 400 424 600 430C860 438 980 396 1180 408C1360 418 1480 440 1600 420L1600 490L0 490Z', {
      fill: mood.near,
    }),
  ].join('')
}

/** Poplars bent by the wind, and the lock with its keeper's house. */
function farBank(mood: Mood): string {
  const poplars = [60, 112, 158, 214, 258, 690, 742, 786, 1430, 1486, 1532].map((x, i) => {
    const tall = 74 + ((i * 37) % 34)
    const crown =
      ellipse([0, -tall], 15 + ((i * 7) % 6), tall * 0.86, { fill: i % 3 === 0 ? mood.treeLight : mood.tree }) +
      path(`M-2 0L-2 ${num(-tall)}L2 ${num(-tall)}L2 0Z`, { fill: mood.tree })
    return group(`translate(${x} 486) rotate(${5 + (i % 3)})`, crown)
  })
  return [
    ...poplars,
    path('M1206 488L1206 420L1256 384L1306 420L1306 488Z', { fill: '#f4ead8' }),
    path('M1192 426L1256 378L1320 426L1306 430L1256 394L1206 430Z', { fill: '#b5563d' }),
    rect(1244, 442, 24, 46, 2, { fill: mood.tree }),
    rect(1276, 436, 18, 18, 2, { fill: mood.water }),
    rect(1216, 436, 18, 18, 2, { fill: mood.water }),
    path('M1340 478L1600 466L1600 500L0 500L0 480C500 474 900 476 1340 478Z', { fill: mood.bank }),
    rect(1336, 452, 10, 92, 2, { fill: '#4b5f5f' }),
    rect(1402, 452, 10, 92, 2, { fill: '#4b5f5f' }),
    rect(1346, 496, 56, 10, 0, { fill: '#5f7575' }),
    rect(1346, 518, 56, 10, 0, { fill: '#5f7575' }),
    curve('M1300 446L1350 456M1398 456L1450 446', { stroke: '#3d5050', width: 9 }),
  ].join('')
}

function water(mood: Mood): string {
  const ripples = [
    'M90 528L240 528M300 556L420 556M560 524L760 524M640 578L720 578M880 548L1010 548M1120 524L1250 524M1190 566L1290 566M1440 544L1560 544M40 586L120 586',
    'M150 540L190 540M470 540L520 540M820 566L850 566M1060 584L1130 584M1490 572L1530 572',
  ]
  return [
    path('M0 498L1336 498L1336 540L1600 540L1600 640L0 640Z', { fill: mood.water }),
    path('M1412 498L1600 498L1600 545L1412 545Z', { fill: mood.water }),
    path('M1110 500L1250 500L1234 520L1262 540L1220 560L1240 590L1130 590L1146 560L1110 540L1130 520Z', {
      fill: mood.sun,
      opacity: 0.4,
    }),
    curve(ripples.join(''), { stroke: mood.ripple, width: 5 }),
  ].join('')
}

function nearBank(mood: Mood): string {
  return [
    path('M0 612C300 590 700 626 1000 612C1250 600 1450 616 1600 604L1600 760L0 760Z', { fill: mood.bank }),
    path(
      'M0 668C320 648 720 676 1040 662C1260 652 1440 664 1600 654L1600 736C1300 744 1000 734 700 742C420 748 200 740 0 748Z',
      {
        fill: mood.path,
      },
    ),
  ].join('')
}

/** Reeds at the water and in the foreground, all bent the same way. */
function reeds(mood: Mood): string {
  const blades: string[] = []
  for (let i = 0; i < 46; i++) {
    const front = i % 3 === 0
    const x = (i * 193) % 1600
    const y = front ? 764 : 620
    const tall = (front ? 42 : 26) + ((i * 29) % 30)
    blades.push(`M${x} ${y}Q${x + 4} ${y - tall * 0.6} ${x + 12 + (tall >> 2)} ${Math.round(y - tall)}`)
  }
  return curve(blades.join(''), { stroke: mood.reed, width: 4 })
}

/** The trade wind: long breaths in the sky, and what it carries. */
function wind(mood: Mood): string {
  const breaths =
    'M180 150L470 150C512 150 512 104 480 104C462 104 454 116 456 128M250 186L610 186M330 220L430 220M760 96L930 96C960 96 962 64 938 62M820 124L1010 124'
  const bits = Array.from({ length: 16 }, (_, i) => {
    const [x, y] = [(i * 271 + 90) % 1560, 120 + ((i * 97) % 400)]
    return `M${x} ${y}Q${x + 8} ${y - 7} ${x + 16} ${y - 2}`
  })
  return [
    curve(breaths, { stroke: '#ffffff', width: 7, opacity: 0.75 }),
    curve(bits.join(''), { stroke: mood.carried, width: 7, opacity: 0.9 }),
  ].join('')
}
