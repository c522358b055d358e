import type { ApprovalCause, AskedRequest, CompanyPurchase } from '@ecluse/contracts/company-orders.ts'
import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import { command, Replay, replayIfAnswered } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { Refusal, refuse } from '../../../kernel/errors.ts'
import type { ReadModel } from '../../offers/public.ts'
import { hourLines, type HourWish } from '../hours/find-hours.ts'
import { withHours } from '../hours/keep-hours.ts'
import { placeOrder, type PlacementDeps } from '../place-order.ts'
import { promiseDates } from '../promise-dates.ts'
import { openBudgets } from './budgets.ts'
import { askApproval } from './ask-approval.ts'
import { companySale, type Budget } from './company-sale.ts'
import { creditPoolOf, setCredit } from './credit.ts'
import { drawPurchase, dueOn, type DrawnPurchase } from './draw-purchase.ts'

/**
 * Buys for a company: placed at once, or put before its approvers when it goes over a limit. Limits and credit are taken with the
 * stock, so that two buyers at once never go over them together: the second finds them used, and asks.
 *
 * @throws customers.*, orders.*, payments.*, channels.not_found, access.*
 */
export async function buyForCompany(
  deps: PlacementDeps,
  ctx: Ctx,
  companyId: string,
  asked: CompanyPurchase,
): Promise<PlacedOrder | AskedRequest> {
  try {
    return await placeOrAsk(deps, ctx, companyId, asked)
  } catch (error) {
    // Whoever repeats a request is answered as the first time, whatever a price, a limit or the credit has become since.
    if (!(error instanceof Replay)) await replayIfAnswered(ctx)
    throw error
  }
}

async function placeOrAsk(
  deps: PlacementDeps,
  ctx: Ctx,
  companyId: string,
  asked: CompanyPurchase,
): Promise<PlacedOrder | AskedRequest> {
  const drawn = await drawPurchase(ctx, deps, companyId, asked)
  if (drawn.buyer.company.reference_required && !asked.purchaseReference) throw refuse('orders.reference_required')
  const onAccount = asked.payment.method === 'on_account'
  const short = onAccount ? requireCredit(drawn) : false
  const causes = [...drawn.causes, ...(short ? ['credit_limit' as const] : [])]
  const ask = (because: readonly ApprovalCause[]) => {
    const wish = requestedHours(deps.model, drawn, asked, ctx.clock.now())
    return withHours(deps, ctx, wish, (found) =>
      command(ctx, (tx) => askApproval(ctx, tx, deps.model, drawn, asked, because, found)),
    )
  }
  if (causes.length > 0) return ask(causes)
  try {
    return await place(deps, ctx, drawn, asked)
  } catch (error) {
    const full = fullOf(error)
    if (full === undefined) throw error
    // Somebody else used what was left meanwhile.
    const again = await drawPurchase(ctx, deps, companyId, asked)
    if (full === 'credit' && !(onAccount && requireCredit(again))) throw error
    return ask(again.causes.length > 0 ? again.causes : [full === 'credit' ? 'credit_limit' : 'member_month'])
  }
}

/** The hours a purchase names, to be kept until it is approved. */
function requestedHours(
  model: ReadModel,
  { body, buyer, priced }: DrawnPurchase,
  { delivery, appointment, locale }: CompanyPurchase,
  now: Date,
): HourWish {
  const windowId = delivery.method === 'delivery' ? delivery.windowId : undefined
  return {
    window: windowId === undefined ? null : { windowId, address: buyer.site.address },
    slot: null,
    appointment: appointment ?? null,
    lines: hourLines(model, priced.lines),
    locale,
    readyAt: promiseDates(model, priced.terms, body.delivery, now).promisedAt,
    kept: [],
    sameLoad: false,
  }
}

/** Which of its own limits a company's purchase found used, if that is why it was refused. */
function fullOf(error: unknown): 'spending' | 'credit' | undefined {
  if (!(error instanceof Refusal) || error.code !== 'orders.promise_full') return undefined
  const { kind } = error.details as { kind: string }
  return kind === 'spending' || kind === 'credit' ? kind : undefined
}

/**
 * Whether something may be bought on account, and whether credit is short by it.
 * @throws payments.not_on_account, payments.credit_blocked, payments.credit_exceeded
 */
function requireCredit({ credit, priced }: Pick<DrawnPurchase, 'credit' | 'priced'>): boolean {
  if (!credit) throw refuse('payments.not_on_account')
  if (credit.blockedBy) throw refuse('payments.credit_blocked', { reason: credit.blockedBy })
  const available = credit.availableMinor
  if (available === null || priced.totalMinor <= available) return false
  if (credit.account.over_limit === 'refuse')
    throw refuse('payments.credit_exceeded', { availableMinor: Number(available > 0n ? available : 0n) })
  return true
}

async function place(
  deps: PlacementDeps,
  ctx: Ctx,
  drawn: DrawnPurchase,
  asked: CompanyPurchase,
): Promise<PlacedOrder> {
  const { buyer, budgets, credit, body } = drawn
  await openBudgets(ctx, 'spending', budgets)
  const onAccount = asked.payment.method === 'on_account' && credit
  const taken: Budget[] = [...budgets, ...(onAccount ? await openCredit(ctx, buyer.company.id) : [])]
  const sale = companySale(ctx, buyer, drawn.prices, asked.payment, taken, {
    purchase_reference: asked.purchaseReference || null,
    buyer_reference: asked.buyerReference || null,
    cost_centre: asked.costCentre || null,
    request_id: null,
    due_on: onAccount ? dueOn(credit, ctx.clock.now()) : null,
  })
  return placeOrder(deps, ctx, body, sale)
}

/** What an order on account takes its total of; nothing where credit has no limit. */
export async function openCredit(ctx: Ctx, companyId: string): Promise<Budget[]> {
  const limited = await inTransaction(ctx.db, (tx) => setCredit(tx, companyId))
  return limited ? [{ kind: 'credit', poolId: creditPoolOf(companyId) }] : []
}
