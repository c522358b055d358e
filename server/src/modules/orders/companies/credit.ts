import type { AgedRow, Credit } from '@ecluse/contracts/credit.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { poolIdOf } from '../../inventory/public.ts'
import {
  creditAccount,
  creditAccounts,
  daysLate,
  insertPayments,
  lockCreditLimit,
  owedOf,
  publishCaptured,
  type CreditRow,
} from '../../payments/public.ts'
import { lowerPromises, readPools, setCapacity, settlePromises } from '../../promises/public.ts'
import {
  creditPromise,
  deleteOrderPromise,
  grantedBeside,
  ordersOnAccount,
  shrinkOrderPromise,
} from '../queries/company-orders.ts'
import { lockOrder } from '../queries/locks.ts'
import { dayOf } from './budgets.ts'

/** The pool of a company's credit. */
export const creditPoolOf = (companyId: string): string => poolIdOf('credit', companyId)
/** The pool of credit granted to one request beside the limit. */
export const grantPoolOf = (requestId: string): string => poolIdOf('credit beside', requestId)

type OrderOnAccount = Awaited<ReturnType<typeof ordersOnAccount>>[number]

/** What a company may buy on account and what it owes. */
export type CreditState = {
  readonly account: CreditRow
  /** What is left of its limit, less what was granted beside it; below nothing when it was lowered. Null: no limit. */
  readonly availableMinor: bigint | null
  readonly blockedBy: 'hand' | 'late' | null
}

/** The credit of a company now; undefined when there is none. */
export async function creditState(ctx: Ctx, db: Queryable, companyId: string): Promise<CreditState | undefined> {
  const account = await creditAccount(db, companyId)
  if (!account) return undefined
  const poolId = creditPoolOf(companyId)
  const beside = await grantedBeside(db, companyId, poolId)
  const [pool] = await readPools(db, [poolId])
  const capacityMinor = account.limit_minor === null ? null : maxOf(0n, account.limit_minor - beside)
  const late = account.block_after_days === null ? [] : await ordersOnAccount(db, companyId)
  return {
    account,
    availableMinor: capacityMinor === null ? null : capacityMinor - (pool ? pool.held + pool.committed : 0n),
    blockedBy: blockedBy(account, late, dayOf(ctx.clock.now())),
  }
}

/**
 * Brings the pool of a company's credit to what its limit is now. Whoever changes the limit does so in the same transaction: once it
 * is lowered, no order goes beyond it, not even one that was drawn up before.
 * @returns whether there is a limit
 */
export async function setCredit(tx: Tx, companyId: string): Promise<boolean> {
  const limit = await lockCreditLimit(tx, companyId)
  if (limit === null || limit === undefined) return false
  const poolId = creditPoolOf(companyId)
  const beside = await grantedBeside(tx, companyId, poolId)
  await setCapacity(tx, 'credit', [{ poolId, capacity: maxOf(0n, limit - beside) }])
  return true
}

const maxOf = (a: bigint, b: bigint): bigint => (a > b ? a : b)

function blockedBy(account: CreditRow, orders: readonly OrderOnAccount[], today: string): 'hand' | 'late' | null {
  if (account.blocked) return 'hand'
  const most = account.block_after_days
  if (most === null) return null
  return orders.some(({ receivable, dueOn }) => receivable > 0n && daysLate(dueOn, today) > most) ? 'late' : null
}

/** The credit of a company as the API shows it; what is owed comes from the ledger. */
export async function viewCredit(ctx: Ctx, db: Queryable, companyId: string): Promise<Credit> {
  const state = await creditState(ctx, db, companyId)
  const today = dayOf(ctx.clock.now())
  const owed = (await ordersOnAccount(db, companyId)).filter(({ receivable }) => receivable > 0n)
  const sum = (orders: readonly OrderOnAccount[]) => orders.reduce((total, order) => total + order.receivable, 0n)
  const account = state?.account
  return {
    account: account
      ? {
          terms: account.terms,
          limitMinor: account.limit_minor === null ? null : Number(account.limit_minor),
          overLimit: account.over_limit,
          blockAfterDays: account.block_after_days,
          blocked: account.blocked,
        }
      : null,
    outstanding: toMoney(sum(owed)),
    available: state?.availableMinor == null ? null : toMoney(maxOf(0n, state.availableMinor)),
    overdue: toMoney(sum(owed.filter(({ dueOn }) => daysLate(dueOn, today) > 0))),
    blockedBy: state?.blockedBy ?? null,
  }
}

