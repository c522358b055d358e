import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { customerView } from '../customer-view.ts'
import { addressLine } from '../domain/address-line.ts'
import { branchesUnder } from '../domain/merge-tree.ts'
import { mostPeople } from '../domain/shared-identifiers.ts'
import { countHolders, learntOf } from '../queries/identifications.ts'
import { branchesOf, mergesOf } from '../queries/merges.ts'
import { partyById } from '../queries/parties.ts'

/**
 * All that is known of a customer: each value with where and when it was learned, who was merged into them, and when.
 * @throws customers.not_found
 */
export async function readProfile(db: Queryable, customerId: string): Promise<CustomerProfile> {
  const row = await partyById(db, customerId)
  if (row === undefined) throw refuse('customers.not_found')
  const branches = await branchesOf(db, row.id)
  const ids = [row.id, ...branches.map(({ id }) => id)]
  const [learnt, history] = await Promise.all([learntOf(db, ids), mergesOf(db, ids)])
  const phones = learnt.filter(({ kind }) => kind === 'phone').map(({ value }) => value)
  const holders = phones.length > 0 ? await countHolders(db, 'phone', phones) : []
  const crowded = new Map(
    holders.filter(({ holders: n }) => n > mostPeople.phone).map((one) => [one.value, one.holders]),
  )
  const nameOf = (id: string): string =>
    learnt.find(({ party_id, kind }) => party_id === id && kind === 'name')?.value ?? ''
  return {
    customer: customerView(row),
    values: learnt.map((one) => ({
      kind: one.kind,
      value: one.kind === 'address' ? addressLine(one.value) : one.value,
      source: one.source,
      channelCode: one.channel_code,
      firstAt: one.first_at.toISOString(),
      lastAt: one.last_at.toISOString(),
      current: one.current,
      memberId: one.party_id,
      sharedBy: one.shared_by ?? (one.kind === 'phone' ? (crowded.get(one.value) ?? null) : null),
    })),
    members: branches.map(({ id, into }) => {
      const merge = history.find(({ absorbed_id, act }) => absorbed_id === id && act === 'merged')
      return {
        id,
        name: nameOf(id),
        mergedInto: into,
        brought: branchesUnder(id, branches).length,
        rule: merge?.rule ?? 'staff',
        note: merge?.note ?? null,
        actor: merge?.actor ?? null,
        at: merge?.at.toISOString() ?? row.created_at.toISOString(),
      }
    }),
    history: history.map(({ act, absorbed_id, name, rule, note, actor, at }) => ({
      act,
      memberId: absorbed_id,
      name,
      rule,
      note,
      actor,
      at: at.toISOString(),
    })),
  }
}
