import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, ctx, shop, visitor, asStaff, settle: relay } = await createTestShop({ products: 6, unitsPerPlace: 900 })
const { provider } = app.wiring.placement
const staff = asStaff()
const rng = createTestRng()
const siteId = shop.sites['nantes'] ?? ''
const article = (n: number): string => shop.variantIds[n % shop.variantIds.length] ?? ''
const upTo = (n: number): number => rng.below(n)
const oneOf = <T>(items: readonly T[]): T | undefined => items[upTo(items.length)]

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, provider)
  await makeRefunds(ctx, provider)
  await relay()
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })

/** Three or four articles that are picked up, delivered with carriage, or both. */
async function bought() {
  const lines = Array.from({ length: 3 + upTo(2) }, (_, n) => ({ variantId: article(n), quantity: 1 + upTo(3) }))
  const way = upTo(3)
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase(lines, {
      substitutions: 'accept',
      ...(way === 0 ? { delivery: { method: 'pickup', siteId } } : {}),
      ...(way === 2 ? { pickups: [{ siteId, variantIds: [article(0), article(1)] }] } : {}),
    }),
  })
  await settle()
  return placed
}
type Bought = Awaited<ReturnType<typeof bought>>

const openLines = (order: Order) =>
  order.lines.filter(({ exception, fulfilledQuantity }) => exception === null && fulfilledQuantity === 0)

async function preparationsOf({ number }: Bought) {
  const { items } = await staff(endpoints.listFulfillments, { query: { q: number, limit: 20 } })
  return items.filter(({ state }) => state === 'to_prepare' || state === 'ready')
}

/** What may befall an order; what is too late for it is refused. */
const acts: Readonly<Record<string, (placed: Bought, order: Order) => Promise<unknown>>> = {
  async withdraw(placed, order) {
    const line = oneOf(openLines(order))
    if (!line) return
    await visitor(endpoints.declareWithdrawal, {
      body: {
        contract: { orderId: placed.orderId, token: placed.accessToken },
        lines: [{ lineId: line.id, quantity: line.quantity }],
        name: 'Camille Roux',
        email: 'camille@exemple.fr',
        locale: 'fr',
      },
    })
  },
  change: (placed, order) => change(placed, order, -1),
  async more(placed, order) {
    const answer = await change(placed, order, 1)
    if (!answer?.waiting) return
    const params = { orderId: placed.orderId, changeId: answer.waiting.id }
    const body = { token: placed.accessToken, card: 'tok_accept' }
    await visitor(endpoints.payChange, { params, body })
  },
  substitute: (placed) => missing(placed, true),
  shorten: (placed) => missing(placed, false),
  async part(placed, order) {
    const group = oneOf(order.groups.filter(({ cancellable }) => cancellable))
    const params = { orderId: placed.orderId, no: group?.no ?? 0 }
    if (group) await visitor(endpoints.cancelPart, { params, body: { token: placed.accessToken } })
  },
  async leave(placed, order) {
    const row = oneOf(await preparationsOf(placed))
    if (!row) return
    const params = { fulfillmentId: row.id }
    if (row.state === 'to_prepare') await staff(endpoints.markPrepared, { params })
    const group = order.groups.find(({ no }) =>
      order.lines.some((l) => l.groupNo === no && l.id === row.lines[0]?.lineId),
    )
    const code = group?.pickupCode ?? order.delivery.pickupCode ?? ''
    if (row.method === 'pickup') await staff(endpoints.handOver, { params, body: { pickupCode: code } })
    else await staff(endpoints.ship, { params, body: { carrier: 'C', trackingNumber: 'X' } })
  },
  async bringBack(placed, order) {
    const line = oneOf(order.lines.filter((one) => one.fulfilledQuantity > one.returnedQuantity))
    if (!line) return
    const quantity = 1 + upTo(line.fulfilledQuantity - line.returnedQuantity)
    await staff(endpoints.createReturn, {
      params: { orderId: placed.orderId },
      body: { siteId, lines: [{ lineId: line.id, quantity, reason: 'defective', disposition: 'restock' }] },
    })
  },
}

async function change(placed: Bought, order: Order, by: 1 | -1) {
  const { orderId, accessToken: token } = placed
  const line = oneOf(openLines(order))
  if (!line) return undefined
  const { revision } = await visitor(endpoints.getChangeable, { params: { orderId }, query: { token } })
  const quantity = Math.max(0, line.quantity + by)
  return visitor(endpoints.changeOrder, {
    params: { orderId },
    body: { token, revision, lines: [{ lineId: line.id, quantity }] },
  })
}

