import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { linkRecords } from '@ecluse/strategy-engine/record-linkage/link-records.ts'
import { proposeHouseholds, type ProposedHousehold } from '../domain/propose-households.ts'
import { personOfParty, type ComparedParty, type Reason } from '../domain/person-of-party.ts'

/** Two customers that may be one. */
type FoundPair = {
  readonly a: string
  readonly b: string
  readonly probability: number
  readonly reasons: readonly Reason[]
}

/** Who may be one, and who may live together. */
export type FoundLinks = { readonly pairs: readonly FoundPair[]; readonly homes: readonly ProposedHousehold[] }

// The shop goes first.
if (process.platform === 'linux') setPriority(10)

const parties = workerData as ComparedParty[]
const linkage = linkRecords(parties.map(personOfParty))
const joined = linkage.groups.flatMap(([first, ...others]) =>
  first === undefined ? [] : others.map((other) => ({ a: first, b: other })),
)
const pairs: FoundPair[] = [...joined, ...linkage.toReview].map(({ a, b }) => {
  const { probability, reasons } = linkage.explain(a, b)
  return { a, b, probability, reasons }
})
parentPort?.postMessage({ pairs, homes: proposeHouseholds(parties) } satisfies FoundLinks)
