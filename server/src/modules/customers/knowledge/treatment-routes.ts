import { treatmentEndpoints as endpoints } from '@ecluse/contracts/treatments.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { treatCustomersJob } from '../jobs/names.ts'
import {
  putTreatmentPolicy,
  readTreatment,
  readTreatmentAudit,
  setTreatment,
  unsetTreatment,
} from './treat-customers.ts'

/** How customers are dealt with, and whether some are dealt with otherwise than others. */
export const treatmentRoutes: Routes = (app, services) => {
  implement(app, services, 'getTreatmentAudit', endpoints.getTreatmentAudit, (ctx) => readTreatmentAudit(ctx.db))

  implement(app, services, 'putTreatmentPolicy', endpoints.putTreatmentPolicy, (ctx, { body }) =>
    command(ctx, async (tx) => {
      await enqueue(tx, treatCustomersJob, {}, { key: treatCustomersJob.name })
      return putTreatmentPolicy(tx, body)
    }),
  )

  implement(app, services, 'getCustomerTreatment', endpoints.getCustomerTreatment, (ctx, { params }) =>
    readTreatment(ctx.db, params.customerId),
  )

  implement(app, services, 'setCustomerTreatment', endpoints.setCustomerTreatment, (ctx, { params, body }) =>
    command(ctx, (tx) => setTreatment(ctx, tx, params.customerId, body)),
  )

  implement(app, services, 'releaseCustomerTreatment', endpoints.releaseCustomerTreatment, (ctx, { params }) =>
    command(ctx, (tx) => unsetTreatment(ctx, tx, params.customerId)),
  )
}
