import { customerView } from './customer-view.ts'
import type { PartyRow } from './queries/parties.ts'

/** Two customers somebody decides about: whether they are one person, or live together. */
type PairRow<Reason, State> = {
  readonly party_id: string
  readonly other_id: string
  readonly reasons: readonly Reason[]
  readonly state: State
  readonly actor: string | null
  readonly found_at: Date
  readonly decided_at: Date | null
}

/** What both queues of pairs tell of one; how likely it is has a name of its own in each. */
export function pairView<Reason, State>(row: PairRow<Reason, State>, parties: ReadonlyMap<string, PartyRow>) {
  const [one, other] = [parties.get(row.party_id), parties.get(row.other_id)]
  return {
    customer: one ? customerView(one) : null,
    other: other ? customerView(other) : null,
    customerId: row.party_id,
    otherId: row.other_id,
    reasons: [...row.reasons],
    state: row.state,
    actor: row.actor,
    foundAt: row.found_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
  }
}
