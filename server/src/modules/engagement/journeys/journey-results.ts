import type { JourneyResults } from '@ecluse/contracts/journeys.ts'
import { differenceOfArms, type ArmOutcome } from '@ecluse/strategy-engine/experiments/arms.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { readContactPolicy } from './contact-policy.ts'
import type { OutcomeSums } from './domain/outcomes.ts'
import { countsOf, outcomesOf } from './queries/counts.ts'
import { journeyById } from './queries/journeys.ts'
import { insideByNode } from './queries/participants.ts'

const microOfMinor = 10_000

/**
 * What a journey brought, from sums that are kept as things happen. Whoever was held out of it is compared with whoever was not, as
 * they were drawn when they entered, whatever became of them since: the share that reached the goal, what one bought, and what is
 * left of it less what contacts cost, each with the interval of Welch's difference.
 * @throws engagement.journey_not_found
 */
export async function readResults(ctx: Ctx, id: string): Promise<JourneyResults> {
  if ((await journeyById(ctx.db, id)) === undefined) throw refuse('engagement.journey_not_found')
  const [{ marginPercent }, sums, counts, inside] = await Promise.all([
    readContactPolicy(ctx.db),
    outcomesOf(ctx.db, id),
    countsOf(ctx.db, id),
    insideByNode(ctx.db, id),
  ])
  const margin = marginPercent / 100
  const arms = sums.filter((sum) => sum.node_id === '')
  const contacted = arms.find(({ arm }) => arm === 'contacted')
  const heldOut = arms.find(({ arm }) => arm === 'held_out')
  const nodeIds = [...new Set([...counts.map((one) => one.node_id), ...inside.map((one) => one.node_id)])]
  const cells = sums.filter((sum) => sum.node_id !== '' && sum.arm === 'contacted')
  return {
    at: ctx.clock.now().toISOString(),
    arms: arms.map((sum) => ({ arm: sum.arm, ...outcomesView(sum, margin) })),
    lift: contacted && heldOut ? liftOf(contacted, heldOut, margin) : null,
    nodes: nodeIds.map((nodeId) => nodeView(nodeId, counts, inside)),
    cells: cells.map((sum) => ({
      nodeId: sum.node_id,
      key: sum.cell,
      ...outcomesView(sum, margin),
      besideFirst: besideFirst(sum, cells),
    })),
  }
}

function outcomesView(sum: OutcomeSums, margin: number) {
  return {
    people: sum.people,
    goal: sum.goal,
    rate: sum.people === 0 ? 0 : sum.goal / sum.people,
    valueMinor: Math.round(sum.value),
    marginMinor: Math.round(sum.value * margin),
    contacts: sum.contacts,
    costMicro: Math.round(sum.cost),
  }
}

/** A mean and the sample's variance, from sums and sums of squares. */
function meanOf(people: number, sum: number, squares: number): ArmOutcome {
  const mean = sum / people
  return { count: people, mean, variance: Math.max(0, (squares - people * mean ** 2) / (people - 1)) }
}

const rateOf = ({ people, goal }: OutcomeSums): ArmOutcome => meanOf(people, goal, goal)
const valueOf = ({ people, value, value_squares }: OutcomeSums): ArmOutcome => meanOf(people, value, value_squares)

/** Of one person, in cents: margin less cost, whose square is opened into the sums that are kept. */
function netOf(sum: OutcomeSums, margin: number): ArmOutcome {
  const squares =
    margin ** 2 * sum.value_squares -
    (2 * margin * sum.value_by_cost) / microOfMinor +
    sum.cost_squares / microOfMinor ** 2
  return meanOf(sum.people, margin * sum.value - sum.cost / microOfMinor, squares)
}

type Difference = NonNullable<JourneyResults['lift']>['rate']

function beside(one: ArmOutcome, other: ArmOutcome): Difference {
  const { difference, low, high, pValue } = differenceOfArms(one, other)
  return { difference, low, high, pValue }
}

function liftOf(contacted: OutcomeSums, heldOut: OutcomeSums, margin: number): JourneyResults['lift'] {
  if (contacted.people < 2 || heldOut.people < 2) return null
  return {
    rate: beside(rateOf(contacted), rateOf(heldOut)),
    valueMinor: beside(valueOf(contacted), valueOf(heldOut)),
    netMinor: beside(netOf(contacted, margin), netOf(heldOut, margin)),
  }
}

function besideFirst(sum: OutcomeSums, cells: readonly OutcomeSums[]): Difference | null {
  const first = cells.find(({ node_id }) => node_id === sum.node_id)
  if (!first || first === sum || first.people < 2 || sum.people < 2) return null
  return beside(rateOf(sum), rateOf(first))
}

function nodeView(
  nodeId: string,
  counts: Awaited<ReturnType<typeof countsOf>>,
  inside: Awaited<ReturnType<typeof insideByNode>>,
): JourneyResults['nodes'][number] {
  const own = counts.filter((one) => one.node_id === nodeId)
  const all = (what: string) =>
    Object.fromEntries(own.filter((one) => one.what === what && one.n !== 0n).map(({ key, n }) => [key, Number(n)]))
  const contact = all('contact')
  const of = (key: string) => contact[key] ?? 0
  const settled = of('sent') + of('refused') + of('failed') + of('unknown')
  return {
    nodeId,
    inside: inside.find((one) => one.node_id === nodeId)?.n ?? 0,
    visits: all('visit')[''] ?? 0,
    ports: all('port'),
    contacts: {
      queued: Math.max(0, of('queued') - settled),
      sent: of('sent'),
      refused: of('refused'),
      failed: of('failed'),
      uncertain: of('unknown'),
      opened: of('opened'),
      openedByMachine: of('opened_by_machine'),
      clicked: of('clicked'),
      clickedByMachine: of('clicked_by_machine'),
    },
    costMicro: all('cost')[''] ?? 0,
    strikes: all('strike'),
  }
}
