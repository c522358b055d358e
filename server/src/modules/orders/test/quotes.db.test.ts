import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute } from '../../../kernel/db.ts'
import { comparePools } from '../../promises/public.ts'
import sql from 'sql-template-tag'
import { expireQuotes } from '../quotes/settle-quote.ts'
import { expireOrders } from '../settle-order.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 24, unitsPerPlace: 5 })
const { db } = ctx
const { nantes = '' } = shop.sites
const agent = asStaff(['quotes:read', 'quotes:write', 'orders:write', 'orders:read'])
const chief = asStaff(['quotes:read', 'quotes:write', 'quotes:approve'])
const clerk = asStaff(['till:sell', 'orders:read'], [nantes])
const staff = asStaff()
const day = 24 * 3_600_000
let next = 0
const variant = (): string => shop.variantIds[next++] ?? ''

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

type Input = Parameters<typeof agent<typeof endpoints.createQuote>>[1]['body']
const inDays = (days: number): string => new Date(clock.now().getTime() + days * day).toISOString().slice(0, 10)
const input = (variantId: string, changes: Partial<Input> = {}): Input => ({
  channel: 'phone',
  locale: 'fr',
  contact: { name: 'Maël Kervella', email: 'mael@exemple.fr' },
  company: 'Vélos du port',
  lines: [{ variantId, quantity: 2 }],
  delivery: { method: 'carry_out', siteId: nantes },
  validUntil: inDays(20),
  ...changes,
})
const draft = (variantId: string, changes: Partial<Input> = {}) =>
  agent(endpoints.createQuote, { body: input(variantId, changes) })
const send = (quote: { id: string; revision: number }, client = agent) =>
  client(endpoints.sendQuote, { params: { quoteId: quote.id }, body: { revision: quote.revision } })
const revise = (quote: { id: string; revision: number }, body: Input) =>
  agent(endpoints.reviseQuote, { params: { quoteId: quote.id }, body: { ...body, basedOn: quote.revision } })
const tokenOf = (quote: { link: string }): string => new URL(quote.link).searchParams.get('token') ?? ''
const accept = (quote: { id: string; link: string }, revision: number) =>
  visitor(endpoints.acceptQuote, {
    params: { quoteId: quote.id },
    body: { token: tokenOf(quote), revision, name: 'Maël Kervella' },
  })
const read = (quoteId: string) => agent(endpoints.getQuote, { params: { quoteId }, query: {} })
const sellAt = (cartId: string, amountMinor: number) =>
  clerk(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      cartId,
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'terminal_card', amountMinor }],
    },
  })
const payOnline = (cartId: string, token = 'tok_accept') => {
  const { lines: _, ...body } = webPurchase([], { payments: [{ method: 'online_card', token }] })
  return visitor(endpoints.placeOrder, { body: { ...body, cartId } })
}

