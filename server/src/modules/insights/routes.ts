import { customerTimelineEndpoints as endpoints } from '@ecluse/contracts/customer-timeline.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { noteRead } from '../customers/public.ts'
import { readOverview } from './read-overview.ts'
import { readTimeline } from './read-timeline.ts'

/** What is read over all modules: a customer's whole history. */
export const insightRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'getCustomerTimeline',
    endpoints.getCustomerTimeline,
    (ctx, { params: { customerId }, query }) => {
      noteRead(ctx, customerId, 'timeline')
      return readTimeline(ctx.db, customerId, query)
    },
  )

  implement(app, services, 'getCustomerOverview', endpoints.getCustomerOverview, (ctx, { params: { customerId } }) => {
    noteRead(ctx, customerId, 'profile')
    return readOverview(ctx.db, customerId)
  })
}
