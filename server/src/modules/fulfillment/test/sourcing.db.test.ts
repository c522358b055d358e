import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SourcingPolicy } from '@ecluse/contracts/sourcing.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'
import { captureAuthorised } from '../../payments/public.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 8, unitsPerPlace: 5 })
const { model } = app.wiring
const variant = (n: number): string => shop.variantIds[n] ?? ''
const staff = asStaff()

/** Shops of two towns send parcels too. */
await inTransaction(ctx.db, async (tx) => {
  for (const place of await listPlaces(tx))
    if (place.code === 'lyon' || place.code === 'lille') await putPlace(ctx, tx, { ...place, shipsParcels: true })
})
await model.refreshTerms()

const placeName = async (orderId: string) =>
  (await staff(endpoints.getOrder, { params: { orderId }, query: {} })).lines.map((line) => line.placeName)

async function save(change: (policy: SourcingPolicy) => Pick<SourcingPolicy, 'rules' | 'settings'>): Promise<number> {
  const policy = await staff(endpoints.getSourcingPolicy, {})
  const { rules, settings } = change(policy)
  const { version } = await staff(endpoints.saveSourcingPolicy, {
    body: { basedOn: policy.version, note: 'essai', rules, settings },
  })
  await settle()
  await model.refreshTerms()
  return version
}

test('a parcel is taken by the rules in force, and its order says by which and why', async () => {
  const first = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: variant(0), quantity: 2 }]) })
  expect(await placeName(first.orderId)).toEqual(['Entrepôt'])
  // Shops are made cheaper than the warehouse: the same purchase now leaves from one.
  const version = await save(({ rules, settings }) => ({
    rules: rules.map((rule) =>
      rule.code === 'ship_from_store' ? { ...rule, parameters: { surchargeMinor: 0 } } : rule,
    ),
    settings: {
      ...settings,
      places: settings.places.map((place) => ({
        ...place,
        handlingMinorPerUnit: place.placeId === shop.places['lyon'] ? 0 : 500,
      })),
    },
  }))
  const second = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: variant(0), quantity: 2 }]) })
  expect(await placeName(second.orderId)).toEqual(['Magasin de lyon'])

  // Both keep the rules they were decided by, whatever has changed since.
  for (const [orderId, rulesVersion, chosen] of [
    [first.orderId, 0, 'entrepot'],
    [second.orderId, version, 'lyon'],
  ] as const) {
    const { decisions } = await staff(endpoints.getOrderSourcing, { params: { orderId } })
    expect(decisions).toHaveLength(1)
    const [decision] = decisions
    expect(decision).toMatchObject({ cause: 'placed', rulesVersion, sourcing: { proven: true, missing: [] } })
    const [plan] = decision!.sourcing.plans
    expect(plan?.allocations.map(({ placeId }) => placeId)).toEqual([shop.places[chosen]])
    expect(plan?.said.reduce((sum, { costMinor }) => sum + costMinor, 0)).toBe(plan?.costMinor)
    const outcomes = Object.fromEntries(decision!.sourcing.places.map((place) => [place.placeId, place]))
    expect(outcomes[shop.places[chosen] ?? '']?.outcome).toBe('chosen')
    expect(outcomes[shop.places['lille'] ?? '']).toMatchObject({ outcome: 'dearer', available: [5] })
    expect(outcomes[shop.places['nantes'] ?? '']).toMatchObject({ outcome: 'forbidden' })
    expect(outcomes[shop.places['nantes'] ?? '']?.said[0]?.reason.code).toBe('shop_does_not_ship')
  }
})

test('what was added later, or is fetched in a shop, has no part in why a parcel leaves from where it does', async () => {
  const bought = [{ variantId: variant(3), quantity: 1 }]
  const plain = await visitor(endpoints.placeOrder, { body: webPurchase(bought) })
  await settle()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await settle()
  const { orderId, accessToken: token } = plain
  const { waiting } = await visitor(endpoints.changeOrder, {
    params: { orderId },
    body: { token, revision: 1, lines: [], add: [{ variantId: variant(4), quantity: 1 }] },
  })
  const params = { orderId, changeId: waiting?.id ?? '' }
  await visitor(endpoints.payChange, { params, body: { token, card: 'tok_accept' } })
  const mixed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: variant(4), quantity: 2 }, ...bought], {
      pickups: [{ siteId: shop.sites['nantes'] ?? '', variantIds: [variant(4)] }],
    }),
  })
  await settle()
  for (const { orderId: id } of [plain, mixed]) {
    const { decisions } = await staff(endpoints.getOrderSourcing, { params: { orderId: id } })
    const { lines } = await staff(endpoints.getOrder, { params: { orderId: id }, query: {} })
    expect(lines).toHaveLength(2)
    const sent = lines.find(({ variantId }) => variantId === variant(3))
    expect(decisions[0]?.sourcing.missing).toEqual([])
    expect(decisions[0]?.sourcing.plans[0]?.allocations).toMatchObject([{ lineId: sent?.id, quantity: 1 }])
  }
})

