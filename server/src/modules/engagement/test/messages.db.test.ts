import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { startMailServer } from './mail-server.ts'

const mail = await startMailServer()
afterAll(() => mail.close())
const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 6, unitsPerPlace: 400 },
  { config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()
const { nantes = '', lille = '' } = shop.sites
const lines = [
  { variantId: shop.variantIds[0] ?? '', quantity: 2 },
  { variantId: shop.variantIds[1] ?? '', quantity: 1 },
]
const pickup = { delivery: { method: 'pickup', siteId: nantes } }

async function run(name: string): Promise<void> {
  const job = app.wiring.jobs.find((one) => one.name === name)
  if (!job) throw new Error(`no job ${name}`)
  await job.run(ctx, {})
}
async function send(): Promise<void> {
  await settle()
  await run(sendMessagesJob.name)
}
const buy = (changes: Record<string, unknown> = {}) =>
  visitor(endpoints.placeOrder, { body: webPurchase(lines, changes) })
const messagesOf = async (orderId: string) =>
  (await staff(endpoints.listMessages, { query: { orderId } })).items.map(
    ({ template, state }) => `${template} ${state}`,
  )
const last = () => {
  const message = mail.received.at(-1)
  if (!message) throw new Error('no message was received')
  const part = (type: string) => message.parts.find((one) => one.type === type)?.content
  return {
    ...message,
    text: part('text/plain')?.toString() ?? '',
    html: part('text/html')?.toString() ?? '',
    png: part('image/png'),
  }
}

test('an order picked up and returned is told step by step, in French, once each', async () => {
  const placed = await buy(pickup)
  await send()
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  const confirmation = last()
  expect(confirmation.to).toBe('camille@exemple.fr')
  expect(confirmation.headers).toMatchObject({
    from: 'Alizé <boutique@alize.example>',
    subject: `Commande ${placed.number} confirmée`,
    'content-language': 'fr',
    'auto-submitted': 'auto-generated',
  })
  for (const side of [confirmation.text, confirmation.html]) {
    for (const line of order.lines) expect(side).toContain(line.sku)
    expect(side).toContain(order.delivery.pickupCode)
    expect(side).toContain('Magasin de nantes')
    expect(side).toContain('14 jours')
    expect(side).toContain(placed.accessToken)
    expect(side).toMatch(/dont TVA 20\s% sur [\d,]+\s€ HT/)
    expect(side).toMatch(/lundi 2 mars 2026/)
    expect(side).not.toMatch(/undefined|\[object|NaN/)
  }
  expect(confirmation.png?.subarray(1, 4).toString()).toBe('PNG')
  const cid = confirmation.parts.find(({ type }) => type === 'image/png')?.id?.replace(/[<>]/g, '')
  expect(confirmation.html).toContain(`src="cid:${cid}"`)
  expect(confirmation.html).not.toMatch(/(?:src|background)="https?:|url\(|<link|<script|@import/)

  const [work] = (await staff(endpoints.listFulfillments, { query: { siteId: nantes } })).items
  const fulfillmentId = work?.id ?? ''
  await run('payments.capture')
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  await send()
  expect(last().headers['subject']).toBe(`Votre commande ${placed.number} est prête`)
  const pickupCode = order.delivery.pickupCode ?? ''
  await staff(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode } })
  await send()
  expect(last().text).toContain('Vous avez retiré votre commande')
  const [line] = order.lines
  await staff(endpoints.createReturn, {
    params: { orderId: placed.orderId },
    body: {
      siteId: lille,
      lines: [{ lineId: line?.id ?? '', quantity: 1, reason: 'changed_mind', disposition: 'restock' }],
    },
  })
  await send()
  expect(last().text).toContain('Magasin de lille')
  await run('payments.make-refunds')
  await send()
  expect(last().headers['subject']).toMatch(/^Remboursement de [\d,]+\s€$/)
  expect((await messagesOf(placed.orderId)).sort()).toEqual([
    'handed_over sent',
    'order_confirmation sent',
    'pickup_ready sent',
    'refund_made sent',
    'return_received sent',
  ])

  const before = mail.received.length
  await ctx.db.query(
    'insert into kernel.event_waiting select aggregate_id, sequence, id from kernel.outbox on conflict do nothing',
  )
  await send()
  expect(mail.received).toHaveLength(before)
})

test('a delivery, in English: confirmed, then shipped with its tracking number', async () => {
  const placed = await buy({ locale: 'en' })
  await send()
  const confirmation = last()
  expect(confirmation.headers).toMatchObject({
    subject: `Order ${placed.number} confirmed`,
    'content-language': 'en',
  })
  expect(confirmation.text).toContain('3 rue des Lilas')
  expect(confirmation.text).toContain('Right of withdrawal'.toUpperCase())
  expect(confirmation.text).toContain(`/en/orders/${placed.orderId}?token=`)
  expect(confirmation.png).toBeUndefined()
  const { items } = await staff(endpoints.listFulfillments, { query: {} })
  const fulfillmentId = items.find(({ orderId }) => orderId === placed.orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  await staff(endpoints.ship, {
    params: { fulfillmentId },
    body: { carrier: 'Colissimo', trackingNumber: '6A12345678901' },
  })
  await send()
  expect(last().headers['subject']).toBe(`Your order ${placed.number} is on its way`)
  expect(last().text).toMatch(/Colissimo\s+6A12345678901/)
})

test('an order cancelled, and one whose payment never came', async () => {
  const cancelled = await buy()
  await settle()
  await run('payments.capture')
  await staff(endpoints.cancelOrder, { params: { orderId: cancelled.orderId }, body: { reason: 'essai' } })
  await send()
  expect(await messagesOf(cancelled.orderId)).toContain('order_cancelled sent')
  expect(last().text).toContain('vous est remboursé')
  const waiting = await buy({ payments: [{ method: 'online_card', token: 'tok_challenge', returnUrl: '/retour' }] })
  await send()
  expect(await messagesOf(waiting.orderId)).toEqual([])
  clock.advance(3 * 3600_000)
  await run('orders.expire')
  await send()
  expect(await messagesOf(waiting.orderId)).toEqual(['payment_expired sent'])
})

test('a server that is busy is asked again later, with the same words and the same Message-ID', async () => {
  mail.refusals.push(451, 451)
  const placed = await buy()
  const before = mail.received.length
  await send()
  const [message] = (await staff(endpoints.listMessages, { query: { orderId: placed.orderId } })).items
  expect(message).toMatchObject({ state: 'waiting', attempts: 1, error: expect.stringContaining('451') })
  await send()
  expect(mail.received).toHaveLength(before)
  clock.advance(30_000)
  await send()
  clock.advance(2 * 60_000)
  await send()
  expect(mail.received).toHaveLength(before + 1)
  const id = `<${message?.id}@alize.example>`
  expect(last().headers['message-id']).toBe(id)
  const shown = await staff(endpoints.getMessage, { params: { messageId: message?.id ?? '' } })
  expect(shown).toMatchObject({ state: 'sent', attempts: 3, error: null, sentAt: clock.now().toISOString() })
  expect(last().text.replace(/\r\n/g, '\n').trim()).toBe(shown.text.trim())

  // What a crash between the server's answer and ours being written leaves behind.
  await ctx.db.query(`update engagement.message set state = 'waiting', sent_at = null where id = $1`, [message?.id])
  await send()
  expect(mail.received).toHaveLength(before + 1)
  clock.advance(5 * 60_000)
  await send()
  expect(mail.received).toHaveLength(before + 2)
  expect(last().headers['message-id']).toBe(id)
})

test('an address that does not exist is given up at once; one message’s failure does not hold the others', async () => {
  const lost = await buy({ contact: { name: 'X', email: 'inconnu@exemple.fr' } })
  const fine = await buy()
  await send()
  expect(await messagesOf(lost.orderId)).toEqual(['order_confirmation failed'])
  expect(await messagesOf(fine.orderId)).toEqual(['order_confirmation sent'])
})

test('a server that stays away is given up after a day and a half', async () => {
  const placed = await buy()
  const startedAt = clock.now().getTime()
  for (let attempt = 1; attempt <= 10; attempt++) {
    mail.refusals.push(421)
    await send()
    clock.advance(6 * 3600_000)
  }
  expect(await messagesOf(placed.orderId)).toEqual(['order_confirmation failed'])
  expect(clock.now().getTime()).toBeGreaterThan(startedAt)
  expect(mail.refusals).toEqual([])
})

test('two processes at once send each message once', async () => {
  const placed = await Promise.all(Array.from({ length: 6 }, () => buy()))
  await settle()
  const before = mail.received.length
  await Promise.all([1, 2, 3].map(() => run(sendMessagesJob.name)))
  expect(mail.received).toHaveLength(before + 6)
  for (const { orderId } of placed) expect(await messagesOf(orderId)).toEqual(['order_confirmation sent'])
})

test('a peak is sent at a pace: a full batch asks for the next one second later', async () => {
  await Promise.all(Array.from({ length: 25 }, () => buy()))
  await settle()
  await ctx.db.query('delete from graphile_worker._private_jobs')
  const before = mail.received.length
  await send()
  expect(mail.received).toHaveLength(before + 20)
  const { rows } = await ctx.db.query('select run_at from graphile_worker.jobs where key = $1', [sendMessagesJob.name])
  expect(rows).toEqual([{ run_at: new Date(clock.now().getTime() + 1000) }])
  await send()
  expect(mail.received).toHaveLength(before + 25)
})

test('staff who ship an order see its messages, whoever it goes to', async () => {
  const { orderId } = await buy({})
  await send()
  await ctx.db.query(
    `update orders.order_line set place_id = (select id from inventory.place where site_id = $2) where order_id = $1`,
    [orderId, lille],
  )
  const seenIn = async (siteId: string) =>
    (await asStaff(['messages:read'], [siteId])(endpoints.listMessages, { query: { orderId } })).items
  const [message] = await seenIn(lille)
  expect(message).toMatchObject({ orderId })
  expect(await seenIn(nantes)).toEqual([])
  const params = { messageId: message?.id ?? '' }
  expect(await asStaff(['messages:read'], [lille])(endpoints.getMessage, { params })).toMatchObject({ orderId })
})

test('a part of an address or a subject is found by an index, however many messages there are', async () => {
  await inTransaction(ctx.db, async (tx) => {
    await tx.query('set local enable_seqscan = off')
    await tx.query('set local enable_indexscan = off')
    const { rows } = await tx.query(
      `explain select 1 from engagement.message where recipient ilike '%camille%' or subject ilike '%confirm%'`,
    )
    expect(JSON.stringify(rows)).toContain('message_search')
  })
})

test('staff of a shop see the messages about its orders only', async () => {
  const there = await buy(pickup)
  const elsewhere = await buy({ delivery: { method: 'pickup', siteId: lille } })
  await send()
  const inNantes = asStaff(['messages:read'], [nantes])
  const seen = (await inNantes(endpoints.listMessages, { query: { limit: 200 } })).items
  expect(seen.map(({ orderId }) => orderId)).toContain(there.orderId)
  expect(seen.map(({ orderId }) => orderId)).not.toContain(elsewhere.orderId)
  const [other] = (await staff(endpoints.listMessages, { query: { orderId: elsewhere.orderId } })).items
  const refused = inNantes(endpoints.getMessage, { params: { messageId: other?.id ?? '' } })
  await expect(refused).rejects.toSatisfy(
    (error) => error instanceof ApiError && error.problem.code === 'engagement.not_found',
  )
  const { items, nextCursor } = await staff(endpoints.listMessages, { query: { limit: 3, q: 'CONFIRMÉE' } })
  expect(items).toHaveLength(3)
  const next = await staff(endpoints.listMessages, { query: { limit: 3, q: 'CONFIRMÉE', cursor: nextCursor ?? '' } })
  expect(next.items.map(({ id }) => id)).not.toContain(items[2]?.id)
})
