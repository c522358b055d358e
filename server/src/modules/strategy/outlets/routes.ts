import { outletEndpoints as endpoints } from '@ecluse/contracts/outlets.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { compareOutlets } from './compare-outlets.ts'
import { readOutletsToday } from './read-outlets-today.ts'

/** Outlets: how many, where and which, under three policies; and who keeps the criteria. */
export const outletRoutes: Routes = (app, services) => {
  implement(app, services, 'getOutletsToday', endpoints.getOutletsToday, (ctx) => readOutletsToday(ctx))
  implement(app, services, 'compareOutletPolicies', endpoints.compareOutletPolicies, (ctx, { body }) =>
    compareOutlets(ctx, body),
  )
}