describe('a quote', () => {
  test('is drawn up, sent, accepted by its revision, and paid at a till that opens it by its pass', async () => {
    const variantId = variant()
    const drawn = await draft(variantId, { lines: [{ variantId, quantity: 2, unitPriceMinor: 950 }] })
    expect(drawn).toMatchObject({ state: 'draft', revision: 1, pass: null })
    expect(drawn.number).toMatch(/^D-[0-9A-Z]{8}$/)
    const cart = { params: { code: drawn.id }, body: { channel: 'shop-nantes' } }
    expect(await refusal(clerk(endpoints.pickUpPass, cart))).toBe('orders.pass_not_found')
    const sent = await send(drawn)
    expect(sent.state).toBe('sent')
    expect(sent.revisions[0]).toMatchObject({
      subtotal: { amountMinor: 1_900 },
      discount: { amountMinor: 100 },
      total: { amountMinor: 1_900 },
      vatByRate: [{ rateBasisPoints: 2000, base: { amountMinor: 1_583 }, vat: { amountMinor: 317 } }],
    })
    const accepted = await accept(sent, 1)
    expect(accepted).toMatchObject({ state: 'accepted', accepted: { revision: 1, by: 'Maël Kervella' } })
    expect((await accept(sent, 1)).accepted).toEqual(accepted.accepted)

    const code = sent.pass?.code ?? ''
    const { cart: picked } = await clerk(endpoints.pickUpPass, {
      params: { code },
      body: { channel: 'shop-nantes' },
    })
    expect(picked).toMatchObject({ id: sent.id, subtotal: { amountMinor: 1_900 }, quote: { revision: 1, open: true } })
    const sold = await sellAt(sent.id, 1_900)
    expect(sold.total.amountMinor).toBe(1_900)
    await settle()
    const after = await read(sent.id)
    expect(after).toMatchObject({ state: 'ordered', order: { id: sold.orderId, number: sold.number } })
    expect(after.timeline.map((entry) => entry.type)).toEqual([
      'orders.quote_drafted',
      'orders.pass_made',
      'orders.quote_sent',
      'orders.quote_accepted',
      'orders.document_passed',
      'orders.quote_ordered',
    ])
    const order = await staff(endpoints.getOrder, { params: { orderId: sold.orderId }, query: {} })
    expect(order.contact?.email).toBe('mael@exemple.fr')
    expect(order.timeline.find((entry) => entry.type === 'orders.document_continued')?.details).toMatchObject({
      quoteNumber: sent.number,
      revision: 1,
    })
    expect(await refusal(revise(after, input(variantId)))).toBe('orders.quote_wrong_state')
  })

  test('changes by revisions: the one before is kept as it was, and can no longer be accepted or bought', async () => {
    const variantId = variant()
    const first = await send(await draft(variantId))
    await accept(first, 1)
    const second = await revise(first, input(variantId, { lines: [{ variantId, quantity: 3 }] }))
    expect(second).toMatchObject({ state: 'draft', revision: 2, accepted: null })
    expect(second.revisions.map((one) => one.lines[0]?.quantity)).toEqual([3, 2])
    expect(second.revisions[1]?.hash).toBe(first.revisions[0]?.hash)
    expect(await refusal(accept(first, 1))).toBe('orders.quote_changed')
    expect(await refusal(payOnline(first.id))).toBe('orders.quote_not_open')
    expect(await refusal(sellAt(first.id, 1))).toBe('orders.quote_not_open')
    expect(await refusal(revise(first, input(variantId)))).toBe('orders.quote_changed')
    const resent = await send(second)
    expect(resent.pass?.code).toBe(first.pass?.code)
    expect(await refusal(accept(resent, 1))).toBe('orders.quote_changed')
    expect((await accept(resent, 2)).accepted?.revision).toBe(2)
    // The buyer sees what they can accept, and nothing else.
    const shown = await visitor(endpoints.getQuote, {
      params: { quoteId: first.id },
      query: { token: tokenOf(first) },
    })
    expect(shown.revisions.map((one) => one.revision)).toEqual([2])
    expect(shown.timeline).toEqual([])
  })

  test('that was tampered with is not accepted', async () => {
    const quote = await send(await draft(variant()))
    await execute(
      db,
      sql`update orders.quote_revision set content = replace(content::text, '"quantity":2', '"quantity":1')::json
          where quote_id = ${quote.id}`,
    )
    expect(await refusal(accept(quote, 1))).toBe('kernel.internal')
  })

  test('over the limit waits for approval, by someone who may give it', async () => {
    const variantId = variant()
    const cheap = { lines: [{ variantId, quantity: 1, unitPriceMinor: 100 }] }
    const quote = await draft(variantId, cheap)
    expect(quote.revisions[0]?.overLimit).toBe(true)
    expect((await send(quote)).state).toBe('to_approve')
    expect(await refusal(send(quote))).toBe('orders.quote_wrong_state')
    const answer = (approved: boolean, client = chief) =>
      client(endpoints.approveQuote, {
        params: { quoteId: quote.id },
        body: { revision: 1, approved, reason: 'Trop bas' },
      })
    expect(await refusal(answer(true, agent))).toBe('access.forbidden')
    expect(await answer(false)).toMatchObject({ state: 'draft', reason: 'Trop bas' })
    await send(quote)
    expect((await answer(true)).state).toBe('approved')
    expect((await send(quote)).state).toBe('sent')
    expect((await send(await draft(variantId, cheap), chief)).revisions[0]?.approval).toBe('given')
  })

  test('the dearest of everything is still a sum; dearer is refused in words', async () => {
    const [variantId = ''] = shop.variantIds
    const at = (unitPriceMinor: number) => draft(variantId, { lines: [{ variantId, quantity: 9_999, unitPriceMinor }] })
    expect((await at(100_000_000)).revisions[0]?.total.amountMinor).toBeGreaterThanOrEqual(999_900_000_000)
    expect(await refusal(at(Number.MAX_SAFE_INTEGER))).toBe('kernel.invalid_input')
  })

  test('can be limited otherwise', async () => {
    const variantId = variant()
    const rules = { mostDiscountBasisPoints: 9_500, mostDiscountMinor: 10_000_000, validityDays: 10 }
    expect(await refusal(agent(endpoints.putQuoteRules, { body: rules }))).toBe('access.forbidden')
    const before = await agent(endpoints.getQuoteRules)
    await chief(endpoints.putQuoteRules, { body: rules })
    const quote = await draft(variantId, { lines: [{ variantId, quantity: 1, unitPriceMinor: 300 }] })
    expect(quote.revisions[0]?.overLimit).toBe(false)
    await chief(endpoints.putQuoteRules, { body: before })
  })

  test('ends when it is declined, or when its time is over', async () => {
    const declined = await send(await draft(variant(), { keepGoods: true }))
    expect(
      await refusal(visitor(endpoints.refuseQuote, { params: { quoteId: declined.id }, body: { reason: '' } })),
    ).toBe('access.not_signed_in')
    const ended = await visitor(endpoints.refuseQuote, {
      params: { quoteId: declined.id },
      body: { token: tokenOf(declined), reason: 'Trop cher' },
    })
    expect(ended).toMatchObject({ state: 'refused', reason: 'Trop cher', pass: null })
    expect(await refusal(accept(declined, 1))).toBe('orders.quote_wrong_state')
    const late = await send(await draft(variant(), { keepGoods: true, validUntil: inDays(1) }))
    clock.advance(2 * day)
    expect(await refusal(accept(late, 1))).toBe('orders.quote_not_open')
    expect(await refusal(sellAt(late.id, 1))).toBe('orders.quote_not_open')
    expect(await expireQuotes(ctx)).toBe(1)
    expect((await read(late.id)).state).toBe('expired')
    expect(await comparePools(db)).toEqual([])
    // It can be taken up again with another date.
    const again = await revise(await read(late.id), input(shop.variantIds[0] ?? ''))
    expect((await send(again)).state).toBe('sent')
  })

  test('is seen by staff and by the holder of its link, once sent', async () => {
    const quote = await draft(variant())
    const look = (token?: string) =>
      visitor(endpoints.getQuote, { params: { quoteId: quote.id }, query: token ? { token } : {} })
    expect(await refusal(look(tokenOf(quote)))).toBe('orders.quote_not_found')
    const sent = await send(quote)
    expect(await refusal(look())).toBe('orders.quote_not_found')
    expect(await refusal(look('x'.repeat(22)))).toBe('orders.quote_not_found')
    expect((await look(tokenOf(sent))).number).toBe(quote.number)
    const { items } = await agent(endpoints.listQuotes, { query: { q: 'kervel', state: 'sent' } })
    expect(items.map((item) => item.id)).toContain(quote.id)
    expect(await refusal(agent(endpoints.createQuote, { body: input(variant(), { validUntil: '2020-01-01' }) }))).toBe(
      'orders.quote_validity',
    )
  })
})

