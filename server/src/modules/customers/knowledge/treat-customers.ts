import {
  auditedBy,
  type CustomerTreatment,
  type Treatment,
  type TreatmentAudit,
  type TreatmentPolicy,
} from '@ecluse/contracts/treatments.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Queryable, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { readSetting, writeSetting } from '../../../kernel/settings.ts'
import { lockParty } from '../queries/locks.ts'
import { rootsAfter } from '../queries/values.ts'
import { partyById } from '../queries/parties.ts'
import {
  decideTreatments,
  insertTreatmentChanges,
  releaseTreatment,
  treatmentChanges,
  treatmentCounts,
  treatmentRow,
  treatmentShares,
  writeTreatment,
} from '../queries/treatments.ts'
import { auditGroups } from './domain/fairness.ts'

const setting = 'customers.treatment_policy'
const usual: TreatmentPolicy = {
  enterValueMinor: 15_000,
  leaveValueMinor: 10_000,
  enterActive: 0.6,
  leaveActive: 0.4,
}

/** The limits the firm set, or those it starts with. */
async function readTreatmentPolicy(db: Queryable): Promise<TreatmentPolicy> {
  return (await readSetting<TreatmentPolicy>(db, setting)) ?? usual
}

/** Sets the limits. Who is dealt with otherwise by them is decided by a job. */
export async function putTreatmentPolicy(tx: Tx, policy: TreatmentPolicy): Promise<TreatmentPolicy> {
  await writeSetting(tx, setting, policy)
  return policy
}

/** Decides the treatment of some customers by what is computed of them; tells whose changed. */
export async function treatCustomers(ctx: Ctx, tx: Tx, among: readonly string[]): Promise<void> {
  const policy = await readTreatmentPolicy(tx)
  const now = ctx.clock.now()
  const changed = await decideTreatments(tx, policy, { now, among })
  if (changed.length === 0) return
  const entries = changed.map((one) => ({ ...one, id: ctx.ids.next() }))
  await insertTreatmentChanges(tx, entries, { policy, now })
  await tell(
    ctx,
    tx,
    changed.map(({ party_id }) => party_id),
  )
}

const atOnce = 2_000

/** Decides the treatment of everybody anew, a page at a time: nothing is held for long. */
export async function treatEverybody(ctx: Ctx): Promise<void> {
  for (let after: string | null = null; ;) {
    const page: string[] = await rootsAfter(ctx.db, after, atOnce)
    if (page.length === 0) return
    await inTransaction(ctx.db, (tx) => treatCustomers(ctx, tx, page))
    after = page.at(-1) ?? null
  }
}

async function tell(ctx: Ctx, tx: Tx, partyIds: readonly string[]): Promise<void> {
  const payload = { partyIds }
  await publish(tx, ctx, [
    { type: 'customers.treatments_changed', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
}

/** Decides the treatment of one customer by hand. @throws customers.not_found */
export async function setTreatment(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { treatment, note }: { treatment: Treatment; note: string },
): Promise<CustomerTreatment> {
  const partyId = await lockedRoot(tx, customerId)
  const row = { partyId, id: ctx.ids.next(), treatment, note, actor: actorLabel(ctx.actor), at: ctx.clock.now() }
  await writeTreatment(tx, row)
  await tell(ctx, tx, [partyId])
  return readTreatment(tx, partyId)
}

/** Leaves a customer to the rule again, which decides at once. @throws customers.not_found */
export async function unsetTreatment(ctx: Ctx, tx: Tx, customerId: string): Promise<CustomerTreatment> {
  const partyId = await lockedRoot(tx, customerId)
  if (await releaseTreatment(tx, partyId)) {
    await treatCustomers(ctx, tx, [partyId])
    await tell(ctx, tx, [partyId])
  }
  return readTreatment(tx, partyId)
}

async function lockedRoot(tx: Tx, customerId: string): Promise<string> {
  const party = await partyById(tx, customerId)
  if (party === undefined) throw refuse('customers.not_found')
  await lockParty(tx, party.id)
  return party.id
}

/** How a customer is dealt with, and how that came. @throws customers.not_found */
export async function readTreatment(db: Queryable, customerId: string): Promise<CustomerTreatment> {
  const party = await partyById(db, customerId)
  if (party === undefined) throw refuse('customers.not_found')
  const [row, changes] = await Promise.all([treatmentRow(db, party.id), treatmentChanges(db, party.id)])
  return {
    current: row ? { ...decisionView(row), since: row.since.toISOString() } : null,
    changes: changes.map((change) => ({
      id: change.id,
      ...decisionView(change),
      at: change.at.toISOString(),
      limitValueMinor: change.limit_value_minor === null ? null : Number(change.limit_value_minor),
      limitActive: change.limit_active,
    })),
  }
}

type Decision = Pick<
  NonNullable<Awaited<ReturnType<typeof treatmentRow>>>,
  'treatment' | 'decided_by' | 'reason' | 'note' | 'actor' | 'expected_value_minor' | 'active'
>

function decisionView(row: Decision) {
  return {
    treatment: row.treatment,
    decidedBy: row.decided_by,
    reason: row.reason,
    note: row.note,
    actor: row.actor,
    expectedValueMinor: row.expected_value_minor === null ? null : Number(row.expected_value_minor),
    active: row.active,
  }
}

/** Shares of treatment among those who bought, and what stands out. */
export async function readTreatmentAudit(db: Queryable): Promise<TreatmentAudit> {
  const [policy, shares, counts] = await Promise.all([
    readTreatmentPolicy(db),
    treatmentShares(db),
    treatmentCounts(db),
  ])
  const languages = shares.filter(({ by }) => by === 'language')
  const sum = (rows: readonly { customers: number }[]): number =>
    rows.reduce((all, { customers }) => all + customers, 0)
  return {
    customers: sum(languages),
    relational: languages.reduce((all, { relational }) => all + relational, 0),
    byStaff: sum(counts.filter(({ decided_by }) => decided_by === 'staff')),
    policy,
    audits: auditedBy.map((by) => ({ by, groups: auditGroups(shares.filter((row) => row.by === by)) })),
    notKnown: ['age', 'gender'],
  }
}
