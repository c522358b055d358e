import { knowledgeEndpoints as endpoints } from '@ecluse/contracts/knowledge.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { computeValuesJob } from '../jobs/names.ts'
import { traitRoutes } from './trait-routes.ts'
import { treatmentRoutes } from './treatment-routes.ts'
import { readCustomerValue, readKnowledge } from './read-knowledge.ts'

/** What is computed of customers. */
export const knowledgeRoutes: Routes = (app, services) => {
  treatmentRoutes(app, services)
  traitRoutes(app, services)

  implement(app, services, 'getKnowledge', endpoints.getKnowledge, (ctx) => readKnowledge(ctx.db))

  implement(app, services, 'computeKnowledge', endpoints.computeKnowledge, (ctx) =>
    command(ctx, async (tx) => {
      await enqueue(tx, computeValuesJob, {}, { key: computeValuesJob.name, keepRunAt: true })
      return {}
    }),
  )

  implement(app, services, 'getCustomerValue', endpoints.getCustomerValue, async (ctx, { params }) => ({
    value: await readCustomerValue(ctx.db, params.customerId),
  }))
}
