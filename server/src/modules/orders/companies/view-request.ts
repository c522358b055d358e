import type { PurchaseRequest, RequestSummary } from '@ecluse/contracts/company-orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import { viewHour } from '../hours/keep-hours.ts'
import { keptHoursOf } from '../queries/kept-hours.ts'
import type { CompanyActor } from '../../customers/public.ts'
import { orderOfRequest, requestById, stepsOf, type RequestRow } from '../queries/purchase-requests.ts'
import { decidesNow, mayWithdraw } from './decide-request.ts'

/** Whether somebody sees what others of the company asked for and ordered. */
export const seesAll = (actor: CompanyActor): boolean => actor.as !== 'member' || actor.member.role !== 'buyer'

/** One request, for whoever may see it. @throws orders.request_not_found */
export async function viewRequest(
  ctx: Pick<Ctx, 'actor'>,
  db: Queryable,
  model: ReadModel,
  actor: CompanyActor,
  requestId: string,
): Promise<PurchaseRequest> {
  const row = await requestById(db, requestId)
  const own = actor.as === 'member' && row?.member_id === actor.member.id
  if (!row || row.company_id !== actor.company.id || !(own || seesAll(actor))) throw refuse('orders.request_not_found')
  const steps = await stepsOf(db, requestId)
  const order = row.order_id === null ? undefined : await orderOfRequest(db, row.order_id)
  const { purchase } = row.purchase
  return {
    ...requestSummary(row),
    payment: purchase.payment,
    purchaseReference: purchase.purchaseReference || null,
    ...sumsOf(row),
    steps: steps.map((step) => ({
      position: step.position,
      memberName: step.member_name,
      byStaff: step.by_staff,
      state: step.state,
      decidedBy: step.decided_by,
      decidedAt: step.decided_at?.toISOString() ?? null,
      reason: step.reason,
    })),
    reason: row.reason,
    hours:
      row.order_id === null
        ? (await keptHoursOf(db, requestId)).map((hour) => viewHour(model, hour, hour.heldUntil))
        : [],
    order: order ? { id: order.id, number: order.number, accessToken: order.access_token } : null,
    may: {
      decide: decidesNow(actor, ctx.actor, row, steps),
      order: row.state === 'approved' && row.order_id === null && (own || actor.as !== 'member'),
      withdraw: mayWithdraw(actor, row),
    },
  }
}

/** Amounts of a request, without VAT line by line; VAT is taken out of each line's total, as everywhere. */
function sumsOf({ purchase: { lines, feeMinor, feeVatMinor }, total_minor, vat_minor }: RequestRow) {
  const money = (minor: bigint | number) => toMoney(BigInt(minor))
  return {
    lines: lines.map(({ unitMinor, quantity, vatBasisPoints, ...line }) => ({
      ...line,
      quantity,
      vatRateBasisPoints: vatBasisPoints,
      unitNet: netOf(BigInt(unitMinor), vatBasisPoints),
      lineNet: netOf(BigInt(unitMinor) * BigInt(quantity), vatBasisPoints),
    })),
    net: money(total_minor - vat_minor),
    vat: money(vat_minor),
    fee: money(feeMinor - feeVatMinor),
    total: money(total_minor),
  }
}

/** An amount without the VAT that is in it. */
export function netOf(grossMinor: bigint, vatBasisPoints: number) {
  return toMoney(grossMinor - vatIncludedIn(grossMinor, vatBasisPoints))
}

/** One row of a list of requests. */
export function requestSummary(row: RequestRow): RequestSummary {
  return {
    id: row.id,
    number: row.number,
    companyId: row.company_id,
    companyName: row.company_name,
    siteName: row.site_name,
    requesterName: row.requester_name,
    state: row.order_id === null ? row.state : 'ordered',
    causes: row.causes,
    total: toMoney(row.total_minor),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}

/** What messages say of a request. */
export type RequestForMessage = Pick<
  RequestSummary,
  'number' | 'companyId' | 'companyName' | 'siteName' | 'requesterName' | 'total'
> & {
  readonly payment: 'on_account' | 'online_card'
  readonly reason: string | null
  readonly expiresAt: Date
}

export async function requestForMessage(db: Queryable, requestId: string): Promise<RequestForMessage | undefined> {
  const row = await requestById(db, requestId)
  if (!row) return undefined
  const { payment } = row.purchase.purchase
  return { ...requestSummary(row), payment, reason: row.reason, expiresAt: row.expires_at }
}
