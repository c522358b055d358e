import { placeKinds, refusalReasons } from '@ecluse/contracts/sourcing.ts'
import fc from 'fast-check'
import { defaultSourcingRules, type SourcingRule } from '../rules.ts'
import {
  type DatedUnits,
  type OrderToSource,
  type RefusedLine,
  type SourcingPlace,
  type SourcingSnapshot,
} from '../types.ts'

/** Worlds for properties: an order, what places have, and rules, all small and all awkward. */
export type World = {
  readonly order: OrderToSource
  readonly places: readonly SourcingPlace[]
  /** Units by `variant place`. */
  readonly stock: Readonly<Record<string, number>>
  readonly coming: Readonly<Record<string, readonly DatedUnits[]>>
  readonly refusals: readonly RefusedLine[]
  readonly rules: readonly SourcingRule[]
}

/** A Wednesday at ten. */
export const nowMs = Date.UTC(2026, 10, 18, 10)
const hour = 3_600_000

const towns = [
  { latitude: 47.2184, longitude: -1.5536 },
  { latitude: 48.8566, longitude: 2.3522 },
  { latitude: 45.764, longitude: 4.8357 },
  { latitude: 43.2965, longitude: 5.3698 },
  { latitude: 50.6292, longitude: 3.0573 },
  { latitude: 44.8378, longitude: -0.5792 },
] as const
const town = fc.constantFrom(...towns, null)
const siteId = fc.constantFrom('s1', 's2', 's3')
const basisPoints = fc.constantFrom(0, 2_500, 6_000, 10_000)

const band = fc.record({ costMinor: fc.integer({ min: 0, max: 900 }), transitDays: fc.integer({ min: 0, max: 3 }) })
const carriage = fc
  .record({ near: band, far: band, island: fc.option(band), reach: fc.constantFrom(null, 500) })
  .map(({ near, far, island, reach }) => [
    ...(island ? [{ ...island, zone: 'corse', upToKm: null }] : []),
    { ...near, upToKm: 250 },
    { ...far, upToKm: reach },
  ])

const dispatches = fc
  .array(fc.record({ after: fc.integer({ min: 1, max: 40 }), lead: fc.integer({ min: 0, max: 3 }) }), { maxLength: 2 })
  .map((items) =>
    items
      .sort((a, b) => a.after - b.after)
      .map(({ after, lead }) => ({ cutOffAtMs: nowMs + (after - lead) * hour, leavesAtMs: nowMs + after * hour })),
  )

const placeArbitrary = (index: number): fc.Arbitrary<SourcingPlace> =>
  fc.record({
    id: fc.constant(`p${index}`),
    siteId: fc.option(siteId),
    kind: fc.constantFrom('warehouse' as const, 'shop' as const, ...placeKinds),
    coordinates: town,
    ownerConsents: fc.boolean(),
    // Mostly true, true at its simplest: worlds where nothing is allowed teach little.
    shipsParcels: fc.boolean().map((no) => !no || index % 4 > 0),
    marginKeptBasisPoints: basisPoints,
    capacityLeftToday: fc.constantFrom(null, null, 0, 5),
    loadBasisPoints: basisPoints,
    handlingMinutes: fc.constantFrom(0, 120, 600),
    leadDays: fc.constantFrom(0, 0, 0, 3),
    handlingMinorPerUnit: fc.integer({ min: 0, max: 120 }),
    carriage,
    dispatches,
    pickupReadyAtMs: fc.constantFrom(nowMs + hour, nowMs + 30 * hour),
    priority: fc.constantFrom(10, 50),
  })

const orderArbitrary = (maxLines: number, maxUnits: number): fc.Arbitrary<OrderToSource> =>
  fc.record({
    lines: fc
      .array(
        fc.record({
          variantId: fc.constantFrom('a', 'b', 'c', 'd'),
          quantity: fc.integer({ min: 1, max: 3 }),
          unitMarginMinor: fc.integer({ min: -200, max: 2_000 }),
        }),
        { minLength: 1, maxLength: maxLines },
      )
      .map((lines) => {
        let left = maxUnits
        return lines.map((line, index) => {
          const quantity = Math.max(1, Math.min(line.quantity, left - (lines.length - index - 1)))
          left -= quantity
          return { ...line, quantity, lineId: `l${index}` }
        })
      }),
    destination: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.record({
          method: fc.constant('delivery' as const),
          coordinates: town,
          zone: fc.constantFrom(null, null, 'corse'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ method: fc.constant('pickup' as const), siteId, coordinates: town }) },
      { weight: 1, arbitrary: fc.record({ method: fc.constant('carry_out' as const), siteId }) },
    ),
    wantedByMs: fc.constantFrom(null, nowMs + 20 * hour, nowMs + 100 * hour),
    split: fc.constantFrom('units', 'units', 'lines', 'lines', 'none'),
    channel: fc.record({ code: fc.constant('web'), siteId: fc.option(siteId) }),
  })

