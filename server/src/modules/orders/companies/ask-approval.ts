import type { ApprovalCause, AskedRequest, CompanyPurchase } from '@ecluse/contracts/company-orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { membersOfCompany, rulesOfCompany, type MemberRow } from '../../customers/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { requestNumberOf } from '../domain/order-number.ts'
import type { FoundHour } from '../hours/find-hours.ts'
import { hourHeldUntil, keepHours } from '../hours/keep-hours.ts'
import { exchangeHolds, freeHolds } from '../passes/hold-cart.ts'
import { deleteCart, insertCart, selectCartLines } from '../queries/carts.ts'
import { lockCart } from '../queries/locks.ts'
import {
  insertRequest,
  insertSteps,
  stepsOf,
  type RequestedPurchase,
  type RequestRow,
} from '../queries/purchase-requests.ts'
import { openQuoteCart } from '../queries/quotes.ts'
import type { DrawnPurchase } from './draw-purchase.ts'

/** How long approvers have, and goods are kept for them. */
const requestDays = 7

/** The revision that tells the cart of a request from that of a quote: nobody changes it, and only its approval places it. */
const requestRevision = 0

/**
 * Puts a purchase before its approvers instead of placing it: prices, goods and hours are kept until they have decided.
 * @throws orders.no_approver, orders.out_of_stock, orders.promise_full, orders.cart_not_found
 */
export async function askApproval(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  drawn: DrawnPurchase,
  asked: CompanyPurchase,
  causes: readonly ApprovalCause[],
  found: readonly FoundHour[],
): Promise<AskedRequest> {
  const { buyer, channel, priced } = drawn
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const days = new Date(now.getTime() + requestDays * 86_400_000)
  // Nobody approves what could not be kept any more.
  const expiresAt = found.reduce((until, { lastAt }) => hourHeldUntil(ctx, lastAt, until), days)
  const steps = await stepsFor(tx, drawn, causes)
  // The cart it was put together in is done with: its goods are kept by the request from now on.
  if (asked.cartId !== undefined) await giveUpCart(ctx, tx, asked.cartId)
  const purchase = requested(drawn, asked)
  const { lines, feeMinor } = purchase
  await insertCart(tx, { id, channelId: channel.id, accountId: buyer.member?.account_id ?? null }, now)
  await openQuoteCart(
    tx,
    { id, revision: requestRevision, validUntil: expiresAt, channelCode: channel.code },
    { lines, delivery: { method: asked.delivery.method, feeMinor } },
    now,
  )
  const siteId = asked.delivery.method === 'pickup' ? asked.delivery.siteId : null
  const cart = { cartId: id, channelCode: channel.code }
  const placeId = found.find(({ kind }) => kind === 'window')?.placeId ?? null
  await exchangeHolds(ctx, tx, model, cart, await selectCartLines(tx, id), { siteId, placeId, until: expiresAt })
  await keepHours(ctx, tx, { id, channelCode: channel.code }, found, expiresAt)
  const number = requestNumberOf(id)
  const vatMinor = priced.lines.reduce((sum, line) => sum + line.vatMinor, priced.feeVatMinor)
  await insertRequest(tx, {
    id,
    number,
    company_id: buyer.company.id,
    site_id: buyer.site.id,
    member_id: buyer.member?.id ?? null,
    requester_name: buyer.name,
    channel_code: channel.code,
    state: 'waiting',
    causes: [...causes],
    purchase,
    total_minor: priced.totalMinor,
    vat_minor: vatMinor,
    created_at: now,
    expires_at: expiresAt,
  })
  await insertSteps(
    tx,
    steps.map((step, position) => ({ request_id: id, position, ...step, state: 'waiting' })),
  )
  await tellNext(ctx, tx, {
    id,
    number,
    company_id: buyer.company.id,
    member_id: buyer.member?.id ?? null,
    channel_code: channel.code,
  })
  return {
    requestId: id,
    requestNumber: number,
    causes: [...causes],
    total: toMoney(priced.totalMinor, channel.currency),
    expiresAt: expiresAt.toISOString(),
  }
}

