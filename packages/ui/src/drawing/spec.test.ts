import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bicycleExtras, drawBicycle, type Bicycle } from './bicycle.ts'
import { bicycleTypes, sizeRange } from './bicycle-geometry.ts'
import { goodsColours, type GoodsColour } from './colour.ts'
import { drawMap } from './france.ts'
import { drawGood, goodsKinds } from './goods.ts'
import { companies } from './logo.ts'
import { drawScene, seasons } from './scene.ts'
import { decodeDrawing, drawFromSpec, encodeDrawing, type Drawing } from './spec.ts'
import { svgFaults, svgReach } from './svg-check.ts'

const colour = fc.constantFrom(...(Object.keys(goodsColours) as GoodsColour[]))
const maybeColour = fc.option(colour, { nil: undefined })

const bicycle: fc.Arbitrary<Bicycle> = fc
  .constantFrom(...bicycleTypes)
  .chain((type) =>
    fc.record(
      {
        type: fc.constant(type),
        sizeCm: fc.integer({ min: sizeRange[type][0], max: sizeRange[type][1] }),
        colour,
        accent: maybeColour,
        extras: fc.subarray([...bicycleExtras], { minLength: 1 }),
      },
      { requiredKeys: ['type', 'sizeCm', 'colour'] },
    ),
  )
  .map(withoutUndefined)

const good = fc.record({ kind: fc.constantFrom(...goodsKinds), colour, accent: maybeColour }).map(withoutUndefined)

const tiled: fc.Arbitrary<Drawing> = fc
  .tuple(
    fc.oneof(
      bicycle.map((one) => ({ of: 'bicycle' as const, ...one })),
      good.map((one) => ({ of: 'good' as const, ...one })),
      fc.record({ of: fc.constant('shop' as const), colour, accent: maybeColour }).map(withoutUndefined),
    ),
    fc.boolean(),
  )
  .map(([what, bare]) => (bare ? { ...what, bare } : what))

const sign: fc.Arbitrary<Drawing> = fc.oneof(
  fc.record({ of: fc.constant('scene' as const), season: fc.constantFrom(...seasons) }),
  fc.record({
    of: fc.constantFrom('logo' as const, 'mark' as const, 'favicon' as const),
    company: fc.constantFrom(...companies),
  }),
)

const drawing = fc.oneof({ weight: 9, arbitrary: tiled }, { weight: 1, arbitrary: sign })

/** Any characters of the first plane, control characters and marks of XML among them. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.constantFrom(0x26, 0x3c, 0x3e, 0x22, 0x27)), { minLength: 1 })
  .map((codes) => String.fromCharCode(...codes))

function canvasOf(svg: string): [number, number] {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!
  return [Number(width), Number(height)]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}

describe('names of drawings', () => {
  test('a name decodes to what was encoded, and fits in an address', () => {
    fc.assert(
      fc.property(drawing, (what) => {
        const spec = encodeDrawing(what)
        expect(spec).toMatch(/^[a-z0-9-]{3,120}$/)
        expect(decodeDrawing(spec)).toEqual(what)
      }),
    )
  })

  test.each([
    'gravel',
    'gravel-54',
    'gravel-54-nothing',
    'gravel-99-lagoon',
    'gravel-54-lagoon-turbo',
    'gravel-54-lagoon-rack-rack',
    'gravel-54.0-lagoon',
    'helmet',
    'helmet-coral-snow-extra',
    'scene-monsoon',
    'logo-alize-coral',
    'shop',
    'constructor-coral',
    'helmet-__proto__',
    '',
    '-',
    'bare',
  ])('“%s” names nothing', (spec) => {
    expect(drawFromSpec(spec)).toBeNull()
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (spec) => {
        const svg = drawFromSpec(spec)
        if (svg !== null) expect(svgFaults(svg)).toEqual([])
      }),
    )
  })
})

describe('drawings', () => {
  test('every one is well-formed, has no NaN, and stays on its canvas', () => {
    fc.assert(
      fc.property(drawing, (what) => {
        const svg = drawFromSpec(encodeDrawing(what))!
        expect(svgFaults(svg)).toEqual([])
        expect(svg).not.toMatch(/NaN|undefined|Infinity|null/)
        // Reeds and petals of a scene may begin at its very edge.
        const slack = what.of === 'scene' ? 24 : 0
        const [right, bottom] = canvasOf(svg)
        const reach = svgReach(svg)
        expect(reach.left).toBeGreaterThanOrEqual(-slack)
        expect(reach.top).toBeGreaterThanOrEqual(0)
        expect(reach.right).toBeLessThanOrEqual(right + slack)
        expect(reach.bottom).toBeLessThanOrEqual(bottom + slack)
      }),
      { numRuns: 300 },
    )
  })

  test.each(bicycleTypes)('a %s bicycle is under 6.5 KB, with everything on it under 9 KB', (type) => {
    const sizeCm = Math.round((sizeRange[type][0] + sizeRange[type][1]) / 2)
    expect(drawBicycle({ type, sizeCm, colour: 'lagoon' }).length).toBeLessThan(6_656)
    expect(drawBicycle({ type, sizeCm, colour: 'lagoon', accent: 'sand', extras: bicycleExtras }).length).toBeLessThan(
      9_216,
    )
  })

  test.each(goodsKinds)('a %s is under 3 KB', (kind) => {
    expect(drawGood({ kind, colour: 'lagoon' }).length).toBeLessThan(3_072)
  })

  test.each(seasons)('the scene of %s is under 18 KB', (season) => {
    expect(drawScene(season).length).toBeLessThan(18_432)
  })

  test('a map shows its points, leaves out what lies outside, and writes names as text', () => {
    const svg = drawMap([
      { latitude: 47.22, longitude: -1.55, label: 'Nantes <1>', chosen: true },
      { latitude: 40.71, longitude: -74.0, label: 'New York' },
    ])
    expect(svgFaults(svg)).toEqual([])
    expect(svg).toContain('Nantes &lt;1&gt;')
    expect(svg).not.toContain('New York')
    const reach = svgReach(svg)
    expect([reach.left, reach.top].every((edge) => edge >= 0) && Math.max(reach.right, reach.bottom) <= 600).toBe(true)
  })

  test('the same name always draws the same picture', () => {
    expect(drawFromSpec('city-52-mint-basket')).toBe(drawFromSpec('city-52-mint-basket'))
  })

  test('a larger frame has longer tubes and the same wheels', () => {
    const [small, large] = [drawFromSpec('road-50-coral')!, drawFromSpec('road-60-coral')!]
    const wheel = /<g id="wheel.*?<\/g>/
    expect(wheel.exec(small)![0]).toBe(wheel.exec(large)![0])
    expect(small).not.toBe(large)
  })

  test('whatever the title, it is text and nothing else', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        expect(svgFaults(drawFromSpec('helmet-coral', title)!)).toEqual([])
      }),
    )
    expect(drawFromSpec('helmet-coral', '<script>"&')).toContain('aria-label="&lt;script&gt;&quot;&amp;"')
  })
})
