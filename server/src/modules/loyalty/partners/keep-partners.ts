import type { PartnerBody, PartnerStatement, PointsPartner } from '@ecluse/contracts/partners.ts'
import { Temporal } from 'temporal-polyfill'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { csvLine } from '../../../kernel/csv.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { insertTransfers } from '../../payments/public.ts'
import { lockPartner } from '../queries/locks.ts'
import { doneBetween, totalsBetween } from '../queries/partner-operations.ts'
import {
  insertSettlement,
  listPartnerRows,
  partnerBalances,
  partnerRow,
  settlementOf,
  upsertPartner,
  type PartnerRow,
} from '../queries/partners.ts'

const shown = 500

/** Every partner, with what is not settled: those that are stopped last. */
export async function listPartners(db: Queryable): Promise<PointsPartner[]> {
  const [rows, balances] = await Promise.all([listPartnerRows(db), partnerBalances(db)])
  const owed = new Map(balances.map(({ partner_id, minor }) => [partner_id, minor]))
  return rows.map((row) => viewPartner(row, owed.get(row.id) ?? 0n))
}

function viewPartner(row: PartnerRow, owedMinor: bigint): PointsPartner {
  return {
    id: row.id,
    name: row.name,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    contactPhone: row.contact_phone,
    soldMinor: Number(row.sold_minor),
    boughtMinor: Number(row.bought_minor),
    personDayEarn: row.person_day_earn,
    personDaySpend: row.person_day_spend,
    dayEarn: row.day_earn,
    daySpend: row.day_spend,
    stopped: row.stopped_at !== null,
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    balance: toMoney(-owedMinor, 'EUR'),
  }
}

/**
 * Writes what was agreed with a partner, for what is done from now on; `loyalty.partner_changed` says what it was before.
 * @param partnerId null for a new one
 * @throws loyalty.partner_not_found
 */
export async function savePartner(
  ctx: Ctx,
  tx: Tx,
  partnerId: string | null,
  body: PartnerBody,
): Promise<PointsPartner> {
  const before = partnerId === null ? undefined : await lockPartner(tx, partnerId)
  if (partnerId !== null && !before) throw refuse('loyalty.partner_not_found')
  const now = ctx.clock.now()
  const row: PartnerRow = {
    id: partnerId ?? ctx.ids.next(),
    name: body.name,
    contact_name: body.contactName,
    contact_email: body.contactEmail,
    contact_phone: body.contactPhone,
    sold_minor: BigInt(body.soldMinor),
    bought_minor: BigInt(body.boughtMinor),
    person_day_earn: body.personDayEarn,
    person_day_spend: body.personDaySpend,
    day_earn: body.dayEarn,
    day_spend: body.daySpend,
    created_at: before?.created_at ?? now,
    actor: before?.actor ?? actorLabel(ctx.actor),
    stopped_at: body.stopped ? (before?.stopped_at ?? now) : null,
  }
  await upsertPartner(tx, row)
  const payload = { partnerId: row.id, before: before ? termsOf(before) : null, after: termsOf(row) }
  await publish(tx, ctx, [{ type: 'loyalty.partner_changed', version: 1, aggregateId: row.id, payload, patient: true }])
  const owed = (await partnerBalances(tx)).find(({ partner_id }) => partner_id === row.id)
  return viewPartner(row, owed?.minor ?? 0n)
}

/** What was agreed, without whom one speaks to. */
function termsOf(row: PartnerRow): Record<string, unknown> {
  const { soldMinor, boughtMinor, personDayEarn, personDaySpend, dayEarn, daySpend, stopped } = viewPartner(row, 0n)
  return { name: row.name, soldMinor, boughtMinor, personDayEarn, personDaySpend, dayEarn, daySpend, stopped }
}

/** When a month begins and ends in Paris. */
function boundsOf(month: string): { from: Date; until: Date } {
  const first = Temporal.PlainDate.from(`${month}-01`)
  const at = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime('Europe/Paris').epochMilliseconds)
  return { from: at(first), until: at(first.add({ months: 1 })) }
}

