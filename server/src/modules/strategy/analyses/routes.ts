import { analysisEndpoints as endpoints } from '@ecluse/contracts/analyses.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { listAnalyses, readAnalysis } from './read-analysis.ts'
import { cancelAnalysis, replayAnalysis, startAnalysis } from './start-analysis.ts'

/** Questions asked of the firm's figures. */
export const analysisRoutes: Routes = (app, services) => {
  implement(app, services, 'listAnalyses', endpoints.listAnalyses, (ctx, { query }) => listAnalyses(ctx, query.kind))
  implement(app, services, 'startAnalysis', endpoints.startAnalysis, (ctx, { body }) =>
    command(ctx, (tx) => startAnalysis(ctx, tx, body)),
  )
  implement(app, services, 'getAnalysis', endpoints.getAnalysis, (ctx, { params }) =>
    readAnalysis(ctx, ctx.db, params.analysisId),
  )
  implement(app, services, 'cancelAnalysis', endpoints.cancelAnalysis, (ctx, { params }) =>
    command(ctx, (tx) => cancelAnalysis(ctx, tx, params.analysisId)),
  )
  implement(app, services, 'replayAnalysis', endpoints.replayAnalysis, (ctx, { params }) =>
    command(ctx, (tx) => replayAnalysis(ctx, tx, params.analysisId)),
  )
}
