import { studyEndpoints as endpoints } from '@ecluse/contracts/studies.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { createStudy, deleteStudy, listStudies, readStudy, updateStudy } from './studies.ts'

/** Questions that are kept as they were asked. */
export const studyRoutes: Routes = (app, services) => {
  implement(app, services, 'listStudies', endpoints.listStudies, (ctx, { query }) => listStudies(ctx.db, query.kind))
  implement(app, services, 'createStudy', endpoints.createStudy, (ctx, { body }) =>
    command(ctx, (tx) => createStudy(ctx, tx, body)),
  )
  implement(app, services, 'getStudy', endpoints.getStudy, (ctx, { params }) => readStudy(ctx.db, params.studyId))
  implement(app, services, 'updateStudy', endpoints.updateStudy, (ctx, { params, body }) =>
    command(ctx, (tx) => updateStudy(ctx, tx, params.studyId, body)),
  )
  implement(app, services, 'deleteStudy', endpoints.deleteStudy, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteStudy(tx, params.studyId))
    return undefined
  })
}
