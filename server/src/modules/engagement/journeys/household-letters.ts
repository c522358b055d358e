import type { Medium } from '@ecluse/contracts/consents.ts'
import type { Tx } from '../../../kernel/db.ts'
import { householdsOf, membersOfHouseholds } from '../../customers/public.ts'
import type { Prepared } from './load-decisions.ts'
import type { Looked } from './load-facts.ts'
import { lettersSent } from './queries/contacts.ts'

/** Which households were written a letter by which step: each gets one, of whoever's turn came first. */
export type HouseholdLetters = {
  /** Whether somebody who lives with them was written to by this step. */
  readonly hadIt: (looked: Looked, medium: Medium) => boolean
  /** Notes that somebody is written to: those who live with them and come after are not. */
  readonly note: (looked: Looked, medium: Medium) => void
}

/**
 * Loads it for those of whom a letter is thought of. Who lives alone, or with nobody known, costs nothing. It is only ever a reason not to
 * write: what each allows is asked of each.
 */
export async function loadHouseholdLetters(tx: Tx, prepared: Iterable<Prepared>): Promise<HouseholdLetters> {
  const concerned = [...prepared].filter(({ drafts }) => drafts.some(({ candidate }) => candidate.medium === 'letter'))
  const homeOf = await householdsOf(tx, [...new Set(concerned.map(({ looked }) => looked.person.root_id))])
  const people = await membersOfHouseholds(tx, [...new Set(homeOf.values())])
  const whose = new Map(people.map((one) => [one.member_id, one]))
  const written = new Map<string, string>()
  const keyOf = (home: string, at: { journey_id: string; node_id: string }) => `${home} ${at.journey_id} ${at.node_id}`
  const journeys = [...new Set(concerned.map(({ looked }) => looked.row.journey_id))]
  for (const sent of whose.size > 0 ? await lettersSent(tx, journeys, [...whose.keys()]) : []) {
    const one = whose.get(sent.party_id)
    if (one) written.set(keyOf(one.household_id, sent), one.root_id)
  }
  const placeOf = ({ person, row }: Looked, medium: Medium): string | null => {
    const home = medium === 'letter' ? homeOf.get(person.root_id) : undefined
    return home === undefined ? null : keyOf(home, row)
  }
  return {
    hadIt(looked, medium) {
      const place = placeOf(looked, medium)
      const who = place === null ? undefined : written.get(place)
      return who !== undefined && who !== looked.person.root_id
    },
    note(looked, medium) {
      const place = placeOf(looked, medium)
      if (place !== null && !written.has(place)) written.set(place, looked.person.root_id)
    },
  }
}
