import { customerEndpoints as endpoints } from '@ecluse/contracts/customers.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { customerView } from './customer-view.ts'
import { searchTerms } from './domain/search-terms.ts'
import { householdRoutes } from './households/routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { matchingRoutes } from './matching/routes.ts'
import { noteRead } from './reads/note-read.ts'
import { readRoutes } from './reads/routes.ts'
import { listParties, partyById } from './queries/parties.ts'

/** Customers: they belong to the company, not to a shop, so every shop that may read them finds them. */
export const customerRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'listCustomers',
    endpoints.listCustomers,
    async ({ db }, { query: { q, cursor, limit } }) => {
      const after = decodeCursor(cursor, [cursorPatterns.text, cursorPatterns.uuid])
      const rows = await listParties(db, { ...searchTerms(q), after, limit: limit + 1 })
      return pageOf(rows, limit, customerView, (row) => [row.sort_name, row.id])
    },
  )

  implement(app, services, 'getCustomer', endpoints.getCustomer, async (ctx, { params: { customerId } }) => {
    const row = await partyById(ctx.db, customerId)
    if (row === undefined) throw refuse('customers.not_found')
    noteRead(ctx, customerId, 'profile')
    return customerView(row)
  })
  identityRoutes(app, services)
  matchingRoutes(app, services)
  householdRoutes(app, services)
  readRoutes(app, services)
  knowledgeRoutes(app, services)
}
