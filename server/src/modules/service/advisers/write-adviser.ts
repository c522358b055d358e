import type { Adviser, CustomerAdviser } from '@ecluse/contracts/advisers.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { membersOf, survivorsOf } from '../../customers/public.ts'
import { assignAdvisersJob } from '../jobs/names.ts'
import { lockAdvisers } from '../queries/locks.ts'
import {
  advisedOf,
  decideAdvised,
  partyOfAccount,
  roleOfStaff,
  selectAdvisers,
  upsertAdviser,
  type AdviserRow,
} from '../queries/advisers.ts'

type Settings = Pick<Adviser, 'languages' | 'categoryCodes' | 'mostCustomers' | 'active'>

/**
 * Says what a member of staff advises on; customers are given anew soon after.
 * @throws service.adviser_not_found for who does not work here, service.adviser_reads_none for who may not read customers
 */
export async function putAdviser(ctx: Ctx, tx: Tx, accountId: string, settings: Settings): Promise<Adviser> {
  const staff = await roleOfStaff(tx, accountId)
  if (!staff) throw refuse('service.adviser_not_found')
  if (!permissionsOfRole[staff.role].includes('customers:read')) throw refuse('service.adviser_reads_none')
  const { languages, categoryCodes, mostCustomers, active } = settings
  const row = {
    account_id: accountId,
    languages: [...new Set(languages)],
    category_codes: [...new Set(categoryCodes)],
    most_customers: mostCustomers,
    active,
  }
  await lockAdvisers(tx)
  await upsertAdviser(tx, row, ctx.clock.now())
  await enqueue(tx, assignAdvisersJob, {}, { key: assignAdvisersJob.name })
  const [written] = await selectAdvisers(tx, accountId)
  assert(written, 'an adviser who works here is found')
  return adviserView(written)
}

export function adviserView(row: AdviserRow): Adviser {
  return {
    accountId: row.account_id,
    name: row.name,
    siteNames: row.every_site ? [] : row.sites.map(({ name }) => name),
    languages: row.languages,
    categoryCodes: row.category_codes,
    mostCustomers: row.most_customers,
    active: row.active,
    customers: row.customers,
  }
}

/**
 * Who looks after a customer, and why. Who left looks after nobody any more, at once.
 * @throws customers.not_found
 */
export async function readAdviser(db: Queryable, customerId: string): Promise<CustomerAdviser> {
  const members = await membersOf(db, customerId)
  if (members.length === 0) throw refuse('customers.not_found')
  const row = await advisedOf(db, members)
  return {
    adviser: row?.account_id ? { accountId: row.account_id, name: row.name ?? '' } : null,
    reason: row?.reason ?? null,
    actor: row?.actor ?? null,
    at: row?.at.toISOString() ?? null,
  }
}

/**
 * Gives a customer to an adviser, beyond what they take if need be, or to nobody.
 * @throws customers.not_found, service.adviser_not_found
 */
export async function setAdviser(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  accountId: string | null,
): Promise<CustomerAdviser> {
  const survivor = (await survivorsOf(tx, [customerId])).get(customerId)
  if (survivor === undefined) throw refuse('customers.not_found')
  await lockAdvisers(tx)
  const [adviser] = accountId === null ? [] : await selectAdvisers(tx, accountId)
  if (accountId !== null && !adviser?.active) throw refuse('service.adviser_not_found')
  await decideAdvised(tx, {
    party_id: survivor,
    account_id: accountId,
    reason: null,
    actor: actorLabel(ctx.actor),
    at: ctx.clock.now(),
  })
  return readAdviser(tx, survivor)
}

/** Who looks after whoever is signed in, as the customer is told: a name, a shop, its telephone. */
export async function readMyAdviser(
  db: Queryable,
  accountId: string,
): Promise<{ name: string; siteName: string | null; phone: string | null } | null> {
  const key = await partyOfAccount(db, accountId)
  if (!key?.party_id) return null
  const row = await advisedOf(db, await membersOf(db, key.party_id))
  if (!row?.account_id) return null
  const [adviser] = await selectAdvisers(db, row.account_id)
  if (!adviser) return null
  const site =
    adviser.sites.find(({ name }) => name === row.reason?.siteName) ?? (adviser.every_site ? null : adviser.sites[0])
  return { name: adviser.name, siteName: site?.name ?? null, phone: site?.phone ?? null }
}
