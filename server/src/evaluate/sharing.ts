import { divideEstate, type DivisionRule } from '@ecluse/strategy-engine/sharing/bankruptcy.ts'
import { bargainOverOutcomes, bargainOverSum } from '@ecluse/strategy-engine/sharing/bargaining.ts'
import { airportShares, shapleyValues, worthsOf } from '@ecluse/strategy-engine/sharing/cooperative-games.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { caseOptions, numbered, solveCases, type Case } from './cases.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate sharing FILE`: who gets what, by the rules of game theory. */
export const sharingEvaluation: EvaluationKind = {
  help: 'cli.evaluate.sharing.help',
  options: caseOptions,
  run: (request) =>
    solveCases(
      request,
      { airport: solveAirport, bankruptcy: solveBankruptcy, bargaining: solveBargain, shapley: solveGame },
      guessModel,
    ),
}

/** The terms say which game it is. */
function guessModel(one: Case): string {
  if (one.has('claims')) return 'bankruptcy'
  if (one.has('fallbacks', 'outcomes')) return 'bargaining'
  if (one.has('worths', 'left')) return 'shapley'
  return one.has('costs') ? 'airport' : ''
}

const named = (names: readonly string[], values: ArrayLike<number>): Record<string, number> =>
  Object.fromEntries(names.map((name, at) => [`share.${name}`, values[at] ?? NaN]))

const namesOf = (one: Case, count: number): string[] =>
  one.has('players') ? one.words('players') : Array.from({ length: count }, (_, at) => String(at + 1))

function solveAirport(one: Case): Record<string, number> {
  const costs = one.list('costs')
  return named(namesOf(one, costs.length), airportShares(costs))
}

const rules: readonly DivisionRule[] = ['talmud', 'proportional', 'equal_awards', 'equal_losses', 'random_arrival']

function solveBankruptcy(one: Case): Record<string, number> {
  const claims = one.list('claims')
  const few = claims.length <= 20
  return Object.assign(
    {},
    ...rules
      .filter((rule) => few || rule !== 'random_arrival')
      .map((rule) => numbered(rule, divideEstate(one.number('estate'), claims, rule))),
  ) as Record<string, number>
}

/** Over a sum that may be divided, or over outcomes given as pairs: `4:1 2:3`. */
function solveBargain(one: Case): Record<string, number> {
  if (one.has('outcomes')) {
    const outcomes = one.words('outcomes').map((pair) => pairOf(pair.split(/[:,]/).map(Number)))
    const fallback = one.has('fallbacks') ? pairOf(one.list('fallbacks')) : ([0, 0] as const)
    return numbered(
      'share',
      bargainOverOutcomes(outcomes, fallback, one.has('powers') ? pairOf(one.list('powers')) : [1, 1]),
    )
  }
  const fallbacks = one.list('fallbacks')
  const powers = one.has('powers') ? one.list('powers') : fallbacks.map(() => 1)
  const { shares, surplus } = bargainOverSum(one.number('total'), fallbacks, powers)
  return { surplus, ...numbered('share', shares) }
}

function pairOf([first = NaN, second = NaN, ...others]: number[]): [number, number] {
  if (others.length > 0 || Number.isNaN(first + second))
    throw new Unanswerable('mismatch', { first: 2 + others.length, second: 2 })
  return [first, second]
}

/** Coalitions and what they are worth (`a:0 a+b:10`), or gloves: `left` and `right` hands, a pair being worth 1. */
function solveGame(one: Case): Record<string, number> {
  if (one.has('left')) {
    const [left, right] = [one.words('left'), one.words('right')]
    const players = [...left, ...right]
    const leftBits = 2 ** left.length - 1
    const worths = Float64Array.from({ length: 2 ** players.length }, (_, coalition) =>
      Math.min(countBits(coalition & leftBits), countBits(coalition >> left.length)),
    )
    return named(players, shapleyValues(players.length, worths))
  }
  const stated = one.words('worths').map((text) => {
    const [members = '', worth = ''] = text.split(':')
    return { members: members.split('+').filter((member) => member !== ''), worth: Number(worth) }
  })
  const players = one.has('players') ? one.words('players') : [...new Set(stated.flatMap(({ members }) => members))]
  return named(players, shapleyValues(players.length, worthsOf(players, stated)))
}

function countBits(set: number): number {
  let count = 0
  for (let left = set; left > 0; left &= left - 1) count++
  return count
}
