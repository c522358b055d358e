import type { CompanyPurchase, PurchaseRequest } from '@ecluse/contracts/company-orders.ts'
import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, may, systemContext, type Actor, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { Refusal, refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { companyById, memberById, sitesOfCompany, type CompanyActor } from '../../customers/public.ts'
import { freeHours } from '../hours/free-hours.ts'
import { freeHolds } from '../passes/hold-cart.ts'
import { placeOrder, type PlacementDeps } from '../place-order.ts'
import { selectCartLines } from '../queries/carts.ts'
import { lockRequest } from '../queries/locks.ts'
import { keptHoursOf } from '../queries/kept-hours.ts'
import {
  decideStep,
  overdueRequests,
  requestById,
  requestsToPlace,
  stepsOf,
  updateRequest,
  type RequestRow,
  type RequestState,
  type StepRow,
} from '../queries/purchase-requests.ts'
import { mayDecide, tellNext } from './ask-approval.ts'
import { openBudgets } from './budgets.ts'
import { openCredit } from './buy-for-company.ts'
import { companySale, type Budget, type CompanyBuyer } from './company-sale.ts'
import { creditState, grantPoolOf } from './credit.ts'
import { dueOn } from './draw-purchase.ts'

/** Whether this actor decides the step that is next. */
export function decidesNow(
  actor: CompanyActor,
  who: Actor,
  request: Pick<RequestRow, 'state' | 'order_id' | 'member_id'>,
  steps: readonly StepRow[],
): boolean {
  const step = steps.find(({ state }) => state === 'waiting')
  if (request.state !== 'waiting' || request.order_id !== null || !step) return false
  if (step.by_staff) return may(who, 'credit:write')
  if (actor.as !== 'member' || !mayDecide(actor.member, request.member_id)) return false
  return step.member_id === null || step.member_id === actor.member.id
}

/**
 * Approves or refuses the step that is next; after the last approval the purchase may be placed.
 * @returns whether it is approved by all now
 * @throws orders.request_not_found, orders.request_state, orders.not_your_step
 */
export async function decideRequest(
  ctx: Ctx,
  tx: Tx,
  actor: CompanyActor,
  requestId: string,
  answer: { approved: boolean; reason: string },
): Promise<boolean> {
  const request = await requestIn(tx, actor, requestId, ['waiting'])
  const now = ctx.clock.now()
  if (request.expires_at <= now) throw refuse('orders.request_state', { state: 'expired' })
  const steps = await stepsOf(tx, requestId)
  if (!decidesNow(actor, ctx.actor, request, steps)) throw refuse('orders.not_your_step')
  const step = steps.find(({ state }) => state === 'waiting')
  assert(step, 'a request that waits has a step that waits')
  const by = actor.as === 'member' ? actor.member.name : (actorLabel(ctx.actor) ?? '')
  const reason = answer.reason || null
  await decideStep(tx, requestId, step.position, { state: answer.approved ? 'approved' : 'refused', by, reason }, now)
  if (!answer.approved) {
    await endRequest(ctx, tx, request, 'refused', reason, { by })
    return false
  }
  const others = steps.some(({ position, state }) => position !== step.position && state === 'waiting')
  if (others) {
    await tellNext(ctx, tx, request)
    return false
  }
  await updateRequest(tx, requestId, 'approved', null, now)
  await tell(ctx, tx, 'orders.request_approved', request, { by })
  return true
}

/** @throws orders.request_not_found, orders.request_state, customers.company_role */
export async function withdrawRequest(ctx: Ctx, tx: Tx, actor: CompanyActor, requestId: string): Promise<void> {
  const request = await requestIn(tx, actor, requestId, ['waiting', 'approved'])
  if (!mayWithdraw(actor, request)) throw refuse('customers.company_role')
  await endRequest(ctx, tx, request, 'withdrawn', null, {})
}

/** Whoever made a request takes it back, and whoever keeps the company's affairs. */
export function mayWithdraw(
  actor: CompanyActor,
  request: Pick<RequestRow, 'member_id' | 'state' | 'order_id'>,
): boolean {
  if (request.order_id !== null || (request.state !== 'waiting' && request.state !== 'approved')) return false
  return actor.as !== 'member' || actor.member.id === request.member_id || actor.member.role === 'administrator'
}

/** Ends the requests nobody decided or ordered in time, and frees their goods and hours. @returns how many ended */
export async function expireRequests(ctx: Ctx): Promise<number> {
  let expired = 0
  for (const requestId of await overdueRequests(ctx.db, ctx.clock.now(), 200)) {
    await inTransaction(ctx.db, async (tx) => {
      const request = await lockRequest(tx, requestId)
      if (!request || request.order_id !== null || !['waiting', 'approved'].includes(request.state)) return
      await endRequest(ctx, tx, request, 'expired', null, {})
      expired += 1
    })
  }
  ctx.wakeRelay()
  return expired
}

async function requestIn(
  tx: Tx,
  actor: CompanyActor,
  requestId: string,
  states: readonly RequestState[],
): Promise<RequestRow> {
  const request = await lockRequest(tx, requestId)
  if (!request || request.company_id !== actor.company.id) throw refuse('orders.request_not_found')
  if (request.order_id !== null) throw refuse('orders.request_state', { state: 'ordered' })
  if (!states.includes(request.state)) throw refuse('orders.request_state', { state: request.state })
  return request
}

async function endRequest(
  ctx: Ctx,
  tx: Tx,
  request: RequestRow,
  ending: 'refused' | 'withdrawn' | 'expired',
  reason: string | null,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const lines = await selectCartLines(tx, request.id)
  await freeHolds(ctx, tx, request.id, lines, ending === 'expired' ? 'expire' : 'release')
  const document = { id: request.id, channelCode: request.channel_code }
  await freeHours(ctx, tx, document, await keptHoursOf(tx, request.id), ending === 'expired' ? 'expire' : 'release')
  await updateRequest(tx, request.id, ending, reason, ctx.clock.now())
  await tell(ctx, tx, `orders.request_${ending}`, request, {
    ...details,
    reason,
    lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
  })
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  type: `orders.request_${'approved' | 'refused' | 'withdrawn' | 'expired'}`,
  request: RequestRow,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, number, company_id: companyId, member_id: memberId } = request
  const payload = { requestId: id, number, companyId, memberId, ...details }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: id, channelCode: request.channel_code, payload }])
}

