import type { ApprovalCause } from '@ecluse/contracts/company-orders.ts'
import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { poolIdOf } from '../../inventory/public.ts'
import { readPools, setCapacity } from '../../promises/public.ts'
import type { Budget, CompanyBuyer } from './company-sale.ts'

const timeZone = 'Europe/Paris'

/** The day it is where the firm is: limits are counted by its calendar months. */
export function dayOf(now: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** A limit of a month: what may be spent in it, and the pool that holds it. */
export type MonthBudget = Budget & { readonly limitMinor: bigint; readonly cause: ApprovalCause }

/** The limits of this month that a buyer's order takes from. */
export function monthBudgets({ member, site }: CompanyBuyer, now: Date): MonthBudget[] {
  const month = dayOf(now).slice(0, 7)
  const budget = (cause: ApprovalCause, id: string, limitMinor: bigint | null): MonthBudget[] =>
    limitMinor === null ? [] : [{ kind: 'spending', cause, limitMinor, poolId: poolIdOf(`spending ${id}`, month) }]
  return [
    ...budget('member_month', member?.id ?? '', member?.month_limit_minor ?? null),
    ...budget('site_month', site.id, site.month_limit_minor),
  ]
}

/** What is left of limits, in their order; below nothing when a limit was lowered. */
export async function leftOf(db: Queryable, budgets: readonly MonthBudget[]): Promise<bigint[]> {
  if (budgets.length === 0) return []
  const pools = await readPools(
    db,
    budgets.map(({ poolId }) => poolId),
  )
  const used = new Map(pools.map(({ poolId, held, committed }) => [poolId, held + committed]))
  return budgets.map(({ poolId, limitMinor }) => limitMinor - (used.get(poolId) ?? 0n))
}

/** Brings the pools of limits to what the limits are now, so that an order can take from them. */
export async function openBudgets(
  ctx: Ctx,
  kind: Budget['kind'],
  budgets: readonly { poolId: string; limitMinor: bigint }[],
): Promise<void> {
  if (budgets.length === 0) return
  const pools = budgets.map(({ poolId, limitMinor }) => ({ poolId, capacity: limitMinor }))
  await inTransaction(ctx.db, (tx) => setCapacity(tx, kind, pools))
}
