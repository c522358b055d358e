import { objectiveEndpoints as endpoints } from '@ecluse/contracts/objectives.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { forecastObjective } from './forecast-objectives.ts'
import { listObjectives, readObjective } from './read-objective.ts'
import {
  addObjectiveNote,
  closeObjective,
  createObjective,
  reopenObjective,
  updateObjective,
} from './write-objective.ts'

/** Objectives: set, followed, changed with their reasons, closed. */
export const objectiveRoutes: Routes = (app, services) => {
  implement(app, services, 'listObjectives', endpoints.listObjectives, (ctx, { query }) =>
    listObjectives(ctx, query.state),
  )

  implement(app, services, 'createObjective', endpoints.createObjective, async (ctx, { body }) => {
    const { id } = await command(ctx, async (tx) => readObjective(ctx, tx, await createObjective(ctx, tx, body)))
    // The engine computes outside of any transaction.
    await forecastObjective(ctx, id)
    return readObjective(ctx, ctx.db, id)
  })

  implement(app, services, 'getObjective', endpoints.getObjective, (ctx, { params }) =>
    readObjective(ctx, ctx.db, params.objectiveId),
  )

  implement(app, services, 'updateObjective', endpoints.updateObjective, async (ctx, { params, body }) => {
    await command(ctx, (tx) => updateObjective(ctx, tx, params.objectiveId, body))
    await forecastObjective(ctx, params.objectiveId)
    return readObjective(ctx, ctx.db, params.objectiveId)
  })

  implement(app, services, 'addObjectiveNote', endpoints.addObjectiveNote, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await addObjectiveNote(ctx, tx, params.objectiveId, body.text)
      return readObjective(ctx, tx, params.objectiveId)
    }),
  )

  implement(app, services, 'closeObjective', endpoints.closeObjective, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await closeObjective(ctx, tx, params.objectiveId, body.text)
      return readObjective(ctx, tx, params.objectiveId)
    }),
  )

  implement(app, services, 'reopenObjective', endpoints.reopenObjective, async (ctx, { params }) => {
    await command(ctx, (tx) => reopenObjective(ctx, tx, params.objectiveId))
    await forecastObjective(ctx, params.objectiveId)
    return readObjective(ctx, ctx.db, params.objectiveId)
  })
}
