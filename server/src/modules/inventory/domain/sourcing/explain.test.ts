import { describe, expect, test } from 'vitest'
import { defaultCarriage, defaultSourcingRules } from './rules.ts'
import { source } from './source.ts'
import { nowMs } from './test/worlds.ts'
import type { OrderToSource, SourcingPlace, SourcingSnapshot } from './types.ts'

const hour = 3_600_000
const warehouse: SourcingPlace = {
  id: 'orleans',
  siteId: 's-orleans',
  kind: 'warehouse',
  coordinates: { latitude: 47.9029, longitude: 1.9093 },
  ownerConsents: false,
  shipsParcels: true,
  marginKeptBasisPoints: 10_000,
  capacityLeftToday: null,
  loadBasisPoints: 0,
  handlingMinutes: 120,
  leadDays: 0,
  handlingMinorPerUnit: 60,
  carriage: defaultCarriage,
  dispatches: [{ cutOffAtMs: nowMs + 4 * hour, leavesAtMs: nowMs + 6 * hour }],
  priority: 10,
}
const shop = { ...warehouse, kind: 'shop', handlingMinorPerUnit: 120, priority: 50 } as const
const nantes: SourcingPlace = {
  ...shop,
  id: 'nantes',
  siteId: 's-nantes',
  coordinates: { latitude: 47.2184, longitude: -1.5536 },
}
const lyon: SourcingPlace = {
  ...shop,
  id: 'lyon',
  siteId: 's-lyon',
  kind: 'franchise',
  coordinates: { latitude: 45.764, longitude: 4.8357 },
}
const supplier: SourcingPlace = {
  ...warehouse,
  id: 'maker',
  siteId: null,
  kind: 'supplier',
  coordinates: null,
  leadDays: 5,
}
const vannes = { latitude: 47.6582, longitude: -2.7608 }

const order = (...lines: [variantId: string, quantity: number][]): OrderToSource => ({
  lines: lines.map(([variantId, quantity], index) => ({
    lineId: `l${index + 1}`,
    variantId,
    quantity,
    unitMarginMinor: 1_000,
  })),
  destination: { method: 'delivery', coordinates: vannes, zone: null },
  wantedByMs: null,
  split: 'units',
  channel: { code: 'web', siteId: null },
})
const snapshot = (stock: Record<string, Record<string, number>>): SourcingSnapshot => ({
  nowMs,
  places: [warehouse, nantes, lyon, supplier],
  available: (variantId, placeId) => stock[placeId]?.[variantId] ?? 0,
})

describe('why Nantes?', () => {
  test('it has everything, though a parcel from the warehouse would be cheaper: a second parcel costs more', () => {
    const world = snapshot({ orleans: { helmet: 5 }, nantes: { helmet: 1, light: 1 }, lyon: { light: 9 } })
    const { plans, places, proven } = source(order(['helmet', 1], ['light', 1]), world, defaultSourcingRules)
    expect(proven).toBe(true)
    const [first] = plans
    expect(first?.legs.map(({ placeId }) => placeId)).toEqual(['nantes'])
    // Carriage to 104 km 6.20, staff 1.50, distance 0.21, one day begun twice 1.00, two units at 1.20.
    expect(first?.said.map(({ by, costMinor }) => [by, costMinor])).toEqual([
      ['carriage', 620],
      ['ship_from_store', 150],
      ['capacity_per_day', 0],
      ['nearest', 21],
      ['promise_date', 100],
      ['handling', 120],
      ['handling', 120],
    ])
    expect(first?.costMinor).toBe(1_131)
    expect(places.map(({ placeId, outcome }) => [placeId, outcome])).toEqual([
      ['orleans', 'dearer'],
      ['nantes', 'chosen'],
      ['lyon', 'forbidden'],
      ['maker', 'has_nothing'],
    ])
    const lyonSays = places[2]?.outcome === 'forbidden' ? places[2].said[0] : undefined
    expect(lyonSays).toMatchObject({ by: 'franchise_consent', reason: { code: 'owner_does_not_consent' } })
  })

  test('the supplier is asked only for what nobody else has', () => {
    const maker = { helmet: 100, light: 100 }
    const both = source(
      order(['helmet', 1], ['light', 1]),
      snapshot({ orleans: { helmet: 1 }, maker }),
      defaultSourcingRules,
    )
    expect(both.plans[0]?.allocations).toEqual([
      { lineId: 'l1', placeId: 'orleans', quantity: 1 },
      { lineId: 'l2', placeId: 'maker', quantity: 1 },
    ])
    const one = source(order(['helmet', 1]), snapshot({ orleans: { helmet: 1 }, maker }), defaultSourcingRules)
    expect(one.places.find(({ placeId }) => placeId === 'maker')).toMatchObject({
      outcome: 'forbidden',
      said: [{ reason: { code: 'supplier_not_needed', details: { wanted: 1, ownUnits: 1 } } }, {}, {}, {}],
    })
  })

  test('units that are there and may not be taken are named when there is no plan', () => {
    const { plans, missing } = source(
      order(['helmet', 2]),
      snapshot({ nantes: { helmet: 1 }, lyon: { helmet: 4 } }),
      defaultSourcingRules,
    )
    expect(plans).toEqual([])
    expect(missing).toMatchObject([
      { variantId: 'helmet', wanted: 2, allowed: 1, forbidden: [{ placeId: 'lyon', units: 4 }] },
    ])
  })

  test('an order that waits is promised when the goods have come', () => {
    const arrival = nowMs + 48 * hour
    const world: SourcingSnapshot = {
      ...snapshot({}),
      inbound: (_, placeId) => (placeId === 'orleans' ? [{ atMs: arrival, units: 3 }] : []),
    }
    const [first] = source(order(['helmet', 2]), world, defaultSourcingRules).plans
    // Friday at ten there, leaves at four, a working day on the road: Monday at four.
    expect(new Date(first?.promiseAtMs ?? 0).toISOString()).toBe('2026-11-23T16:00:00.000Z')
  })
})
