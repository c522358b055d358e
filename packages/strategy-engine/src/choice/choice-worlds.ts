import type { Random } from '../numeric/random.ts'
import type { ChoiceData } from './choice-data.ts'
import { choiceChances } from './multinomial-logit.ts'

/**
 * Choices of an invented population whose taste is known: each alternative has random columns, the utility weighs them with `truth`, and
 * the choice is drawn with the chances of the logit.
 */
export function inventChoices(random: Random, cases: number, alternatives: number, truth: Float64Array): ChoiceData {
  const rows = cases * alternatives
  const data: ChoiceData = {
    alternatives: Array.from({ length: alternatives }, (_, at) => `channel${at + 1}`),
    starts: Int32Array.from({ length: cases + 1 }, (_, c) => c * alternatives),
    alternativeOf: Int32Array.from({ length: rows }, (_, row) => row % alternatives),
    chosenRow: new Int32Array(cases),
    names: Array.from(truth, (_, k) => `x${k + 1}`),
    values: Array.from(truth, () => Float64Array.from({ length: rows }, random.normal)),
  }
  const chances = choiceChances(data, truth)
  data.chosenRow.forEach((_, c) => {
    const first = c * alternatives
    data.chosenRow[c] = first + random.weighted(chances.subarray(first, first + alternatives))
  })
  return data
}