describe('one order per quote', () => {
  test('whoever pays, wherever, however often: two clerks and a buyer at once', async () => {
    for (let n = 0; n < 4; n++) {
      const variantId = variant()
      const quote = await send(await draft(variantId, { keepGoods: true }))
      await accept(quote, 1)
      const total = quote.revisions[0]?.total.amountMinor ?? 0
      const attempts = [
        ...Array.from({ length: 4 }, () => sellAt(quote.id, total)),
        ...Array.from({ length: 4 }, () => payOnline(quote.id)),
      ]
      const outcomes = await Promise.all(
        attempts.map((attempt) =>
          attempt.then(
            () => 'ordered',
            (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
          ),
        ),
      )
      expect(outcomes.filter((outcome) => outcome === 'ordered')).toHaveLength(1)
      expect(new Set(outcomes)).toEqual(new Set(['ordered', 'orders.cart_not_found']))
    }
    await settle()
    expect(await comparePools(db)).toEqual([])
  })

  test('a retry under the same key is answered with that order', async () => {
    const quote = await send(await draft(variant()))
    const total = quote.revisions[0]?.total.amountMinor ?? 0
    const pay = () =>
      clerk(
        endpoints.placeOrder,
        {
          body: {
            channel: 'shop-nantes',
            cartId: quote.id,
            delivery: { method: 'carry_out', siteId: nantes },
            payments: [{ method: 'cash', amountMinor: total }],
          },
        },
        { idempotencyKey: `quote-${quote.id}` },
      )
    const orders = await Promise.all([pay(), pay(), pay()])
    orders.push(await pay())
    expect(new Set(orders.map((order) => order.orderId)).size).toBe(1)
  })

  test('changed and bought at the same moment, it is one or the other', async () => {
    for (let n = 0; n < 4; n++) {
      const variantId = variant()
      const quote = await send(await draft(variantId, { keepGoods: n % 2 === 0 }))
      const total = quote.revisions[0]?.total.amountMinor ?? 0
      const changed = input(variantId, { lines: [{ variantId, quantity: 1 }] })
      const [sale, revision] = await Promise.all([
        sellAt(quote.id, total).then(
          () => 'sold',
          (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
        ),
        revise(quote, changed).then(
          () => 'revised',
          (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
        ),
      ])
      const state = (await read(quote.id)).state
      if (sale === 'sold') expect([revision, state]).toEqual(['orders.quote_wrong_state', 'ordered'])
      else expect([sale, revision, state]).toEqual(['orders.quote_not_open', 'revised', 'draft'])
    }
    expect(await comparePools(db)).toEqual([])
  })

  test('online, only what was accepted; when the bank says no, it is open again', async () => {
    const quote = await send(await draft(variant()))
    expect(await refusal(payOnline(quote.id))).toBe('orders.quote_not_accepted')
    await accept(quote, 1)
    const waiting = await payOnline(quote.id, 'tok_challenge')
    expect(waiting.documentState).toBe('awaiting_payment')
    expect(await refusal(payOnline(quote.id))).toBe('orders.cart_not_found')
    clock.advance(3_600_000)
    await expireOrders(ctx, app.wiring.placement.provider)
    expect((await read(quote.id)).state).toBe('accepted')
    expect((await payOnline(quote.id)).documentState).toBe('confirmed')
  })

  test('its lines are changed in the quote, not in the cart', async () => {
    const quote = await send(await draft(variant()))
    const change = { params: { cartId: quote.id, variantId: variant() }, query: {}, body: { quantity: 1 } }
    expect(await refusal(visitor(endpoints.setCartLine, change))).toBe('orders.quote_fixed')
  })

  test('a cart becomes a quote and stays the same document', async () => {
    const variantId = variant()
    const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
    const line = { params: { cartId: cart.id, variantId }, query: {}, body: { quantity: 2 } }
    await visitor(endpoints.setCartLine, line)
    const quote = await agent(endpoints.createQuote, { body: { ...input(variantId), cartId: cart.id } })
    expect(quote.id).toBe(cart.id)
    expect(await refusal(payOnline(cart.id))).toBe('orders.quote_not_open')
  })
})

test('a quote on paper is a PDF with its text, fonts embedded', async () => {
  const variantId = variant()
  const lines = [{ variantId, quantity: 1, unitPriceMinor: 1_000 }]
  const quote = await send(await draft(variantId, { notes: 'Montage compris', lines }), chief)
  const answer = await app.fastify.inject({
    url: `/api/v1/quotes/${quote.id}/pdf?token=${tokenOf(quote)}`,
  })
  expect(answer.headers['content-type'], answer.body.slice(0, 300)).toBe('application/pdf')
  const pdf = answer.rawPayload
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.includes('/FontFile2')).toBe(true)
  expect(streamsOf(pdf).some((content) => content.includes('BT'))).toBe(true)
})

function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      streams.push(inflateSync(pdf.subarray(at + 7)).toString('latin1'))
    } catch {
      // The end of a stream is found by the same word, and some streams are not deflated.
    }
  }
  return streams
}

test('a quote that is sent reaches its buyer, once per revision, with the page to accept it on', async () => {
  const variantId = variant()
  const contact = { name: 'Nora Le Bris', email: 'nora@exemple.fr' }
  const quote = await send(await draft(variantId, { contact }))
  await settle()
  await send(await revise(quote, input(variantId, { contact, lines: [{ variantId, quantity: 1 }] })))
  await settle()
  // Twenty at a time, and those of the tests before come first.
  const sending = app.wiring.jobs.find((job) => job.name === 'engagement.send-messages')
  for (let n = 0; n < 8; n++) await sending?.run(ctx, {})
  const { items } = await staff(endpoints.listMessages, { query: { q: 'nora@exemple.fr' } })
  expect(items.map((item) => item.subject)).toEqual([
    `Devis ${quote.number}, révision 2`,
    expect.stringContaining(`Devis ${quote.number}`),
  ])
  const message = await staff(endpoints.getMessage, { params: { messageId: items[0]?.id ?? '' } })
  expect(message.text).toContain(quote.link)
  expect(message.text).toContain(quote.pass?.code)
})