async function missing(placed: Bought, instead: boolean): Promise<void> {
  const row = oneOf((await preparationsOf(placed)).filter(({ method }) => method === 'pickup'))
  const line = row && oneOf(row.lines)
  if (!line) return
  const variantId = instead ? article(upTo(6)) : null
  const body = { lineId: line.lineId, reason: 'not_found' as const, variantId, quantity: 1 + upTo(line.quantity) }
  await staff(endpoints.substituteLine, { params: { fulfillmentId: row.id }, body })
}

/** What the books say: owed by the buyer, and sold with its VAT. */
async function booked(orderId: string): Promise<{ receivable: number; sold: number }> {
  const rows = await query<{ account: string; minor: number }>(
    ctx.db,
    sql`select account, sum(amount_minor)::int as minor from payments.ledger_entry where order_id = ${orderId} group by account`,
  )
  const of = (account: string): number => rows.find((row) => row.account === account)?.minor ?? 0
  return { receivable: of('receivable'), sold: 0 - of('sales') - of('vat') }
}

/** The carriage of a part of which nothing is kept is given back, whatever is kept of the others; that of a part that is kept is not. */
function expectCarriageBack({ lines, groups, delivery }: Order): void {
  const keptIn = (no: number | null) =>
    lines
      .filter(({ groupNo }) => groupNo === no)
      .reduce(
        (sum, line) =>
          sum + (line.exception === 'cancelled' ? line.fulfilledQuantity : line.quantity) - line.returnedQuantity,
        0,
      )
  for (const { no, fee, feeBack } of groups)
    expect(feeBack.amountMinor, `part ${no}`).toBe(keptIn(no) === 0 ? fee.amountMinor : 0)
  // That of what was cancelled before it left is out of the fee itself.
  if (groups.length > 0)
    expect(delivery.fee.amountMinor).toBeGreaterThanOrEqual(
      groups.reduce((sum, { no, fee }) => sum + (keptIn(no) === 0 ? 0 : fee.amountMinor), 0),
    )
  else expect(delivery.feeBack.amountMinor).toBe(keptIn(null) === 0 ? delivery.fee.amountMinor : 0)
}

async function expectWordsAndSumsToAgree(orderId: string): Promise<void> {
  const order = await orderOf(orderId)
  const sum = (amounts: readonly { amountMinor: number }[]) =>
    amounts.reduce((total, one) => total + one.amountMinor, 0)
  const total = order.total.amountMinor
  const ended = order.documentState !== 'confirmed'
  expect(sum(order.lines.map(({ lineTotal }) => lineTotal))).toBe(order.subtotal.amountMinor)
  expect(sum(order.lines.map(({ credited }) => credited))).toBe(order.credited.amountMinor)
  expect(order.subtotal.amountMinor - order.credited.amountMinor + order.delivery.fee.amountMinor).toBe(total)
  expect(sum(order.vatByRate.flatMap(({ base, vat }) => [base, vat]))).toBe(total)
  const back = sum(order.returns.map(({ refund }) => refund))
  expect(order.paid.amountMinor - order.refunded.amountMinor).toBe(ended ? 0 : total - back)
  expect(await booked(orderId)).toEqual({ receivable: 0, sold: ended ? 0 : total - back })
  if (!ended) expectCarriageBack(order)
  const { items } = await staff(endpoints.listOrders, { query: { q: order.number } })
  expect(items[0]?.total).toEqual(order.total)
  expect(items[0]?.paymentState).toBe(order.paymentState)
  const live = order.lines.map((line) => (line.exception === 'cancelled' ? line.fulfilledQuantity : line.quantity))
  expect(items[0]?.itemCount).toBe(live.reduce((units, quantity) => units + quantity, 0))
}

test('whatever befalls an order, its total is what is bought of it, its money and its books too', async () => {
  const done = new Map<string, number>()
  for (let round = 0; round < 9; round++) {
    const placed = await bought()
    const told: string[] = []
    for (let step = 0; step < 6; step++) {
      const name = oneOf(Object.keys(acts)) ?? ''
      const refused = await acts[name]?.(placed, await orderOf(placed.orderId)).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (refused !== undefined && !(refused instanceof ApiError && refused.problem.status < 500))
        throw refused as Error
      told.push(`${name}${refused ? ` (${refused.problem.code})` : ''}`)
      if (!refused) done.set(name, (done.get(name) ?? 0) + 1)
      await settle()
      await expectWordsAndSumsToAgree(placed.orderId).catch((error: unknown) => {
        throw new Error(`after ${told.join(', ')}`, { cause: error })
      })
    }
    expect(await brokenAtRest(ctx.db), told.join(', ')).toEqual([])
  }
  expect(done.size).toBeGreaterThan(5)
})