/** What was done at a partner’s tills in a month and what it comes to. @throws loyalty.partner_not_found */
export async function readStatement(
  ctx: Ctx,
  db: Queryable,
  { partnerId, month }: { partnerId: string; month: string },
): Promise<PartnerStatement> {
  if (!(await partnerRow(db, partnerId))) throw refuse('loyalty.partner_not_found')
  const asked = { partnerId, ...boundsOf(month) }
  const [lines, totals, settled] = await Promise.all([
    doneBetween(db, { ...asked, limit: shown }),
    totalsBetween(db, asked),
    settlementOf(db, partnerId, month),
  ])
  const net = totals.reduce((sum, total) => sum + total.net, 0n)
  return {
    partnerId,
    month,
    lines: lines.map(({ id, done_at: at, kind, reference, shop, points, net: minor }) => ({
      id,
      at: at.toISOString(),
      kind,
      reference,
      shop,
      points,
      net: toMoney(minor, 'EUR'),
    })),
    totals: totals.map((total) => ({ ...total, points: Number(total.points), net: toMoney(total.net, 'EUR') })),
    net: toMoney(net, 'EUR'),
    over: asked.until <= ctx.clock.now(),
    settled: settled
      ? { at: settled.settled_at.toISOString(), reference: settled.reference, actor: settled.actor }
      : null,
  }
}

/** Every line of a month as a file; amounts in euros, above zero to us. @throws loyalty.partner_not_found */
export async function statementFile(db: Queryable, partnerId: string, month: string): Promise<string> {
  if (!(await partnerRow(db, partnerId))) throw refuse('loyalty.partner_not_found')
  const lines = await doneBetween(db, { partnerId, ...boundsOf(month), limit: null })
  const head = csvLine(['id', 'at', 'kind', 'reference', 'shop', 'points', 'net_eur'])
  return lines.reduce(
    (text, one) =>
      text +
      csvLine([
        one.id,
        one.done_at.toISOString(),
        one.kind,
        one.reference,
        one.shop,
        one.points,
        (Number(one.net) / 100).toFixed(2),
      ]),
    `\uFEFF${head}`,
  )
}

/**
 * Books that a month that is over was paid by whoever owed it: then nothing of it is owed any more.
 * @throws loyalty.partner_not_found, loyalty.month_open, loyalty.month_settled
 */
export async function settleMonth(
  ctx: Ctx,
  tx: Tx,
  partnerId: string,
  { month, reference }: { month: string; reference: string },
): Promise<PartnerStatement> {
  if (!(await lockPartner(tx, partnerId))) throw refuse('loyalty.partner_not_found')
  const { from, until } = boundsOf(month)
  const now = ctx.clock.now()
  if (until > now) throw refuse('loyalty.month_open')
  if (await settlementOf(tx, partnerId, month)) throw refuse('loyalty.month_settled')
  const totals = await totalsBetween(tx, { partnerId, from, until })
  const net = totals.reduce((sum, total) => sum + total.net, 0n)
  const actor = actorLabel(ctx.actor)
  await insertSettlement(tx, { partner_id: partnerId, month, net_minor: net, reference, settled_at: now, actor })
  const [payer, paid] = net > 0n ? ['partner_settled', 'partner'] : ['partner', 'partner_settled']
  if (net !== 0n && payer && paid)
    await insertTransfers(tx, 'EUR', [
      {
        owner_id: partnerId,
        id: ctx.ids.next(),
        from_account: payer,
        to_account: paid,
        amount: net > 0n ? net : -net,
        cause: 'partner_settled',
        subject_id: null,
        lot_id: null,
        expires_at: null,
        note: `${month} · ${reference}`,
        actor,
        booked_at: now,
      },
    ])
  return readStatement(ctx, tx, { partnerId, month })
}
