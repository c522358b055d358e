import { packPurchases } from '@ecluse/strategy-engine/recommendation/purchases.ts'
import {
  ease,
  itemNeighbours,
  judgeRecommender,
  popularity,
  type Recommender,
} from '@ecluse/strategy-engine/recommendation/recommenders.ts'
import { EvaluationError, listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { readTable } from './table.ts'

const methods = ['popularity', 'item_knn', 'ease'] as const

/** `npx ecluse evaluate recommendation BEFORE AFTER`: recommends from one file of purchases, and looks into the other. */
export const recommendationEvaluation: EvaluationKind = {
  help: 'cli.evaluate.recommendation.help',
  options: {
    user: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.recommendation.user' },
    item: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.recommendation.item' },
    at: { type: 'string', value: 'N', help: 'cli.evaluate.recommendation.at' },
    neighbours: { type: 'string', value: 'N', help: 'cli.evaluate.recommendation.neighbours' },
    shrinkage: { type: 'string', value: 'N', help: 'cli.evaluate.recommendation.shrinkage' },
    methods: { type: 'string', value: 'NAMES', help: 'cli.evaluate.recommendation.methods' },
  },
  run: (request) => {
    const [first, second, ...others] = request.files
    if (first === undefined || second === undefined || others.length > 0) {
      throw new EvaluationError('cli.evaluate.two_files')
    }
    const before = packPurchases(...readPairs(first, request))
    const later = packPurchases(...readPairs(second, request), before.codes)
    const count = numberOption(request, 'at', 10, 1, 1000)
    const makers: Record<(typeof methods)[number], () => Recommender> = {
      popularity: () => popularity(before),
      item_knn: () => itemNeighbours(before, numberOption(request, 'neighbours', 100, 1)),
      ease: () => ease(before, numberOption(request, 'shrinkage', 500, 1e-6)),
    }
    const results: Record<string, number> = {}
    let n = 0
    for (const name of listOption(request, 'methods', methods)) {
      const maker = methods.find((one) => one === name)
      if (maker === undefined) throw new EvaluationError('cli.import.bad_setting', { setting: 'methods' })
      const quality = judgeRecommender(makers[maker](), before, later, count)
      results[`ndcg.${name}`] = quality.ndcg
      results[`precision.${name}`] = quality.precision
      results[`recall.${name}`] = quality.recall
      results[`hit.${name}`] = quality.hit
      n = quality.buyers
      request.progress(`${name}: NDCG@${count} ${quality.ndcg.toFixed(4)}`)
    }
    return { results, n }
  },
}

function readPairs(file: string, request: EvaluationRequest): [string[], string[]] {
  const table = readTable(file)
  return [table.text(textOption(request, 'user', 'user')), table.text(textOption(request, 'item', 'item'))]
}