const amount = fc.integer({ min: 0, max: 800 })
export const rulesArbitrary: fc.Arbitrary<SourcingRule[]> = fc
  .record({
    enabled: fc.array(
      fc.boolean().map((no) => !no),
      { minLength: 9, maxLength: 9 },
    ),
    pickupElsewhere: fc.constantFrom('forbid' as const, 'cost' as const),
    otherwise: fc.constantFrom('forbid' as const, 'cost' as const),
    late: fc.constantFrom('cost' as const, 'cost' as const, 'cost' as const, 'forbid' as const),
    maxKm: fc.constantFrom(null, null, 600),
    maxLegs: fc.constantFrom(null, null, 2),
    amounts: fc.array(amount, { minLength: 8, maxLength: 8 }),
  })
  .map(({ enabled, pickupElsewhere, otherwise, late, maxKm, maxLegs, amounts }) => {
    const at = (index: number): number => amounts[index] ?? 0
    const list: SourcingRule[] = [
      { code: 'same_shop', enabled: true, parameters: { pickupElsewhere, elsewhereMinor: at(0) } },
      { code: 'franchise_consent', enabled: true, parameters: {} },
      { code: 'ship_from_store', enabled: true, parameters: { surchargeMinor: at(1) } },
      { code: 'capacity_per_day', enabled: true, parameters: { fullLoadMinor: at(2) } },
      { code: 'nearest', enabled: true, parameters: { minorPer100Km: at(3) % 60, maxKm } },
      { code: 'fewest_parcels', enabled: true, parameters: { extraLegMinor: at(4), maxLegs } },
      { code: 'margin', enabled: true, parameters: { weightBasisPoints: 10_000 } },
      {
        code: 'promise_date',
        enabled: true,
        parameters: { minorPerDay: at(5) % 100, minorPerLateDay: at(6), late },
      },
      { code: 'supplier_last', enabled: true, parameters: { otherwise, minorPerUnit: at(7) % 200 } },
    ]
    return list.map((rule, index) => ({ ...rule, enabled: enabled[index] ?? true }))
  })

export const worldArbitrary = (maxPlaces = 5, maxLines = 4, maxUnits = 6): fc.Arbitrary<World> =>
  fc
    .integer({ min: 1, max: maxPlaces })
    .chain((count) =>
      fc.record({
        order: orderArbitrary(maxLines, maxUnits),
        places: fc.tuple(...Array.from({ length: count }, (_, index) => placeArbitrary(index + 1))),
        units: fc.array(fc.integer({ min: -1, max: 4 }), { minLength: count * 4, maxLength: count * 4 }),
        arrivals: fc.array(
          fc.record({
            place: fc.integer({ min: 1, max: count }),
            variantId: fc.constantFrom('a', 'b', 'c', 'd'),
            atMs: fc.constantFrom(nowMs + 24 * hour, nowMs + 72 * hour),
            units: fc.integer({ min: 1, max: 3 }),
          }),
          { maxLength: 3 },
        ),
        refusals: fc.array(
          fc.record({
            placeId: fc.integer({ min: 1, max: count * 3 }).map((index) => `p${index}`),
            variantId: fc.constantFrom('a', 'b', 'c', 'd'),
            reason: fc.constantFrom(...refusalReasons),
          }),
          { maxLength: 1 },
        ),
        rules: fc.oneof(fc.constant([...defaultSourcingRules]), rulesArbitrary),
      }),
    )
    .map(({ units, arrivals, ...rest }) => {
      const stock: Record<string, number> = {}
      rest.places.forEach((place, p) =>
        'abcd'.split('').forEach((variantId, v) => (stock[`${variantId} ${place.id}`] = units[p * 4 + v] ?? 0)),
      )
      const coming: Record<string, DatedUnits[]> = {}
      for (const { place, variantId, atMs, units: more } of arrivals)
        (coming[`${variantId} p${place}`] ??= []).push({ atMs, units: more })
      return { ...rest, stock, coming }
    })

export function snapshotOf({ places, stock, coming, refusals }: World): SourcingSnapshot {
  return {
    nowMs,
    places,
    available: (variantId, placeId) => stock[`${variantId} ${placeId}`] ?? 0,
    inbound: (variantId, placeId) => coming[`${variantId} ${placeId}`] ?? [],
    refusals,
  }
}
