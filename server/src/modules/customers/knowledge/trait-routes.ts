import { traitEndpoints as endpoints } from '@ecluse/contracts/traits.ts'
import { command } from '../../../kernel/command.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { noteRead } from '../reads/note-read.ts'
import { declareFor, declareForMe, partyOfAccount, readTraits } from './traits.ts'

/** What interests customers, their sizes and their shop: as computed, and as they say themselves. */
export const traitRoutes: Routes = (app, services) => {
  implement(app, services, 'getCustomerTraits', endpoints.getCustomerTraits, (ctx, { params: { customerId } }) => {
    noteRead(ctx, customerId, 'profile')
    return readTraits(ctx.db, customerId)
  })

  implement(
    app,
    services,
    'declareForCustomer',
    endpoints.declareForCustomer,
    (ctx, { params: { customerId }, body }) =>
      command(ctx, async (tx) => {
        await declareFor(ctx, tx, customerId, body)
        return {}
      }),
  )

  implement(app, services, 'getMyTraits', endpoints.getMyTraits, async ({ db, actor }) => {
    const partyId =
      actor.kind === 'account' || actor.kind === 'staff' ? await partyOfAccount(db, actor.accountId) : undefined
    if (partyId === undefined) return { said: null, traits: [] }
    const { said, traits } = await readTraits(db, partyId)
    return { said, traits }
  })

  implement(app, services, 'declareForMe', endpoints.declareForMe, (ctx, { body }) =>
    command(ctx, async (tx) => {
      if (ctx.actor.kind !== 'account' && ctx.actor.kind !== 'staff') throw refuse('access.not_signed_in')
      await declareForMe(ctx, tx, ctx.actor, body)
      return {}
    }),
  )
}
