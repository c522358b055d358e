import type { CustomerHousehold } from '@ecluse/contracts/households.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { householdEventsOf, householdsOf, peopleOfHouseholds } from '../queries/households.ts'
import { membersOf, survivorsOf } from '../queries/merges.ts'

/**
 * With whom a customer lives, and what was said of it, the latest first.
 * @throws customers.not_found
 */
export async function readHousehold(db: Queryable, customerId: string): Promise<CustomerHousehold> {
  const root = (await survivorsOf(db, [customerId])).get(customerId)
  if (root === undefined) throw refuse('customers.not_found')
  const events = await householdEventsOf(db, await membersOf(db, root))
  const householdId = (await householdsOf(db, [root])).get(root) ?? null
  const people = householdId === null ? [] : await peopleOfHouseholds(db, [householdId])
  return {
    householdId,
    people: people.map(({ party_id, name, since }) => ({ customerId: party_id, name, since: since.toISOString() })),
    history: events.map(({ act, source, actor, at }) => ({ act, source, actor, at: at.toISOString() })),
  }
}
