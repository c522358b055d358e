import { expect, test } from 'vitest'
import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { actorHeader, clientOf, createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { pointsEnding } from '../points-ending.ts'
import { settleReferrals } from '../referral/refer-friends.ts'
import { resolveParties } from '../../customers/public.ts'
import { captureAuthorised } from '../../payments/public.ts'

// Monday 2 March 2026, 10:00 in Paris; shops are open from 9 to 19 every day.
const { app, clock, ctx, shop, visitor, asStaff, actAs, settle } = await createTestShop({
  products: 2,
  unitsPerPlace: 20,
})
const staff = asStaff()
const { nantes = '' } = shop.sites
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

/** Somebody with an account, and a client that is signed in as they are. */
async function member(
  name: string,
  email: string,
  phone = '+33612345670',
): Promise<{ customerId: string; client: Client }> {
  const accountId = ctx.ids.next()
  const given = { name, email, phone, accountId, locale: 'fr' as const, source: 'account' }
  const [party] = await inTransaction(ctx.db, (tx) => resolveParties(ctx, tx, [given]))
  await settle()
  const key = actAs({ kind: 'account', accountId, email, name } as never)
  return { customerId: party?.partyId ?? '', client: clientOf(app, { [actorHeader]: key }) }
}
const ana = await member('Ana Bel', 'ana@exemple.fr')
const bob = await member('Bob Roc', 'bob@exemple.fr')
const params = { customerId: ana.customerId }

test('what somebody is entitled to comes from their treatment or the team, says why, and ends when that does', async () => {
  const nothing = await staff(endpoints.getEntitlements, { params })
  expect(nothing).toEqual({ treatment: 'transactional', replyHours: 24, items: [] })
  await staff(endpoints.setCustomerTreatment, { params, body: { treatment: 'relational', note: 'Ouvre un club' } })
  const known = await staff(endpoints.getEntitlements, { params })
  expect(known).toMatchObject({ treatment: 'relational', replyHours: 4 })
  expect(known.items).toEqual([
    { benefit: 'own_line', source: 'treatment', reason: 'relational', until: null, grantId: null },
  ])
  const effects = await staff(endpoints.getTreatmentEffects)
  await staff(endpoints.putTreatmentEffects, {
    body: { ...effects, relational: { replyHours: 2, benefits: ['own_line', 'workshop'] } },
  })
  expect((await staff(endpoints.getEntitlements, { params })).items.map(({ benefit }) => benefit)).toEqual([
    'own_line',
    'workshop',
  ])
  const until = new Date(clock.now().getTime() + 3_600_000).toISOString()
  const body = { benefit: 'early_access', note: 'Essai', until } as const
  const granted = await staff(endpoints.grantEntitlement, { params: { customerId: bob.customerId }, body })
  const [grant] = granted.items
  expect(grant).toMatchObject({ source: 'staff', reason: 'Essai', until })
  const grantId = grant?.grantId ?? ''
  await staff(endpoints.endEntitlement, { params: { customerId: bob.customerId, grantId } })
  expect(await codeOf(staff(endpoints.endEntitlement, { params: { customerId: bob.customerId, grantId } }))).toBe(
    'loyalty.not_entitled',
  )
})

test('who is entitled to it is delivered free, in the cart with the reason and in the order; nobody else, and not after it ends', async () => {
  const { variantIds } = shop
  const variantId = variantIds[0] ?? ''
  const seen = async (client: Client) => {
    const { id: cartId } = await client(endpoints.createCart, { body: { channel: 'web' } })
    const cart = await client(endpoints.setCartLine, {
      params: { cartId, variantId },
      query: {},
      body: { quantity: 1 },
    })
    const option = cart.deliveryOptions.find(({ method }) => method === 'delivery')
    return { fee: option?.fee.amountMinor, favour: option?.favour, goods: cart.subtotal.amountMinor }
  }
  const usual = await seen(bob.client)
  expect(usual).toMatchObject({ favour: null })
  expect(usual.fee).toBeGreaterThan(0)
  const given = { params: { customerId: bob.customerId } }
  const body = { benefit: 'free_delivery', note: 'Patience', until: null } as const
  const { items } = await staff(endpoints.grantEntitlement, { ...given, body })
  clock.advance(61_000)
  const free = { fee: 0, favour: { source: 'staff', name: null }, goods: usual.goods }
  await expect.poll(() => seen(bob.client)).toEqual(free)
  for (const client of [ana.client, visitor]) expect(await seen(client)).toEqual(usual)
  const buy = (client: Client) => client(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  const bought = await buy(bob.client)
  expect(bought.total.amountMinor).toBe(usual.goods)
  expect((await buy(ana.client)).total.amountMinor).toBe(usual.goods + (usual.fee ?? 0))
  // What was given is written on it, and wherever it goes then, it stays free.
  const read = () =>
    staff(endpoints.getOrder, { params: { orderId: bought.orderId }, query: {} }).then(({ delivery }) => delivery)
  const spared = { source: 'staff', name: null, spared: { amountMinor: usual.fee, currency: 'EUR' } }
  expect(await read()).toMatchObject({ fee: { amountMinor: 0 }, favour: spared })
  const elsewhere = {
    name: 'Bob Roc',
    street: '9 quai Haut',
    postalCode: '44100',
    locality: 'Nantes',
    country: 'FR' as const,
  }
  const review = await staff(endpoints.priceChange, {
    params: { orderId: bought.orderId },
    body: { revision: 1, delivery: { method: 'delivery', address: elsewhere } },
  })
  expect(review.difference.amountMinor).toBe(0)
  const grantId = items.find(({ benefit }) => benefit === 'free_delivery')?.grantId ?? ''
  await staff(endpoints.endEntitlement, { params: { ...given.params, grantId } })
  expect(await seen(bob.client)).toEqual(usual)
  await captureAuthorised(ctx, app.wiring.placement.provider)
  const change = (body: object) =>
    staff(endpoints.changeOrder, { params: { orderId: bought.orderId }, body: { revision: 1, ...body } })
  await change({ delivery: { method: 'pickup', siteId: nantes } })
  expect(await read()).toMatchObject({ method: 'pickup', favour: null })
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await change({ revision: 2, delivery: { method: 'delivery', address: elsewhere } })
  expect(await read()).toMatchObject({ method: 'delivery', fee: { amountMinor: 0 }, favour: spared })
  expect((await buy(bob.client)).total.amountMinor).toBe(usual.goods + (usual.fee ?? 0))
})

const service = {
  name: { fr: 'Atelier', en: 'Workshop' },
  description: { fr: '', en: '' },
  durationMinutes: 60,
  bufferMinutes: 0,
  stepMinutes: 60,
  starts: null,
  leadMinutes: 60,
  horizonDays: 30,
  mostSeats: 1,
  active: true,
  benefit: 'workshop' as const,
}

test('who has a line of their own is called first and waits in front; hours kept for some are booked by them alone', async () => {
  const asked = { purpose: 'service', about: 'Rappel', asked: true } as const
  await staff(endpoints.addCall, { params: { customerId: bob.customerId }, body: asked })
  clock.set(new Date(clock.now().getTime() + 60_000))
  await staff(endpoints.addCall, { params, body: asked })
  const first = await staff(endpoints.listCalls, { query: { limit: 1 } })
  const second = await staff(endpoints.listCalls, { query: { limit: 1, cursor: first.nextCursor ?? '' } })
  expect([first, second].map(({ items }) => items[0]?.name)).toEqual(['Ana Bel', 'Bob Roc'])
  expect(first.items[0]).toMatchObject({
    firstBy: 'treatment: relational',
    replyBy: new Date(clock.now().getTime() + 2 * 3_600_000).toISOString(),
  })
  expect(second.items[0]?.firstBy).toBeNull()

  await staff(endpoints.putService, { params: { code: 'atelier' }, body: service })
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '14:00', closes: '15:00' }))
  const stand = {
    siteId: nantes,
    kind: 'workshop',
    name: 'Stand',
    capacity: 1,
    overbooking: 0,
    hours,
    active: true,
  } as const
  await staff(endpoints.putResource, {
    params: { resourceId: ctx.ids.next() },
    body: { ...stand, serviceCodes: ['atelier'] },
  })
  const book = (client: Client, email: string) =>
    client(endpoints.bookAppointment, {
      body: {
        service: 'atelier',
        siteId: nantes,
        startsAt: '2026-03-03T14:00:00+01:00',
        contact: { name: 'Ana Bel', email },
      },
    })
  // Her address alone opens nothing: anybody can type it.
  expect(await codeOf(book(visitor, 'ana@exemple.fr'))).toBe('service.not_entitled')
  expect(await codeOf(book(bob.client, 'bob@exemple.fr'))).toBe('service.not_entitled')
  expect(await codeOf(book(ana.client, 'ana@exemple.fr'))).toBe('done')

  await staff(endpoints.putService, { params: { code: 'atelier' }, body: { ...service, benefit: null } })
  const wait = (client: Client, name: string, email: string) =>
    client(endpoints.joinWaitingList, {
      params: { code: 'atelier' },
      body: { siteId: nantes, from: '2026-03-03', until: '2026-03-03', contact: { name, email } },
    })
  await wait(bob.client, 'Bob Roc', 'bob@exemple.fr')
  clock.set(new Date(clock.now().getTime() + 60_000))
  expect((await wait(ana.client, 'Ana Bel', 'ana@exemple.fr')).ahead).toBe(0)
  const { items } = await staff(endpoints.listWaiting, { query: { siteId: nantes } })
  expect(items.map(({ contact, firstBy }) => [contact.name, firstBy])).toEqual([
    ['Ana Bel', 'treatment: relational'],
    ['Bob Roc', null],
  ])
})

