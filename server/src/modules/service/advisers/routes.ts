import { adviserEndpoints as endpoints } from '@ecluse/contracts/advisers.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { advisedBy, selectAdvisers } from '../queries/advisers.ts'
import { adviserView, putAdviser, readAdviser, readMyAdviser, setAdviser } from './write-adviser.ts'

/** People of the staff who look after customers. */
export const adviserRoutes: Routes = (app, services) => {
  implement(app, services, 'listAdvisers', endpoints.listAdvisers, async ({ db }) => ({
    items: (await selectAdvisers(db)).map(adviserView),
  }))

  implement(app, services, 'putAdviser', endpoints.putAdviser, (ctx, { params: { accountId }, body }) =>
    command(ctx, (tx) => putAdviser(ctx, tx, accountId, body)),
  )

  implement(
    app,
    services,
    'listAdvisedCustomers',
    endpoints.listAdvisedCustomers,
    async ({ db }, { params: { accountId }, query: { cursor, limit } }) => {
      const after = decodeCursor(cursor, [cursorPatterns.instant, cursorPatterns.uuid])
      const rows = await advisedBy(db, accountId, { after, limit: limit + 1 })
      return pageOf(
        rows,
        limit,
        ({ customer_id: customerId, name, at }) => ({ customerId, name, since: at.toISOString() }),
        (row) => [row.at, row.customer_id],
      )
    },
  )

  implement(app, services, 'getCustomerAdviser', endpoints.getCustomerAdviser, ({ db }, { params: { customerId } }) =>
    readAdviser(db, customerId),
  )

  implement(
    app,
    services,
    'setCustomerAdviser',
    endpoints.setCustomerAdviser,
    (ctx, { params: { customerId }, body }) => command(ctx, (tx) => setAdviser(ctx, tx, customerId, body.accountId)),
  )

  implement(app, services, 'getMyAdviser', endpoints.getMyAdviser, async ({ db, actor }) => ({
    adviser: actor.kind === 'account' || actor.kind === 'staff' ? await readMyAdviser(db, actor.accountId) : null,
  }))
}
