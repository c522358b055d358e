import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { verifyStock } from '../../inventory/public.ts'
import { setPrices } from '../../pricing/public.ts'
import { comparePools } from '../../promises/public.ts'
import { expireHolds } from '../passes/hold-cart.ts'
import { expireOrders } from '../settle-order.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 20, unitsPerPlace: 3 })
const { db } = ctx
const { nantes = '', lyon = '' } = shop.sites
const clerk = asStaff(['till:sell', 'orders:read', 'returns:write'], [nantes])
const staff = asStaff()
const hour = 3_600_000
let next = 0
const variant = (): string => shop.variantIds[next++] ?? ''

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

async function cartWith(variantId: string, quantity: number): Promise<string> {
  const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  await visitor(endpoints.setCartLine, { params: { cartId: cart.id, variantId }, query: {}, body: { quantity } })
  return cart.id
}

const hold = (cartId: string, siteId: string | null) =>
  visitor(endpoints.holdCart, { params: { cartId }, query: {}, body: { siteId } })

async function stockAt(variantId: string, place: string) {
  const { items } = await staff(endpoints.listStock, { query: { variantId } })
  const { onHand, held, committed } = items.find((item) => item.placeName === place) ?? {}
  return { onHand, held, committed }
}

const sellAt = (cartId: string, amountMinor: number, client = clerk) =>
  client(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      cartId,
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'cash', amountMinor }],
    },
  })
const buyOnline = (cartId: string, changes = {}) => {
  const { lines: _, ...body } = webPurchase([], changes)
  return visitor(endpoints.placeOrder, { body: { ...body, cartId } })
}

describe('a pass', () => {
  test('lets a shop go on with the same cart, at the prices it was made with', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 2)
    const pass = await visitor(endpoints.createPass, { body: { cartId } })
    expect(pass).toMatchObject({ kind: 'cart', channelCode: 'web', itemCount: 2 })
    expect(pass.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect((await visitor(endpoints.createPass, { body: { cartId } })).code).toBe(pass.code)

    await inTransaction(db, (tx) =>
      setPrices(ctx, tx, [{ listCode: 'public', variantId, amountMinor: 9_900n, compareAtMinor: null }]),
    )
    await settle()
    const typed = pass.code.toLowerCase().replace('-', ' ')
    const picked = await clerk(endpoints.pickUpPass, { params: { code: typed }, body: { channel: 'shop-nantes' } })
    expect(picked.cart).toMatchObject({ id: cartId, channelCode: 'shop-nantes', subtotal: pass.subtotal })
    expect(picked.cart.lines[0]?.priceKeptUntil).toBe(pass.expiresAt)
    // Once more changes nothing, and is told once.
    await clerk(endpoints.pickUpPass, { params: { code: pass.token }, body: { channel: 'shop-nantes' } })

    const sold = await sellAt(cartId, pass.subtotal.amountMinor)
    expect(sold.total).toEqual(pass.subtotal)
    await settle()
    expect((await eventsOf(db, cartId)).map((event) => event.type)).toEqual([
      'orders.pass_made',
      'orders.document_passed',
    ])
    const order = await clerk(endpoints.getOrder, { params: { orderId: sold.orderId }, query: {} })
    expect(order.timeline.map((entry) => entry.type)).toContain('orders.document_continued')
    expect(order.timeline.find((entry) => entry.type === 'orders.document_continued')?.details).toMatchObject({
      fromChannel: 'web',
      toChannel: 'shop-nantes',
    })
    // What was bought is continued nowhere.
    expect(await refusal(visitor(endpoints.getPass, { params: { code: pass.code }, query: {} }))).toBe(
      'orders.pass_not_found',
    )
  })

  test('keeps prices for its time only', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 1)
    const pass = await visitor(endpoints.createPass, { body: { cartId } })
    await inTransaction(db, (tx) =>
      setPrices(ctx, tx, [{ listCode: 'public', variantId, amountMinor: 7_700n, compareAtMinor: null }]),
    )
    await settle()
    const seen = () => visitor(endpoints.getCart, { params: { cartId }, query: {} })
    expect((await seen()).subtotal).toEqual(pass.subtotal)
    clock.advance(7 * 24 * hour + 1)
    expect((await seen()).subtotal.amountMinor).toBe(7_700)
    expect(await refusal(visitor(endpoints.getPass, { params: { code: pass.code }, query: {} }))).toBe(
      'orders.pass_not_found',
    )
  })

  test('is opened in a shop by those who sell there, anywhere by its link, and nowhere once revoked', async () => {
    const pass = await visitor(endpoints.createPass, { body: { cartId: await cartWith(variant(), 1) } })
    const open = (client: typeof visitor, code: string, channel: string) =>
      client(endpoints.pickUpPass, { params: { code }, body: { channel } })
    expect(await refusal(open(visitor, pass.code, 'shop-nantes'))).toBe('access.not_signed_in')
    expect(await refusal(open(asStaff(['till:sell'], [lyon]), pass.code, 'shop-nantes'))).toBe('access.wrong_site')
    expect(await refusal(open(clerk, pass.code, 'phone'))).toBe('access.forbidden')
    const forged = `${pass.token.slice(0, -4)}AAAA`
    expect(await refusal(open(visitor, forged, 'web'))).toBe('orders.pass_not_found')
    expect((await open(visitor, pass.token, 'web')).cart.channelCode).toBe('web')
    expect(await refusal(visitor(endpoints.revokePass, { params: { code: pass.code } }))).toBe('orders.pass_not_found')
    await visitor(endpoints.revokePass, { params: { code: pass.token } })
    expect(await refusal(open(visitor, pass.token, 'web'))).toBe('orders.pass_not_found')
  })

  test('cannot be guessed: whoever misses too often waits, and right codes cost nothing', async () => {
    const pass = await visitor(endpoints.createPass, { body: { cartId: await cartWith(variant(), 1) } })
    const look = (code: string) => visitor(endpoints.getPass, { params: { code }, query: {} })
    for (let n = 0; n < 60; n++) await look(pass.code)
    let misses = 0
    let last = ''
    while (last !== 'kernel.too_many_requests' && misses < 60) {
      last = await refusal(look(`ZZZZ-${String(1_000 + misses)}`))
      misses += 1
    }
    expect(last).toBe('kernel.too_many_requests')
    expect(await refusal(look(pass.code))).toBe('kernel.too_many_requests')
    // The secret of a link needs no limit.
    expect((await look(pass.token)).code).toBe(pass.code)
    clock.advance(hour)
  })
})

