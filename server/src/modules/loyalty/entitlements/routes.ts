import { entitlementEndpoints as endpoints } from '@ecluse/contracts/entitlements.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import {
  endEntitlement,
  grantEntitlement,
  myBenefits,
  putEffects,
  readEffects,
  readEntitlements,
} from './read-entitlements.ts'

/** What recognition gives, and what the way customers are dealt with changes. */
export const entitlementRoutes: Routes = (app, services) => {
  implement(app, services, 'getEntitlements', endpoints.getEntitlements, (ctx, { params }) =>
    readEntitlements(ctx, ctx.db, params.customerId),
  )
  implement(app, services, 'getMyBenefits', endpoints.getMyBenefits, async (ctx) => ({ items: await myBenefits(ctx) }))
  implement(app, services, 'grantEntitlement', endpoints.grantEntitlement, (ctx, { params, body }) =>
    command(ctx, (tx) => grantEntitlement(ctx, tx, params.customerId, body)),
  )
  implement(app, services, 'endEntitlement', endpoints.endEntitlement, (ctx, { params }) =>
    command(ctx, (tx) => endEntitlement(ctx, tx, params)),
  )
  implement(app, services, 'getTreatmentEffects', endpoints.getTreatmentEffects, ({ db }) => readEffects(db))
  implement(app, services, 'putTreatmentEffects', endpoints.putTreatmentEffects, (ctx, { body }) =>
    command(ctx, (tx) => putEffects(ctx, tx, body)),
  )
}
