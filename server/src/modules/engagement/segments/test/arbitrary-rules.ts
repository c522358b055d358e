import { tellsOfGoods } from '@ecluse/contracts/interactions.ts'
import { valueMeasures, type SegmentCondition, type SegmentRule } from '@ecluse/contracts/segments.ts'
import fc from 'fast-check'

/** Few of the kinds there are, so that rules and what happened meet. */
const kinds = ['order', 'purchase', 'return', 'product_view', 'click'] as const

/** Rules of any kind. */
export function arbitraryRules(products: readonly string[]): fc.Arbitrary<SegmentRule> {
  const days = fc.integer({ min: 1, max: 40 })
  const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined })
  const not = fc.boolean()
  const did = fc
    .record({
      not,
      what: fc.constantFrom(...kinds),
      atLeast: fc.integer({ min: 1, max: 3 }),
      more: optional(fc.integer({ min: 0, max: 2 })),
      withinDays: optional(days),
      channelCodes: optional(fc.constant<string[]>(['web'])),
      ofProduct: fc.constantFrom('any', 'product', 'category'),
      worthAtLeastMinor: optional(fc.integer({ min: 1, max: 20_000 })),
    })
    .map(({ more, ofProduct, ...rest }): SegmentCondition => ({
      type: 'did',
      ...rest,
      ...(more === undefined ? {} : { atMost: rest.atLeast + more }),
      ...(tellsOfGoods(rest.what) && ofProduct === 'product' ? { productIds: products.slice(1, 2) } : {}),
      ...(tellsOfGoods(rest.what) && ofProduct === 'category' ? { categoryCodes: ['essai'] } : {}),
    }))
  const attribute: fc.Arbitrary<SegmentCondition> = fc.oneof(
    fc.record({ type: fc.constant('language' as const), not, locale: fc.constantFrom('fr' as const, 'en' as const) }),
    fc.record({
      type: fc.constant('reachable' as const),
      not,
      by: fc.constantFrom('email' as const, 'phone' as const, 'post' as const),
    }),
    fc.record({ type: fc.constant('account' as const), not }),
    fc.record({
      type: fc.constant('postal_code' as const),
      not,
      startsWith: fc.constantFrom<string[][]>(['44'], ['35', '44000'], ['75']),
    }),
    fc.record({
      type: fc.constant('treatment' as const),
      not,
      treatment: fc.constantFrom('relational' as const, 'transactional' as const),
    }),
    fc
      .record({
        type: fc.constant('value' as const),
        not,
        measure: fc.constantFrom(...valueMeasures),
        atLeast: fc.integer({ min: 0, max: 5 }),
        more: optional(fc.integer({ min: 0, max: 4 })),
      })
      .map(({ more, ...rest }) => ({ ...rest, ...(more === undefined ? {} : { atMost: rest.atLeast + more }) })),
    fc.record({ type: fc.constant('known_for' as const), not, withinDays: fc.integer({ min: 1, max: 200 }) }),
  )
  const match = fc.constantFrom('all' as const, 'any' as const)
  const rule: fc.Arbitrary<SegmentRule> = fc.record({
    match,
    groups: fc.array(
      fc.record({
        match,
        conditions: fc.array(fc.oneof({ weight: 3, arbitrary: did }, attribute), { minLength: 1, maxLength: 3 }),
      }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  return rule
}

/** What befalls one of so many customers: something they do, or something computed of them; nothing is of the last two, who count as others. */
export function arbitraryHappenings(people: number) {
  const happening = fc.record({
    who: fc.nat(people - 1),
    kind: fc.constantFrom(...kinds),
    hoursAgo: fc.constantFrom(0, 1, 30, 24 * 9, 24 * 45),
    channelCode: fc.constantFrom('web', 'telephone', null),
    product: fc.nat(2),
    valueMinor: fc.constantFrom(null, 500n, 9_900n),
  })

  const score = fc.option(fc.integer({ min: 1, max: 5 }))
  const computation = fc.record({
    // Two of them count as others: nothing is computed of them.
    who: fc.nat(people - 3),
    values: fc.option(
      fc.record({
        purchases: fc.integer({ min: 1, max: 6 }),
        spent: fc.integer({ min: 0, max: 6 }),
        recency: score,
        frequency: score,
        monetary: score,
        active: fc.option(fc.constantFrom(0, 0.3, 1)),
        expected_purchases: fc.option(fc.constantFrom(0, 0.5, 3, 4.5)),
        expected_value: fc.option(fc.integer({ min: 0, max: 6 })),
      }),
    ),
    treatment: fc.constantFrom('relational' as const, 'transactional' as const, undefined),
  })
  return { happening, computation }
}

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never
export type Happening = Drawn<ReturnType<typeof arbitraryHappenings>['happening']>
export type Computation = Drawn<ReturnType<typeof arbitraryHappenings>['computation']>
