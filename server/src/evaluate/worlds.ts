import { coverageOf, knownWorlds, type WorldKind } from '@ecluse/strategy-engine/worlds/known-truth.ts'
import { EvaluationError, listOption, numberOption } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate worlds`: in how many invented worlds the truth lies in the 95 % interval of its estimate. */
export const worldsEvaluation: EvaluationKind = {
  help: 'cli.evaluate.worlds.help',
  options: {
    worlds: { type: 'string', value: 'N', help: 'cli.evaluate.worlds.worlds' },
    kinds: { type: 'string', value: 'NAMES', help: 'cli.evaluate.worlds.kinds' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
  },
  run: (request) => {
    const worlds = numberOption(request, 'worlds', 1_000, 2)
    const seed = numberOption(request, 'seed', 1, 0)
    const known = Object.keys(knownWorlds) as WorldKind[]
    const kinds = listOption(request, 'kinds', known).map((name) => {
      const kind = known.find((one) => one === name)
      if (kind === undefined) throw new EvaluationError('cli.import.bad_setting', { setting: `kinds: ${name}` })
      return kind
    })
    const figures = kinds.flatMap((kind): [string, number][] => {
      const { coverage, lean, width } = coverageOf(kind, worlds, seed)
      request.progress(`${kind}: ${coverage}`)
      return [
        [`coverage.${kind}`, coverage],
        [`lean.${kind}`, lean],
        [`width.${kind}`, width],
      ]
    })
    return { results: Object.fromEntries(figures), n: worlds * kinds.length }
  },
}