async function giveUpCart(ctx: Ctx, tx: Tx, cartId: string): Promise<void> {
  const cart = await lockCart(tx, cartId)
  if (!cart || cart.quote_revision !== null) throw refuse('orders.cart_not_found')
  await freeHolds(ctx, tx, cartId, await selectCartLines(tx, cartId), 'release')
  await deleteCart(tx, cartId)
}

function requested({ priced, body }: DrawnPurchase, asked: CompanyPurchase): RequestedPurchase {
  const { lines: _lines, cartId: _cart, payment, ...purchase } = asked
  return {
    purchase: { ...purchase, contact: body.contact, payment: payment.method },
    lines: priced.lines.map(({ sellable, quantity }) => ({
      variantId: sellable.variantId,
      sku: sellable.sku,
      name: sellable.name[asked.locale] || sellable.name.fr,
      variantLabel: sellable.label[asked.locale],
      imageUrl: sellable.imageUrl,
      quantity,
      unitMinor: Number(sellable.unitPriceMinor),
      vatBasisPoints: sellable.vatBasisPoints,
    })),
    feeMinor: Number(priced.feeMinor),
    feeVatMinor: Number(priced.feeVatMinor),
  }
}

type Step = { readonly member_id: string | null; readonly by_staff: boolean }

/**
 * Who decides, in order: those whose amount is reached, never the requester; where nobody is named, any other approver. Credit over its
 * limit is granted by our staff, after the company's own.
 */
async function stepsFor(tx: Tx, { buyer, priced }: DrawnPurchase, causes: readonly ApprovalCause[]): Promise<Step[]> {
  const staff = causes.includes('credit_limit') ? [{ member_id: null, by_staff: true }] : []
  if (causes.every((cause) => cause === 'credit_limit')) return staff
  const members = await membersOfCompany(tx, buyer.company.id)
  const deciding = new Set(members.filter((member) => mayDecide(member, buyer.member?.id ?? null)).map(({ id }) => id))
  const named = (await rulesOfCompany(tx, buyer.company.id))
    .filter(({ from_minor, member_id }) => from_minor <= priced.totalMinor && deciding.has(member_id))
    .map(({ member_id }): Step => ({ member_id, by_staff: false }))
  if (named.length > 0) return [...named, ...staff]
  if (deciding.size === 0) throw refuse('orders.no_approver')
  return [{ member_id: null, by_staff: false }, ...staff]
}

/** Whether somebody may decide over what somebody else asks. */
export function mayDecide(member: Pick<MemberRow, 'id' | 'role' | 'state'>, requesterId: string | null): boolean {
  return member.id !== requesterId && member.role !== 'buyer' && member.state === 'active'
}

/** Tells those whose decision is next; each is told by an event of their own, so that each is written to. */
export async function tellNext(
  ctx: Ctx,
  tx: Tx,
  request: Pick<RequestRow, 'id' | 'number' | 'company_id' | 'member_id' | 'channel_code'>,
): Promise<void> {
  const step = (await stepsOf(tx, request.id)).find(({ state }) => state === 'waiting')
  if (!step) return
  const members = step.by_staff ? [] : await membersOfCompany(tx, request.company_id)
  const asked = members.filter(
    (member) => mayDecide(member, request.member_id) && (step.member_id === null || step.member_id === member.id),
  )
  const about = { version: 1, aggregateId: request.id, channelCode: request.channel_code }
  const payload = { requestId: request.id, number: request.number, companyId: request.company_id, step: step.position }
  await publish(
    tx,
    ctx,
    step.by_staff
      ? [{ ...about, type: 'orders.credit_asked', payload }]
      : asked.map(({ id }) => ({ ...about, type: 'orders.approval_asked', payload: { ...payload, memberId: id } })),
  )
}