const rule: LoyaltyRule = {
  name: { fr: 'Club', en: 'Club' },
  pointsPer100Euros: 100,
  multipliers: [],
  activation: 'received',
  expiryMonths: 12,
  reward: { points: 100, valueMinor: 500 },
  tiers: [],
  windowMonths: 12,
  referral: { sponsorPoints: 200, friendPoints: 100 },
}
/** An order of somebody that is paid, kept so far and certain, as what it earns was counted. */
const kept = (customerId: string, keptMinor: number) =>
  ctx.db.query(
    `insert into loyalty.earning (order_id, party_id, version, tier_percent, placed_at, kept_minor, active)
     values ($1, $2, 1, 100, $3, $4, true)`,
    [ctx.ids.next(), customerId, clock.now(), keptMinor],
  )
const activeOf = async (customerId: string): Promise<number | undefined> =>
  (await staff(endpoints.getLoyaltyMember, { params: { customerId } })).member?.points.active

test('sponsor and friend are rewarded once, after the first order that is kept; nobody brings themselves', async () => {
  await staff(endpoints.putLoyaltyProgramme, { body: rule })
  await ana.client(endpoints.joinMyLoyalty, { body: { locale: 'fr' } })
  const { code, offered } = await ana.client(endpoints.getMyReferral)
  expect(offered).toEqual(rule.referral)
  const claim = (client: Client, said = code ?? '') => codeOf(client(endpoints.claimReferral, { body: { code: said } }))
  const zoe = await member('Zoé Lin', 'zoe@exemple.fr', '+33698765432')
  expect(await claim(zoe.client)).toBe('loyalty.not_member')
  for (const { client } of [bob, zoe]) await client(endpoints.joinMyLoyalty, { body: { locale: 'fr' } })
  // Bob has Ana’s telephone.
  expect(await claim(bob.client)).toBe('loyalty.referral_self')
  expect(await claim(ana.client)).toBe('loyalty.referral_self')
  expect(await claim(zoe.client, 'INCONNU')).toBe('loyalty.referral_unknown')
  expect(await claim(zoe.client)).toBe('done')
  expect(await claim(zoe.client)).toBe('loyalty.referral_late')
  await kept(zoe.customerId, 0)
  await settleReferrals(ctx)
  expect((await ana.client(endpoints.getMyReferral)).friends).toEqual({ waiting: 1, rewarded: 0 })
  await kept(zoe.customerId, 4_000)
  // While her data may only be kept, nothing is made of them, and she is not told what ends.
  const only = { reason: 'accuracy', note: 'Conteste ses achats' } as const
  await staff(endpoints.restrictCustomer, { params: { customerId: zoe.customerId }, body: only })
  await settleReferrals(ctx)
  expect((await ana.client(endpoints.getMyReferral)).friends).toEqual({ waiting: 1, rewarded: 0 })
  const told = async () => {
    const inTwoYears = new Date(clock.now().getTime() + 2 * 365 * 86_400_000)
    return (await pointsEnding(ctx.db, clock.now(), inTwoYears)).map(({ partyId }) => partyId)
  }
  await ctx.db.query('update customers.restriction set lifted_at = now() where party_id = $1', [zoe.customerId])
  await Promise.all([settleReferrals(ctx), settleReferrals(ctx)])
  await settleReferrals(ctx)
  expect([await activeOf(ana.customerId), await activeOf(zoe.customerId)]).toEqual([200, 100])
  expect((await zoe.client(endpoints.getMyReferral)).brought).toBe('rewarded')
  expect(await told()).toContain(zoe.customerId)
  await staff(endpoints.restrictCustomer, { params: { customerId: zoe.customerId }, body: only })
  expect(await told()).toEqual([ana.customerId])
  const { member: sponsor } = await staff(endpoints.getLoyaltyMember, { params })
  expect(sponsor?.movements[0]?.cause).toBe('referral')
  expect((await staff(endpoints.getLoyaltyLiability)).given).toBe(300)

  const max = await member('Max Nef', 'max@exemple.fr', '+33711111111')
  await max.client(endpoints.joinMyLoyalty, { body: { locale: 'fr' } })
  expect(await claim(max.client)).toBe('done')
  // Later they turn out to be one.
  await staff(endpoints.mergeCustomers, { params, body: { otherId: max.customerId } })
  await kept(max.customerId, 4_000)
  await settleReferrals(ctx)
  expect(await activeOf(ana.customerId)).toBe(200)
})

