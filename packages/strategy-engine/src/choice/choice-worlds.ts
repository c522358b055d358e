import type { Random } from '../numeric/random.ts'
import type { ChoiceData } from './choice-data.ts'
import { choiceChances } from './multinomial-logit.ts'

/**
 * Choices of an invented population whose taste is known: each alternative has random columns, the utility weighs them with `tastes` and adds
 * what each alternative but the first is liked for itself (`liking`), and the choice is drawn with the chances of the logit. The
 * design's columns are the random ones, then a constant for each liking.
 */
export function inventChoices(
  random: Random,
  cases: number,
  alternatives: number,
  tastes: Float64Array,
  liking: readonly number[] = [],
): ChoiceData {
  const rows = cases * alternatives
  const names = Array.from({ length: alternatives }, (_, at) => `channel${at + 1}`)
  const alternativeOf = Int32Array.from({ length: rows }, (_, row) => row % alternatives)
  const data: ChoiceData = {
    alternatives: names,
    starts: Int32Array.from({ length: cases + 1 }, (_, c) => c * alternatives),
    alternativeOf,
    chosenRow: new Int32Array(cases),
    names: [...Array.from(tastes, (_, k) => `x${k + 1}`), ...liking.map((_, at) => `asc_${names[at + 1]!}`)],
    values: [
      ...Array.from(tastes, () => Float64Array.from({ length: rows }, random.normal)),
      ...liking.map((_, at) => Float64Array.from(alternativeOf, (one) => (one === at + 1 ? 1 : 0))),
    ],
  }
  const chances = choiceChances(data, Float64Array.from([...tastes, ...liking]))
  data.chosenRow.forEach((_, c) => {
    const first = c * alternatives
    data.chosenRow[c] = first + random.weighted(chances.subarray(first, first + alternatives))
  })
  return data
}