test('who picks up has chosen the shop, and no rule was asked', async () => {
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: variant(1), quantity: 1 }], {
      delivery: { method: 'pickup', siteId: shop.sites['nantes'] ?? '' },
    }),
  })
  expect(await placeName(orderId)).toEqual(['Magasin de nantes'])
  expect((await staff(endpoints.getOrderSourcing, { params: { orderId } })).decisions).toEqual([])
})

test('rules are tried before they are saved, and nothing is taken', async () => {
  const policy = await staff(endpoints.getSourcingPolicy, {})
  const body = {
    lines: [{ variantId: variant(2), quantity: 1 }],
    channel: 'web',
    destination: { method: 'delivery' as const, postalCode: '69003' },
  }
  const inForce = await staff(endpoints.trySourcing, { body })
  expect(inForce.plans[0]?.legs[0]?.placeId).toBe(shop.places['lyon'])
  const settings = {
    ...policy.settings,
    places: policy.settings.places.map((place) => ({
      ...place,
      dailyCapacity: place.placeId === shop.places['lyon'] ? 0 : null,
    })),
  }
  const draft = await staff(endpoints.trySourcing, { body: { ...body, rules: policy.rules, settings } })
  expect(draft.plans[0]?.legs[0]?.placeId).not.toBe(shop.places['lyon'])
  expect((await staff(endpoints.getSourcingPolicy, {})).version).toBe(policy.version)
  const pickup = await staff(endpoints.trySourcing, {
    body: { ...body, destination: { method: 'pickup', siteId: shop.sites['lille'] ?? '' } },
  })
  expect(pickup.plans[0]?.legs.map(({ kind, placeId }) => [kind, placeId])).toEqual([['pickup', shop.places['lille']]])
})

test('two people do not overwrite each other, rules are checked, and only some may change them', async () => {
  const { version, rules, settings } = await staff(endpoints.getSourcingPolicy, {})
  const put = (body: object) =>
    staff(endpoints.saveSourcingPolicy, { body: { basedOn: version, note: null, rules, settings, ...body } }).catch(
      (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
    )
  const both = await Promise.all([put({}), put({})])
  expect(both.filter((answer) => answer === 'inventory.sourcing_changed_meanwhile')).toHaveLength(1)
  expect(await put({ basedOn: version + 1, rules: [...rules, rules[0]] })).toBe('kernel.invalid_input')
  const place = { ...settings.places[0], placeId: ctx.ids.next() }
  expect(await put({ basedOn: version + 1, settings: { ...settings, places: [place] } })).toBe(
    'inventory.place_not_found',
  )
  const reader = asStaff(['stock:read'])
  await expect(
    reader(endpoints.saveSourcingPolicy, { body: { basedOn: version + 1, note: null, rules, settings } }),
  ).rejects.toThrow()
  const { items } = await reader(endpoints.listSourcingVersions, {})
  expect(items[0]).toMatchObject({ version: version + 1 })
  expect(items[0]?.changedBy).not.toBeNull()
})

test('a place whose day is full is passed over; when all are, orders are taken all the same', async () => {
  await save(({ rules, settings }) => ({
    rules,
    settings: {
      ...settings,
      places: settings.places.map((place) => ({
        ...place,
        dailyCapacity: place.placeId === shop.places['lyon'] ? 1 : 0,
      })),
    },
  }))
  const buy = async () => {
    const { orderId } = await visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId: variant(3), quantity: 1 }]),
    })
    return orderId
  }
  await app.wiring.model.refreshTerms()
  const orders = [await buy(), await buy()]
  await settle()
  const explained = await Promise.all(
    orders.map(async (orderId) => (await staff(endpoints.getOrderSourcing, { params: { orderId } })).decisions[0]),
  )
  for (const [index, orderId] of orders.entries())
    expect(explained[index]?.sourcing.plans[0]?.allocations[0]?.placeId).toBe(
      (await staff(endpoints.getOrder, { params: { orderId }, query: {} })).lines[0]?.placeId,
    )
})
