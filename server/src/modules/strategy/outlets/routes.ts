import { outletEndpoints as endpoints } from '@ecluse/contracts/outlets.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { compareOutlets } from './compare-outlets.ts'
import { readOutletsToday } from './read-outlets-today.ts'
import { createStudy, deleteStudy, listStudies, readStudy, updateStudy } from './studies.ts'

/** Outlets: how many, where and which, under three policies; who keeps the criteria; and studies that are kept. */
export const outletRoutes: Routes = (app, services) => {
  implement(app, services, 'getOutletsToday', endpoints.getOutletsToday, (ctx) => readOutletsToday(ctx))
  implement(app, services, 'compareOutletPolicies', endpoints.compareOutletPolicies, (ctx, { body }) =>
    compareOutlets(ctx, body),
  )
  implement(app, services, 'listOutletStudies', endpoints.listOutletStudies, (ctx) => listStudies(ctx.db))
  implement(app, services, 'createOutletStudy', endpoints.createOutletStudy, (ctx, { body }) =>
    command(ctx, (tx) => createStudy(ctx, tx, body)),
  )
  implement(app, services, 'getOutletStudy', endpoints.getOutletStudy, (ctx, { params }) =>
    readStudy(ctx.db, params.studyId),
  )
  implement(app, services, 'updateOutletStudy', endpoints.updateOutletStudy, (ctx, { params, body }) =>
    command(ctx, (tx) => updateStudy(ctx, tx, params.studyId, body)),
  )
  implement(app, services, 'deleteOutletStudy', endpoints.deleteOutletStudy, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteStudy(tx, params.studyId))
    return undefined
  })
}
