import type { HoldOutsResults } from '@ecluse/contracts/analysis-results.ts'
import { differenceOfArms, type ArmOutcome } from '@ecluse/strategy-engine/experiments/arms.ts'
import type { HoldOutRow } from '../../../insights/public.ts'
import type { HoldOutsInput } from './analysis-input.ts'

/** With fewer in an arm, its spread is a guess. */
const fewest = 20

type Journey = HoldOutsResults['journeys'][number]

/** What was ordered by people who were contacted beside those who were not by chance, in each channel: what journeys caused. */
export function judgeHoldOuts({ rows }: HoldOutsInput): HoldOutsResults {
  const ids = [...new Set(rows.map(({ journey_id }) => journey_id))]
  return { kind: 'hold_outs', journeys: ids.map((id) => judge(rows.filter(({ journey_id }) => journey_id === id))) }
}

function judge(rows: readonly HoldOutRow[]): Journey {
  const peopleOf = (heldOut: boolean): number => rows.find(({ held_out }) => held_out === heldOut)?.people ?? 0
  const [contacted, heldOut] = [peopleOf(false), peopleOf(true)]
  const head = { journeyId: rows[0]?.journey_id ?? '', name: rows[0]?.name ?? '', contacted, heldOut }
  const problem = contacted < fewest ? 'few_contacted' : heldOut < fewest ? 'few_held_out' : null
  if (problem !== null) return { ...head, problem, orders: [], sales: [] }
  const channels = [null, ...new Set(rows.flatMap(({ channel }) => (channel === null ? [] : [channel])))]
  const compare = (measure: 'orders' | 'sales', times: number) =>
    channels.map((channel) => {
      const arm = (held: boolean): ArmOutcome =>
        outcomeOf(
          rows.find((row) => row.held_out === held && row.channel === channel),
          measure,
          peopleOf(held),
        )
      const [own, other] = [arm(false), arm(true)]
      const { difference, low, high, pValue } = differenceOfArms(own, other)
      return {
        channel,
        contacted: own.mean * times,
        heldOut: other.mean * times,
        difference: difference * times,
        low: low * times,
        high: high * times,
        pValue,
      }
    })
  return { ...head, problem, orders: compare('orders', 100), sales: compare('sales', 1) }
}

/** Mean and spread over the people of an arm, those who bought nothing included. */
function outcomeOf(row: HoldOutRow | undefined, measure: 'orders' | 'sales', people: number): ArmOutcome {
  const sum = row?.[measure] ?? 0
  const squares = row?.[`${measure}_squares`] ?? 0
  const mean = sum / people
  return { count: people, mean, variance: Math.max(0, squares - people * mean * mean) / (people - 1) }
}