/** Opens the second article to everybody in three days: until then, to those with early access. */
async function openLater(): Promise<string> {
  const opensAt = new Date(clock.now().getTime() + 3 * 86_400_000).toISOString()
  const products = await staff(endpoints.listCatalogProducts, { query: { q: 'SKU-1' } })
  const { id: productId } = products.items.find(({ handle }) => handle === 'article-1') ?? { id: '' }
  const read = await staff(endpoints.getCatalogProduct, { params: { productId } })
  const { createdAt: _createdAt, updatedAt: _updatedAt, id: _id, revision, variants, ...product } = read
  const early = product.publications.map((one) => ({ ...one, opensAt }))
  const saved = await staff(endpoints.updateProduct, {
    params: { productId },
    query: { revision },
    body: { ...product, variants: variants.map(({ id: _variantId, ...variant }) => variant), publications: early },
  })
  expect(saved.publications).toEqual(early)
  return opensAt
}

test('what is open to some before others is bought by them alone: in the shop, at the till and by telephone', async () => {
  const variantId = shop.variantIds[1] ?? ''
  const opensAt = await openLater()
  const seen = await visitor(endpoints.getOffer, { params: { handle: 'article-1' }, query: { channel: 'web' } })
  expect(seen).toMatchObject({ opensAt, related: [{ opensAt: null }] })

  await staff(endpoints.grantEntitlement, {
    params: { customerId: bob.customerId },
    body: { benefit: 'early_access', note: 'Testeur', until: null },
  })
  expect((await bob.client(endpoints.getMyBenefits)).items).toEqual([{ benefit: 'early_access', until: null }])
  const lines = [{ variantId, quantity: 1 }]
  const buy = (client: Client, changes = {}) =>
    codeOf(client(endpoints.placeOrder, { body: webPurchase(lines, changes) }))
  const closed = 'orders.not_open_yet'
  for (const client of [visitor, ana.client]) expect(await buy(client)).toBe(closed)
  // Beside what is open, and from a cart, it is not sold either; nor put aside, reserved or quoted.
  const both = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }, ...lines]
  expect(await buy(ana.client, { lines: both })).toBe(closed)
  const cartOf = async (client: Client) => {
    const { id: cartId } = await client(endpoints.createCart, { body: { channel: 'web' } })
    const cart = await client(endpoints.setCartLine, {
      params: { cartId, variantId },
      query: {},
      body: { quantity: 1 },
    })
    return { cartId, opening: cart.lines[0]?.opening }
  }
  const hers = await cartOf(ana.client)
  expect(hers.opening).toEqual({ at: opensAt, open: false })
  expect(await buy(ana.client, { lines: undefined, cartId: hers.cartId })).toBe(closed)
  const hold = { params: { cartId: hers.cartId }, query: {}, body: { siteId: null } }
  expect(await codeOf(ana.client(endpoints.holdCart, hold))).toBe(closed)
  const his = await cartOf(bob.client)
  expect(his.opening).toEqual({ at: opensAt, open: true })
  expect(await buy(bob.client, { lines: undefined, cartId: his.cartId })).toBe('done')

  // Whose card is shown, or whom staff found, counts; nobody names another for themself.
  const { cardNumber } = await staff(endpoints.joinLoyalty, { params: { customerId: bob.customerId } })
  const price = seen.variants[0]?.price.amountMinor ?? 0
  const till = {
    channel: 'shop-nantes',
    delivery: { method: 'carry_out', siteId: nantes },
    payments: [{ method: 'cash', amountMinor: price }],
  }
  expect(await buy(staff, till)).toBe(closed)
  expect(await buy(staff, { ...till, cardNumber })).toBe('done')
  expect(await buy(ana.client, { cardNumber })).toBe('access.forbidden')
  expect(await buy(staff, { channel: 'phone', customerId: ana.customerId })).toBe(closed)
  expect(await buy(staff, { channel: 'phone', customerId: bob.customerId })).toBe('done')
  expect(await buy(ana.client, { customerId: bob.customerId })).toBe('access.forbidden')

  // Added to an order it is bought, too; and on the day it opens it is everybody's.
  const { orderId } = await ana.client(endpoints.placeOrder, { body: webPurchase(both.slice(0, 1)) })
  await captureAuthorised(ctx, app.wiring.placement.provider)
  const change = { params: { orderId }, body: { revision: 1, add: lines } }
  expect(await codeOf(staff(endpoints.priceChange, change))).toBe(closed)
  clock.set(new Date(opensAt))
  expect(await codeOf(staff(endpoints.priceChange, change))).toBe('done')
  expect(await buy(ana.client)).toBe('done')
  expect(
    (await visitor(endpoints.getOffer, { params: { handle: 'article-1' }, query: { channel: 'web' } })).opensAt,
  ).toBe(null)
})

