import { scenarioEndpoints as endpoints } from '@ecluse/contracts/scenarios.ts'
import { judgeVenture, type Venture } from '@ecluse/strategy-engine/ventures/shared-venture.ts'
import { centreApplication, prefilledAccounts } from '@ecluse/strategy-engine/ventures/worked-examples.ts'
import type { VentureVerdict } from '@ecluse/contracts/ventures.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { answerable } from '../answerable.ts'
import { readBacktest } from './backtest.ts'
import { compareRuns, readRun } from './read-run.ts'
import { listScenarios, readScenario } from './read-scenario.ts'
import { archiveScenario, challengeAssumption, createScenario, saveScenario } from './save-scenario.ts'
import { cancelRun, replayRun, startRun } from './start-run.ts'

/** What a distribution might do, simulated on the firm's own figures. */
export const scenarioRoutes: Routes = (app, services) => {
  implement(app, services, 'listScenarios', endpoints.listScenarios, async ({ db }) => ({
    items: await listScenarios(db),
  }))
  implement(app, services, 'createScenario', endpoints.createScenario, (ctx, { body }) =>
    command(ctx, (tx) => createScenario(ctx, tx, body)),
  )
  implement(app, services, 'getScenario', endpoints.getScenario, (ctx, { params, query }) =>
    readScenario(ctx, ctx.db, params.scenarioId, query.version ?? null),
  )
  implement(app, services, 'saveScenario', endpoints.saveScenario, (ctx, { params, body }) =>
    command(ctx, (tx) => saveScenario(ctx, tx, params.scenarioId, body)),
  )
  implement(app, services, 'archiveScenario', endpoints.archiveScenario, (ctx, { params }) =>
    command(ctx, (tx) => archiveScenario(ctx, tx, params.scenarioId)),
  )
  implement(app, services, 'challengeAssumption', endpoints.challengeAssumption, (ctx, { params, body }) =>
    command(ctx, (tx) => challengeAssumption(ctx, tx, params.scenarioId, body)),
  )
  implement(app, services, 'backtestScenarios', endpoints.backtestScenarios, (ctx) => readBacktest(ctx))
  runRoutes(app, services)
  ventureRoutes(app, services)
}

const runRoutes: Routes = (app, services) => {
  implement(app, services, 'runScenario', endpoints.runScenario, (ctx, { params, body }) =>
    command(ctx, (tx) => startRun(ctx, tx, params.scenarioId, body)),
  )
  implement(app, services, 'getScenarioRun', endpoints.getScenarioRun, (ctx, { params }) =>
    readRun(ctx, ctx.db, params.runId),
  )
  implement(app, services, 'cancelScenarioRun', endpoints.cancelScenarioRun, (ctx, { params }) =>
    command(ctx, (tx) => cancelRun(ctx, tx, params.runId)),
  )
  implement(app, services, 'replayScenarioRun', endpoints.replayScenarioRun, (ctx, { params }) =>
    command(ctx, (tx) => replayRun(ctx, tx, params.runId)),
  )
  implement(app, services, 'compareScenarioRuns', endpoints.compareScenarioRuns, ({ db }, { query }) =>
    compareRuns(db, query.runs),
  )
}

/** The two business cases of the trade: small enough to be judged while one waits. */
const ventureRoutes: Routes = (app, services) => {
  implement(app, services, 'judgeCentreApplication', endpoints.judgeCentreApplication, async (ctx, { body }) =>
    judge(ctx, () => centreApplication(body)),
  )
  implement(app, services, 'judgePrefilledAccounts', endpoints.judgePrefilledAccounts, async (ctx, { body }) =>
    judge(ctx, () => prefilledAccounts(body)),
  )
}

function judge({ locale }: Ctx, make: () => Venture): VentureVerdict {
  return answerable(locale, () => {
    const venture = make()
    return {
      ...judgeVenture(venture),
      benefits: venture.benefits.map(({ name, to, yearly }) => ({ name, to, yearly })),
      payments: venture.payments.map((payment) => ({ ...payment })),
    }
  })
}
