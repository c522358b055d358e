import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { EngineRefusal } from '../evaluate/engine-refusal.ts'
import { EvaluationError } from '../evaluate/evaluation-options.ts'
import type { EvaluationKind } from '../evaluate/evaluation.ts'
import { evaluations } from '../evaluate/evaluations.ts'
import { UsageError, type Command, type CommandCall, type CommandOutcome } from './command.ts'

/** `npx ecluse evaluate NAME [FILES]`: how good something of Écluse is, in figures; see docs/evaluate.md. */
export async function evaluateCommand(args: readonly string[]): Promise<Command> {
  const name = args.find((one) => !one.startsWith('-')) ?? ''
  if (name === 'routing') return (await import('./evaluate-routing.ts')).routingCommand
  const load = Object.hasOwn(evaluations, name) ? evaluations[name] : undefined
  if (load === undefined) return listingCommand
  const kind = await load()
  return {
    arguments: ['NAME', '[FILES…]'],
    help: kind.help,
    options: kind.options,
    run: async (call) => runEvaluation(name, kind, call),
  }
}

/** Without a name that is known: the help lists the names. */
const listingCommand: Command = {
  arguments: ['NAME', '[FILES…]'],
  options: {},
  moreHelp: async (text) => {
    const kinds = await Promise.all(
      Object.entries(evaluations).map(async ([name, load]) => ({ name, ...(await load()) })),
    )
    const all = [{ name: 'routing', help: 'cli.evaluate.routing.help' as const }, ...kinds]
    const width = Math.max(...all.map(({ name }) => name.length)) + 2
    return ['', ...all.map(({ name, help }) => `  ${name.padEnd(width)}${text(help)}`)]
  },
  run: (call) => {
    const names = ['routing', ...Object.keys(evaluations)].join(', ')
    throw new UsageError('cli.evaluate.unknown', { name: call.arguments[0] ?? '', names })
  },
}

/** The figures of one evaluation; data that hold no answer are told in a sentence, never as NaN. */
async function runEvaluation(name: string, kind: EvaluationKind, call: CommandCall): Promise<CommandOutcome> {
  const started = performance.now()
  try {
    const { options, progress, signal } = call
    const { results, n } = await kind.run({ files: call.arguments.slice(1), options, progress, signal })
    const wrong = Object.entries(results).find(([, figure]) => !Number.isFinite(figure))
    if (wrong !== undefined) throw new Error(`the evaluation ${name} gave ${wrong[1]} for ${wrong[0]}`)
    const seconds = Math.round(performance.now() - started) / 1000
    const lines = Object.entries(results).map(([figure, value]) => `${figure} ${value}`)
    return {
      ok: true,
      result: { evaluation: name, results, n, seconds },
      lines: [...lines, call.text('cli.evaluate.done_with', { n, seconds })],
    }
  } catch (error) {
    if (error instanceof EvaluationError) throw new UsageError(error.key, error.values, error)
    if (error instanceof Unanswerable) throw new EngineRefusal(error, error)
    throw error
  }
}
