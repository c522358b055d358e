import { customerTimelineEndpoints as endpoints } from '@ecluse/contracts/customer-timeline.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { readOverview } from './read-overview.ts'
import { readTimeline } from './read-timeline.ts'

/** What is read over all modules: a customer's whole history. */
export const insightRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'getCustomerTimeline',
    endpoints.getCustomerTimeline,
    ({ db }, { params: { customerId }, query }) => readTimeline(db, customerId, query),
  )

  implement(app, services, 'getCustomerOverview', endpoints.getCustomerOverview, ({ db }, { params: { customerId } }) =>
    readOverview(db, customerId),
  )
}