/** The orders a company has not paid, the first due first. */
export async function owedOrders(ctx: Ctx, db: Queryable, companyId: string) {
  const today = dayOf(ctx.clock.now())
  return (await ordersOnAccount(db, companyId)).flatMap((order) =>
    order.receivable <= 0n
      ? []
      : [
          {
            orderId: order.orderId,
            number: order.number,
            placedAt: order.placedAt.toISOString(),
            purchaseReference: order.purchaseReference,
            dueOn: order.dueOn,
            total: toMoney(order.totalMinor),
            owed: toMoney(order.receivable),
            daysLate: Math.max(0, daysLate(order.dueOn, today)),
          },
        ],
  )
}

/** What each company owes, by how late it is; the oldest first. */
export async function agedBalances(
  ctx: Ctx,
  db: Queryable,
): Promise<{ asOf: string; items: AgedRow[]; total: ReturnType<typeof toMoney> }> {
  const asOf = dayOf(ctx.clock.now())
  const owed = (await ordersOnAccount(db, null)).filter(({ receivable }) => receivable > 0n)
  const byCompany = new Map<string, OrderOnAccount[]>()
  for (const order of owed) byCompany.set(order.companyId, [...(byCompany.get(order.companyId) ?? []), order])
  const accounts = await creditAccounts(db, [...byCompany.keys()])
  const items = [...byCompany].map(([companyId, orders]): AgedRow => {
    const between = (least: number, most: number) =>
      toMoney(
        orders.reduce((sum, { dueOn, receivable }) => {
          const days = daysLate(dueOn, asOf)
          return days >= least && days <= most ? sum + receivable : sum
        }, 0n),
      )
    const account = accounts.find(({ party_id }) => party_id === companyId)
    return {
      companyId,
      companyName: orders[0]?.companyName ?? '',
      notDue: between(-Infinity, 0),
      days1to30: between(1, 30),
      days31to60: between(31, 60),
      days61to90: between(61, 90),
      daysOver90: between(91, Infinity),
      total: between(-Infinity, Infinity),
      oldestDueOn: orders[0]?.dueOn ?? asOf,
      blockedBy: account ? blockedBy(account, orders, asOf) : null,
    }
  })
  return { asOf, items, total: toMoney(owed.reduce((sum, { receivable }) => sum + receivable, 0n)) }
}

/**
 * Records a transfer against orders of a company: each becomes a payment of its order, which the ledger books, and frees as much
 * of the credit.
 * @throws orders.not_found, payments.more_than_owed
 */
export async function recordTransfer(
  ctx: Ctx,
  tx: Tx,
  companyId: string,
  transfer: { reference: string; receivedOn: string; orders: readonly { orderId: string; amountMinor: number }[] },
): Promise<void> {
  const mine = new Map((await ordersOnAccount(tx, companyId)).map((order) => [order.orderId, order]))
  const now = ctx.clock.now()
  // Locks of orders are taken in the order of their ids.
  const parts = [...transfer.orders].sort((a, b) => (a.orderId < b.orderId ? -1 : 1))
  for (const { orderId, amountMinor } of parts) {
    const order = mine.has(orderId) ? await lockOrder(tx, orderId) : undefined
    if (!order) throw refuse('orders.not_found')
    const [row] = await owedOf(tx, [orderId])
    const owed = row?.owed ?? 0n
    if (BigInt(amountMinor) > owed) throw refuse('payments.more_than_owed', { orderId, owedMinor: Number(owed) })
    const payment = {
      order_id: orderId,
      id: ctx.ids.next(),
      method: 'bank_transfer' as const,
      provider: 'bank_transfer',
      provider_reference: `${transfer.receivedOn} ${transfer.reference}`,
      state: 'captured' as const,
      amount_minor: BigInt(amountMinor),
      currency: order.currency,
      attempts: 1,
      created_at: now,
      settled_at: now,
    }
    await insertPayments(tx, [payment])
    await publishCaptured(ctx, tx, [payment])
    await adjustCredit(ctx, tx, orderId)
  }
}

/** Brings what an order takes of its company's credit down to what is owed for it; for whoever has the order's lock. */
export async function adjustCredit(ctx: Ctx, tx: Tx, orderId: string): Promise<void> {
  const promise = await creditPromise(tx, orderId)
  const [row] = await owedOf(tx, [orderId])
  const owed = row?.owed ?? 0n
  if (!promise || owed >= BigInt(promise.quantity)) return
  const { pool_id: poolId, promise_id: id } = promise
  if (owed > 0n) {
    await lowerPromises(tx, [{ poolId, id, quantity: owed }])
    await shrinkOrderPromise(tx, orderId, id, owed)
    return
  }
  await settlePromises(ctx, tx, 'cancel', [{ poolId, id }])
  await deleteOrderPromise(tx, orderId, id)
}
