import type { JourneyResults } from '@ecluse/contracts/journeys.ts'

/** What became of one person of a journey so far. Value in cents, cost in millionths of a euro. */
export type Outcome = {
  readonly goal: boolean
  readonly contacts: number
  readonly value: number
  readonly cost: number
}

/** To whom somebody belongs when results are compared. */
export type Arm = JourneyResults['arms'][number]['arm']

/** The arm somebody was drawn into when they entered. Who is left alone by all journeys is with neither of those a journey compares. */
export const armOf = ({ held_out, held_out_of_all }: { held_out: boolean; held_out_of_all: boolean }): Arm =>
  held_out_of_all ? 'held_out_of_all' : held_out ? 'held_out' : 'contacted'

/** A person whose outcome changed, or who came into an arm or a cell (`before` null). */
export type OutcomeChange = {
  readonly journeyId: string
  readonly arm: Arm
  /** The cells they were in before this change. */
  readonly cells: Readonly<Record<string, string>>
  /** The cells they came into with it. */
  readonly newCells?: Readonly<Record<string, string>>
  readonly before: Outcome | null
  readonly after: Outcome
}

/** What is added to the sums of an arm or a cell. */
export type OutcomeSums = {
  journey_id: string
  arm: Arm
  node_id: string
  cell: string
  people: number
  goal: number
  contacts: number
  value: number
  value_squares: number
  cost: number
  cost_squares: number
  value_by_cost: number
}

const nothing: Outcome = { goal: false, contacts: 0, value: 0, cost: 0 }

/** What these changes add to the sums, one row for each arm and cell, in the order in which rows are locked. */
export function sumsOf(changes: readonly OutcomeChange[]): OutcomeSums[] {
  const sums = new Map<string, OutcomeSums>()
  for (const { journeyId, arm, cells, newCells = {}, before, after } of changes) {
    const add = (nodeId: string, cell: string, from: Outcome | null) => {
      const key = `${journeyId} ${arm} ${nodeId} ${cell}`
      const sum = sums.get(key) ?? empty(journeyId, arm, nodeId, cell)
      sums.set(key, sum)
      grow(sum, from, after)
    }
    add('', '', before)
    for (const [nodeId, cell] of Object.entries(cells)) add(nodeId, cell, before)
    for (const [nodeId, cell] of Object.entries(newCells)) add(nodeId, cell, null)
  }
  return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

function empty(journey_id: string, arm: Arm, node_id: string, cell: string): OutcomeSums {
  const sums = {
    people: 0,
    goal: 0,
    contacts: 0,
    value: 0,
    value_squares: 0,
    cost: 0,
    cost_squares: 0,
    value_by_cost: 0,
  }
  return { journey_id, arm, node_id, cell, ...sums }
}

function grow(sum: OutcomeSums, from: Outcome | null, after: Outcome): void {
  const before = from ?? nothing
  if (from === null) sum.people += 1
  sum.goal += Number(after.goal) - Number(before.goal)
  sum.contacts += after.contacts - before.contacts
  sum.value += after.value - before.value
  sum.value_squares += after.value ** 2 - before.value ** 2
  sum.cost += after.cost - before.cost
  sum.cost_squares += after.cost ** 2 - before.cost ** 2
  sum.value_by_cost += after.value * after.cost - before.value * before.cost
}
