import { inTransaction } from '../../../kernel/db.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { greatCircleKm, placesOfCodes, type PostalPlace } from '../../inventory/public.ts'
import { chooseAdviser, type Candidate } from '../domain/choose-adviser.ts'
import { lockAdvisers } from '../queries/locks.ts'
import {
  customersToAdvise,
  insertAdvised,
  releaseAdvised,
  selectAdvisers,
  type AdvisedRow,
  type AdviserRow,
  type ToAdvise,
} from '../queries/advisers.ts'

const batch = 500

/**
 * Gives up the customers of advisers who left, and gives every customer with an account whom nobody looks after to somebody who has
 * room, with the reason. Who was said to have none stays without. @returns how many were given
 */
export async function assignAdvisers(ctx: Ctx): Promise<number> {
  let given = 0
  for (let more = true; more;) {
    const assigned = await inTransaction(ctx.db, (tx) => assignSome(ctx, tx))
    given += assigned
    more = assigned === batch
  }
  return given
}

async function assignSome(ctx: Ctx, tx: Tx): Promise<number> {
  await lockAdvisers(tx)
  await releaseAdvised(tx)
  const advisers = (await selectAdvisers(tx)).filter(({ active }) => active)
  const taken = new Map(advisers.map(({ account_id, customers }) => [account_id, customers]))
  if (!advisers.some(({ customers, most_customers }) => customers < most_customers)) return 0
  const rows: AdvisedRow[] = []
  const customers = await customersToAdvise(tx, batch)
  const homes = await placesOfCodes(
    tx,
    customers.flatMap(({ postal_code: code, country }) => (code === null ? [] : [{ code, country }])),
  )
  for (const customer of customers) {
    const home = homes.get(`${customer.country} ${customer.postal_code}`) ?? null
    const candidates = advisers.map((adviser) =>
      candidateFor(adviser, customer, { home, customers: taken.get(adviser.account_id) ?? 0 }),
    )
    const chosen = chooseAdviser({ language: customer.locale, categoryCodes: customer.category_codes }, candidates)
    if (!chosen) break
    taken.set(chosen.accountId, (taken.get(chosen.accountId) ?? 0) + 1)
    rows.push({
      party_id: customer.id,
      account_id: chosen.accountId,
      reason: chosen.reason,
      actor: null,
      at: ctx.clock.now(),
    })
  }
  if (rows.length > 0) await insertAdvised(tx, rows)
  return rows.length
}

function candidateFor(
  adviser: AdviserRow,
  customer: ToAdvise,
  { home, customers }: { home: PostalPlace | null; customers: number },
): Candidate {
  return {
    accountId: adviser.account_id,
    languages: adviser.languages,
    categoryCodes: adviser.category_codes,
    mostCustomers: adviser.most_customers,
    customers,
    sites: adviser.sites.map(({ id, name, latitude, longitude }) => ({
      name,
      usual: id === customer.usual_site_id,
      km: home && latitude !== null && longitude !== null ? greatCircleKm(home, { latitude, longitude }) : null,
    })),
  }
}
