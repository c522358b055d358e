import { customerEndpoints as endpoints } from '@ecluse/contracts/customers.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { identifyCustomer } from './identify-customer.ts'
import { noteRead } from '../reads/note-read.ts'
import { mergeParties } from './merge-parties.ts'
import { readProfile } from './read-profile.ts'
import { unmergeParty } from './unmerge-party.ts'

/** Who a customer is, and by what they were recognised. */
export const identityRoutes: Routes = (app, services) => {
  implement(app, services, 'getCustomerProfile', endpoints.getCustomerProfile, (ctx, { params: { customerId } }) => {
    noteRead(ctx, customerId, 'profile')
    return readProfile(ctx.db, customerId)
  })

  implement(app, services, 'identifyCustomer', endpoints.identifyCustomer, (ctx, { body }) =>
    command(ctx, (tx) => identifyCustomer(ctx, tx, body)),
  )

  implement(app, services, 'mergeCustomers', endpoints.mergeCustomers, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      const { otherId, note } = body
      const merged = await mergeParties(ctx, tx, { survivorId: customerId, absorbedId: otherId, rule: 'staff', note })
      return { customerId: merged.survivorId, memberId: merged.absorbedId }
    }),
  )

  implement(app, services, 'unmergeCustomer', endpoints.unmergeCustomer, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      await unmergeParty(ctx, tx, customerId, body.note ?? null)
      return { customerId }
    }),
  )
}