test('who is entitled to it is delivered free from the till with their card, and by telephone as staff found them', async () => {
  const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
  await staff(endpoints.grantEntitlement, {
    params: { customerId: bob.customerId },
    body: { benefit: 'free_delivery', note: 'Patience', until: null },
  })
  const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId: bob.customerId } })
  const cardNumber = member?.cardNumber ?? ''
  const { id: cartId } = await staff(endpoints.createCart, { body: { channel: 'shop-nantes' } })
  const variantId = lines[0]?.variantId ?? ''
  await staff(endpoints.setCartLine, { params: { cartId, variantId }, query: {}, body: { quantity: 1 } })
  const seen = async (client: Client, query: object) => {
    const { deliveryOptions, subtotal } = await client(endpoints.getCart, { params: { cartId }, query })
    const option = deliveryOptions.find(({ method }) => method === 'delivery')
    return { fee: option?.fee.amountMinor ?? -1, favour: option?.favour?.source ?? null, goods: subtotal.amountMinor }
  }
  const usual = await seen(staff, {})
  expect(usual).toMatchObject({ fee: 590, favour: null })
  expect(await seen(staff, { cardNumber })).toEqual({ ...usual, fee: 0, favour: 'staff' })
  expect(await codeOf(seen(visitor, { cardNumber }))).toBe('access.not_signed_in')
  const sell = (changes: object) => staff(endpoints.placeOrder, { body: webPurchase(lines, { ...changes }) })
  const atTill = (amountMinor: number) => ({ channel: 'shop-nantes', payments: [{ method: 'cash', amountMinor }] })
  const given = { source: 'staff', name: null, spared: { amountMinor: 590, currency: 'EUR' } }
  for (const [changes, favour] of [
    [atTill(usual.goods + 590), null],
    [{ ...atTill(usual.goods), cardNumber }, given],
    [{ channel: 'phone' }, null],
    [{ channel: 'phone', customerId: bob.customerId }, given],
  ] as const) {
    const { orderId, total } = await sell(changes)
    expect(total.amountMinor).toBe(usual.goods + (favour ? 0 : 590))
    const { delivery } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    expect(delivery.favour).toEqual(favour)
  }
  expect(await codeOf(sell({ ...atTill(usual.goods), cardNumber: '0000000000000' }))).toBe('loyalty.card_unknown')
})
