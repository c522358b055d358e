import { inventDays } from '../evaluate/invented-days.ts'
import { readRoutingCases } from '../evaluate/routing-files.ts'
import {
  evaluateRoutingCase,
  summariseRouting,
  type RoutingCase,
  type RoutingResult,
  type RoutingSettings,
} from '../evaluate/routing.ts'
import { reasonOf } from '../kernel/start-error.ts'
import { UsageError, type Command, type CommandCall, type CommandOutcome } from './command.ts'

/** `npx ecluse evaluate routing [FILES]`: routes with time windows beside the best known; see docs/evaluate.md. */
export const routingCommand: Command = {
  arguments: ['NAME', '[FILES…]'],
  help: 'cli.evaluate.routing.help',
  options: {
    seconds: { type: 'string', value: 'N', help: 'cli.evaluate.seconds' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    objective: { type: 'string', value: 'NAME', help: 'cli.evaluate.objective' },
  },
  run: async (call) => runRouting(call, call.arguments.slice(1)),
}

function runRouting(call: CommandCall, files: string[]): CommandOutcome {
  const settings = readSettings(call)
  const cases = files.length === 0 ? invented(settings) : read(files, settings)
  const results: RoutingResult[] = []
  for (const one of cases) {
    if (call.signal.aborted) break
    const result = evaluateRoutingCase(one, settings)
    results.push(result)
    const { name, cost, vehicles, gapPercent, feasible } = result
    const known = {
      known: String(gapPercent !== null),
      gap: Math.round((gapPercent ?? 0) * 100) / 100 || 0,
      feasible: String(feasible),
    }
    call.progress(call.text('cli.evaluate.routing_line', { name, cost, vehicles, ...known }))
  }
  const summary = summariseRouting(results)
  const done = call.text('cli.evaluate.done', { n: summary.n, seconds: summary.seconds })
  return { ok: results.length > 0 && results.every(({ feasible }) => feasible), result: { ...summary }, lines: [done] }
}

function readSettings({ options }: CommandCall): RoutingSettings {
  const number = (name: 'seconds' | 'seed', usual: number, least: number): number => {
    const value = options[name] === undefined ? usual : Number(options[name])
    if (!Number.isFinite(value) || value < least) throw new UsageError('cli.import.bad_setting', { setting: name })
    return value
  }
  const objective = options['objective'] ?? 'distance'
  if (objective !== 'distance' && objective !== 'vehicles-then-distance') {
    throw new UsageError('cli.import.bad_setting', { setting: 'objective' })
  }
  const budgetMs = number('seconds', 30, 0) * 1000
  return { objective, effort: { budgetMs }, seed: number('seed', 1, 0), now: () => performance.now() }
}

const invented = ({ seed }: RoutingSettings): RoutingCase[] =>
  inventDays(seed).map((instance) => ({ instance, best: null }))

function read(files: string[], { objective }: RoutingSettings): RoutingCase[] {
  try {
    return readRoutingCases(files, objective)
  } catch (error) {
    throw new UsageError('cli.import.no_file', { path: files.join(', '), reason: reasonOf(error) }, error)
  }
}