describe('goods put aside', () => {
  test('become the order’s without a gap: nobody else gets in between', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 3)
    await hold(cartId, nantes)
    await settle()
    expect(await stockAt(variantId, 'Magasin de nantes')).toEqual({ onHand: 3, held: 3, committed: 0 })
    const cart = await visitor(endpoints.getCart, { params: { cartId }, query: {} })
    const own = cart.deliveryOptions.find((option) => option.siteId === nantes)
    expect(own?.possible).toBe(true)
    const total = cart.subtotal.amountMinor
    const pass = await visitor(endpoints.createPass, { body: { cartId } })
    await clerk(endpoints.pickUpPass, { params: { code: pass.code }, body: { channel: 'shop-nantes' } })

    const others = Array.from({ length: 12 }, () =>
      refusal(
        clerk(endpoints.placeOrder, {
          body: {
            channel: 'shop-nantes',
            lines: [{ variantId, quantity: 1 }],
            delivery: { method: 'carry_out', siteId: nantes },
            payments: [{ method: 'cash', amountMinor: total / 3 }],
          },
        }),
      ),
    )
    const mine = sellAt(cartId, total)
    expect(new Set(await Promise.all(others))).toEqual(new Set(['orders.out_of_stock']))
    expect((await mine).documentState).toBe('confirmed')
    await settle()
    expect(await stockAt(variantId, 'Magasin de nantes')).toEqual({ onHand: 0, held: 0, committed: 0 })
    expect(await comparePools(db)).toEqual([])
    expect((await verifyStock(db)).differences).toEqual([])
  })

  test('become one order, however many pay at once', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 2)
    const { subtotal } = await hold(cartId, nantes)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        sellAt(cartId, subtotal.amountMinor).then(
          () => 'sold',
          (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'sold')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['sold', 'orders.cart_not_found']))
    expect(await comparePools(db)).toEqual([])
  })

  test('are freed in one place and taken in another when they are to go elsewhere', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 1)
    await hold(cartId, nantes)
    await buyOnline(cartId)
    await settle()
    expect(await stockAt(variantId, 'Magasin de nantes')).toEqual({ onHand: 3, held: 0, committed: 0 })
    expect(await stockAt(variantId, 'Entrepôt')).toEqual({ onHand: 3, held: 0, committed: 1 })
    expect(await comparePools(db)).toEqual([])
  })

  test('that were kept long enough are free again, and taken anew or refused', async () => {
    const [there, gone] = [variant(), variant()]
    const carts = [await cartWith(there, 3), await cartWith(gone, 3)] as const
    for (const cartId of carts) await hold(cartId, nantes)
    clock.advance(2 * hour + 1)
    expect(await expireHolds(ctx)).toBe(2)
    expect(await expireHolds(ctx)).toBe(0)
    await settle()
    const price = (await visitor(endpoints.getCart, { params: { cartId: carts[1] }, query: {} })).subtotal.amountMinor
    await clerk(endpoints.placeOrder, {
      body: {
        channel: 'shop-nantes',
        lines: [{ variantId: gone, quantity: 1 }],
        delivery: { method: 'carry_out', siteId: nantes },
        payments: [{ method: 'cash', amountMinor: price / 3 }],
      },
    })
    const first = (await visitor(endpoints.getCart, { params: { cartId: carts[0] }, query: {} })).subtotal.amountMinor
    expect((await sellAt(carts[0], first)).documentState).toBe('confirmed')
    expect(await refusal(sellAt(carts[1], price))).toBe('orders.out_of_stock')
    expect(await comparePools(db)).toEqual([])
  })

  test('may expire in the very moment of the sale: it is sold once or not at all, and pools agree', async () => {
    for (let n = 0; n < 4; n++) {
      const cartId = await cartWith(shop.variantIds[12 + n] ?? '', 3)
      const { subtotal } = await hold(cartId, nantes)
      clock.advance(2 * hour + 1)
      const [sold] = await Promise.all([sellAt(cartId, subtotal.amountMinor), expireHolds(ctx)])
      expect(sold.documentState).toBe('confirmed')
    }
    await settle()
    expect(await comparePools(db)).toEqual([])
    expect((await verifyStock(db)).differences).toEqual([])
  })

  test('follow what is wanted, and stay with an order that awaits its bank', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 1)
    await hold(cartId, null)
    const set = (quantity: number) =>
      visitor(endpoints.setCartLine, { params: { cartId, variantId }, query: {}, body: { quantity } })
    await set(3)
    expect(await stockAt(variantId, 'Entrepôt')).toEqual({ onHand: 3, held: 3, committed: 0 })
    expect(await refusal(set(4))).toBe('orders.out_of_stock')
    await set(2)
    expect(await stockAt(variantId, 'Entrepôt')).toEqual({ onHand: 3, held: 2, committed: 0 })
    const waiting = await buyOnline(cartId, { payments: [{ method: 'online_card', token: 'tok_challenge' }] })
    expect(waiting.documentState).toBe('awaiting_payment')
    expect(await stockAt(variantId, 'Entrepôt')).toEqual({ onHand: 3, held: 2, committed: 0 })
    clock.advance(hour)
    expect(await expireOrders(ctx, app.wiring.placement.provider)).toBe(1)
    await settle()
    expect(await stockAt(variantId, 'Entrepôt')).toEqual({ onHand: 3, held: 0, committed: 0 })
    expect(await comparePools(db)).toEqual([])
  })

  test('are held for a line that is there, whoever takes the line out meanwhile', async () => {
    const [kept, removed] = [variant(), variant()]
    for (let round = 0; round < 12; round++) {
      const cartId = await cartWith(kept, 1)
      const set = (quantity: number) =>
        visitor(endpoints.setCartLine, { params: { cartId, variantId: removed }, query: {}, body: { quantity } })
      await set(1)
      await Promise.allSettled([hold(cartId, nantes), set(0)])
      const { rows } = await db.query(
        `select p.id from promises.promise p where p.state = 'held' and p.reference_id = $1
           and not exists (select from orders.cart_line l where l.hold_promise_id = p.id)`,
        [cartId],
      )
      expect(rows).toEqual([])
      await visitor(endpoints.releaseCartHold, { params: { cartId }, query: {} })
    }
  })

  test('can be given back', async () => {
    const variantId = variant()
    const cartId = await cartWith(variantId, 1)
    await hold(cartId, lyon)
    const cart = await visitor(endpoints.releaseCartHold, { params: { cartId }, query: {} })
    expect(cart.lines[0]?.heldUntil).toBeNull()
    expect(await stockAt(variantId, 'Magasin de lyon')).toEqual({ onHand: 3, held: 0, committed: 0 })
  })
})
