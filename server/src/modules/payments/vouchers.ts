import type { Voucher } from '@ecluse/contracts/vouchers.ts'
import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { randomLength, readVoucherCode, showVoucherCode, voucherCodeOf } from './domain/voucher-code.ts'
import { insertEntries } from './queries/ledger.ts'
import {
  creditVouchers,
  debitVoucher,
  deleteHold,
  insertHold,
  insertVoucher,
  oldHolds,
  selectHold,
  voucherByCode,
  type VoucherRow,
} from './queries/vouchers.ts'

/** A voucher as whoever holds it sees it. */
export function viewVoucher(row: VoucherRow, now: Date): Voucher {
  return {
    code: showVoucherCode(row.code),
    issued: toMoney(row.issued_minor, row.currency),
    balance: toMoney(row.balance_minor, row.currency),
    issuedAt: row.issued_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    expired: row.expires_at <= now,
    returnNumber: row.return_number,
  }
}

/** Makes an empty voucher for a return: what is given back to it is its worth. */
export async function issueVoucher(
  ctx: Ctx,
  tx: Tx,
  of: { orderId: string; returnId: string; returnNumber: string; currency: string },
): Promise<VoucherRow> {
  const row: VoucherRow = {
    ...newVoucher(ctx),
    kind: 'store_credit',
    issued_minor: 0n,
    balance_minor: 0n,
    currency: of.currency,
    order_id: of.orderId,
    return_id: of.returnId,
    return_number: of.returnNumber,
  }
  await insertVoucher(tx, row)
  return row
}

/** Makes a voucher that is given for points, and books what it is worth as a cost owed to whoever holds it. */
export async function issueRewardVoucher(ctx: Ctx, tx: Tx, minor: bigint): Promise<VoucherRow> {
  const nobody = { order_id: null, return_id: null, return_number: null }
  const worth = { issued_minor: minor, balance_minor: minor, currency: 'EUR' }
  const row: VoucherRow = { ...newVoucher(ctx), kind: 'reward', ...worth, ...nobody }
  await insertVoucher(tx, row)
  // It belongs to no order: the ledger keeps it under its own id.
  const entry = { orderId: row.id, transferId: row.id, currency: row.currency, cause: 'loyalty.points_spent' }
  await insertEntries(
    tx,
    [
      { ...entry, position: 0, account: 'loyalty', amountMinor: minor, holder: null },
      { ...entry, position: 1, account: 'voucher', amountMinor: -minor, holder: row.id },
    ],
    row.issued_at,
  )
  return row
}

function newVoucher(ctx: Ctx): Pick<VoucherRow, 'id' | 'code' | 'issued_at' | 'expires_at'> {
  const now = ctx.clock.now()
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Paris')
  return {
    id: ctx.ids.next(),
    code: voucherCodeOf(ctx.ids.code(randomLength)),
    issued_at: now,
    expires_at: new Date(zoned.add({ months: ctx.config.voucherMonths }).epochMilliseconds),
  }
}

/** @throws payments.voucher_unknown */
export async function readVoucher(ctx: Ctx, typed: string): Promise<VoucherRow> {
  const code = readVoucherCode(typed)
  const row = code === null ? undefined : await voucherByCode(ctx.db, code)
  if (!row) throw refuse('payments.voucher_unknown')
  return row
}

/**
 * Takes an amount off a voucher for a purchase under way; it is given back when the purchase does not come to be. The same payment
 * takes it once, however often it is asked.
 * @returns the voucher's id
 * @throws payments.voucher_unknown, payments.voucher_expired, payments.voucher_short
 */
export async function takeFromVoucher(
  ctx: Ctx,
  asked: { code: string; amountMinor: bigint; paymentId: string },
): Promise<string> {
  const { id, expires_at: expiresAt } = await readVoucher(ctx, asked.code)
  const now = ctx.clock.now()
  if (expiresAt <= now) throw refuse('payments.voucher_expired', { expiresAt: expiresAt.toISOString() })
  await inTransaction(ctx.db, async (tx) => {
    const { paymentId, amountMinor: minor } = asked
    const hold = await selectHold(tx, paymentId)
    if (hold?.amount_minor === minor) return
    if (hold) throw refuse('payments.voucher_short', { balanceMinor: Number(hold.amount_minor) })
    if (!(await insertHold(tx, { paymentId, voucherId: id, minor, at: now }))) return
    if (await debitVoucher(tx, id, minor)) return
    const left = await voucherByCode(tx, readVoucherCode(asked.code) ?? '')
    throw refuse('payments.voucher_short', { balanceMinor: Number(left?.balance_minor ?? 0n) })
  })
  return id
}

/**
 * What a voucher could pay of a purchase: what is left of it, and what the same payment took before.
 * @throws payments.voucher_unknown
 */
export async function worthOfVoucher(ctx: Ctx, code: string, paymentId: string): Promise<bigint> {
  const { balance_minor: balance } = await readVoucher(ctx, code)
  const hold = await selectHold(ctx.db, paymentId)
  return balance + (hold?.amount_minor ?? 0n)
}

/** Gives back what a purchase took that did not come to be. */
export async function giveBackHold(ctx: Ctx, paymentId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const hold = await deleteHold(tx, paymentId)
    if (hold) await creditVouchers(tx, [{ id: hold.voucher_id, minor: hold.amount_minor }])
  })
}

/** A purchase takes seconds: what is held longer was either paid with, or left behind by a process that ended. */
const staleMs = 15 * 60_000
/** A request may come again under its key: what it took stays noted as long. */
const keptMs = 30 * 86_400_000

/** Forgets holds that were paid with, and gives back those whose purchase never came. */
export async function sweepHolds(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now().getTime()
  const bounds = { unpaidBefore: new Date(now - staleMs), paidBefore: new Date(now - keptMs) }
  for (const { payment_id: paymentId, paid } of await oldHolds(ctx.db, bounds)) {
    if (paid) await inTransaction(ctx.db, (tx) => deleteHold(tx, paymentId))
    else await giveBackHold(ctx, paymentId)
  }
}