/**
 * Places what was approved. Its cart becomes one order at the most, however often this is tried: by the last approver, by the job
 * that follows, or by its buyer.
 * @throws orders.request_state, payments.*, orders.*
 */
export async function placeRequest(
  deps: PlacementDeps,
  ctx: Ctx,
  requestId: string,
  payment: CompanyPurchase['payment'],
): Promise<PlacedOrder> {
  const request = await requestById(ctx.db, requestId)
  if (!request) throw refuse('orders.request_not_found')
  if (request.order_id !== null) throw refuse('orders.request_state', { state: 'ordered' })
  if (request.state !== 'approved') throw refuse('orders.request_state', { state: request.state })
  const { purchase } = request.purchase
  const buyer = await buyerOfRequest(ctx, request)
  const credit = payment.method === 'on_account' ? await creditState(ctx, ctx.db, request.company_id) : undefined
  if (payment.method === 'on_account' && !credit) throw refuse('payments.not_on_account')
  if (credit?.blockedBy) throw refuse('payments.credit_blocked', { reason: credit.blockedBy })
  const granted = request.causes.includes('credit_limit')
  const budgets = credit ? (granted ? await grantBeside(ctx, request) : await openCredit(ctx, buyer.company.id)) : []
  const sale = companySale(ctx, buyer, new Map(), payment, budgets, {
    purchase_reference: purchase.purchaseReference || null,
    buyer_reference: purchase.buyerReference || null,
    cost_centre: purchase.costCentre || null,
    request_id: requestId,
    due_on: credit ? dueOn(credit, ctx.clock.now()) : null,
  })
  const { delivery } = purchase
  // Whoever approves does not buy: the order is its buyer's.
  return placeOrder(
    deps,
    systemContext(ctx, 'approval'),
    {
      channel: request.channel_code,
      locale: purchase.locale,
      cartId: requestId,
      contact: purchase.contact,
      delivery: delivery.method === 'pickup' ? delivery : { ...delivery, address: buyer.site.address },
      payments: [],
      ...(purchase.gift ? { gift: purchase.gift } : {}),
      ...(purchase.appointment ? { appointment: purchase.appointment } : {}),
    },
    sale,
  )
}

async function buyerOfRequest(ctx: Ctx, request: RequestRow): Promise<CompanyBuyer> {
  const company = await companyById(ctx.db, request.company_id)
  const site = (await sitesOfCompany(ctx.db, request.company_id)).find(({ id }) => id === request.site_id)
  assert(company && site, 'a request has its company and site')
  if (!company.active) throw refuse('customers.company_inactive')
  const member = request.member_id === null ? undefined : await memberById(ctx.db, request.member_id)
  return { company, site, member: member ?? null, name: request.requester_name }
}

/** Credit our staff granted to this one purchase, beside the company's limit. */
async function grantBeside(ctx: Ctx, request: RequestRow): Promise<Budget[]> {
  const poolId = grantPoolOf(request.id)
  await openBudgets(ctx, 'credit', [{ poolId, limitMinor: request.total_minor }])
  return [{ kind: 'credit', poolId }]
}

/** Places what was approved on account and is not placed yet. What is refused now is tried again until it expires. */
export async function placeApproved(deps: PlacementDeps, ctx: Ctx): Promise<void> {
  for (const requestId of await requestsToPlace(ctx.db, 100)) await placeIfPossible(deps, ctx, requestId)
}

/** @returns the state of a request's order; null when it could not be placed now */
export async function placeIfPossible(
  deps: PlacementDeps,
  ctx: Ctx,
  requestId: string,
): Promise<PurchaseRequest['order'] | null> {
  // The key of the decision that led here is not the order's.
  const { idempotency: _key, ...alone } = ctx
  try {
    const { orderId, number, accessToken } = await placeRequest(deps, alone, requestId, { method: 'on_account' })
    return { id: orderId, number, accessToken }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.warn({ code: error.code, requestId }, 'an approved purchase was not placed; it will be tried again')
    return null
  }
}
