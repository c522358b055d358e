import { experimentEndpoints as endpoints } from '@ecluse/contracts/experiments.ts'
import { command } from '../../../kernel/command.ts'
import { onReplica } from '../../../kernel/context.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { answerable } from '../answerable.ts'
import { askArm } from './arm-of.ts'
import { planExperiment } from './domain/plan-experiment.ts'
import { readBaseline } from './read-baseline.ts'
import { listExperiments, readExperiment } from './read-experiment.ts'
import { readResults } from './read-results.ts'
import {
  createExperiment,
  deleteExperiment,
  endExperiment,
  startExperiment,
  updateExperiment,
} from './write-experiment.ts'

/** Experiments: planned, begun, asked for arms, read at any moment, ended. */
export const experimentRoutes: Routes = (app, services) => {
  implement(app, services, 'readExperimentBaseline', endpoints.readExperimentBaseline, (ctx, { query }) =>
    readBaseline(onReplica(ctx), query),
  )
  implement(app, services, 'planExperiment', endpoints.planExperiment, async ({ locale }, { body }) =>
    answerable(locale, () => planExperiment(body.design, body.baseline)),
  )
  implement(app, services, 'listExperiments', endpoints.listExperiments, (ctx) => listExperiments(ctx.db))
  implement(app, services, 'createExperiment', endpoints.createExperiment, (ctx, { body }) =>
    command(ctx, async (tx) => readExperiment(tx, await createExperiment(ctx, tx, body))),
  )
  implement(app, services, 'getExperiment', endpoints.getExperiment, (ctx, { params }) =>
    readExperiment(ctx.db, params.experimentId),
  )
  implement(app, services, 'updateExperiment', endpoints.updateExperiment, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await updateExperiment(ctx, tx, params.experimentId, body)
      return readExperiment(tx, params.experimentId)
    }),
  )
  implement(app, services, 'deleteExperiment', endpoints.deleteExperiment, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteExperiment(tx, params.experimentId))
    return undefined
  })
  implement(app, services, 'startExperiment', endpoints.startExperiment, (ctx, { params }) =>
    command(ctx, async (tx) => {
      await startExperiment(ctx, tx, params.experimentId)
      return readExperiment(tx, params.experimentId)
    }),
  )
  implement(app, services, 'endExperiment', endpoints.endExperiment, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await endExperiment(ctx, tx, params.experimentId, body)
      return readExperiment(tx, params.experimentId)
    }),
  )
  implement(app, services, 'askExperimentArm', endpoints.askExperimentArm, (ctx, { params }) =>
    askArm(ctx, params.experimentId, params.customerId),
  )
  implement(app, services, 'readExperimentResults', endpoints.readExperimentResults, (ctx, { params }) =>
    readResults(ctx, params.experimentId),
  )
}
