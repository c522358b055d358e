import { restrictionEndpoints as endpoints } from '@ecluse/contracts/restriction.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { readableNumber } from '../../kernel/ids.ts'
import { customerById, endRestriction, readRestriction, restrictCustomer } from '../customers/public.ts'
import { deadAmong, queueRightsMail } from '../engagement/public.ts'
import type { RightsDesk } from './rights-desk.ts'

/** How long somebody knows of the end of a restriction before it is lifted. */
const noticeMs = 86_400_000

/** Restriction of processing (GDPR, article 18). */
export const restrictionRoutes =
  (desk: RightsDesk): Routes =>
  (app, services) => {
    implement(app, services, 'getRestriction', endpoints.getRestriction, ({ db }, { params }) =>
      readRestriction(db, params.customerId),
    )
    implement(app, services, 'restrictCustomer', endpoints.restrictCustomer, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await restrictCustomer(ctx, tx, params.customerId, body)
        return readRestriction(tx, params.customerId)
      }),
    )
    implement(app, services, 'endRestriction', endpoints.endRestriction, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const endsAt = new Date(ctx.clock.now().getTime() + noticeMs)
        await endRestriction(tx, params.customerId, { endsAt, told: body.told })
        await tellOfEnd(ctx, tx, desk, params.customerId, endsAt)
        return readRestriction(tx, params.customerId)
      }),
    )
  }

/** Whoever can be reached by e-mail is told before it is lifted (article 18.3). */
async function tellOfEnd(ctx: Ctx, tx: Tx, desk: RightsDesk, customerId: string, until: Date): Promise<void> {
  const customer = await customerById(tx, customerId)
  const recipient = customer?.email
  if (!customer || !recipient || (await deadAmong(tx, [recipient.toLowerCase()])).size > 0) return
  const requestId = ctx.ids.next()
  await queueRightsMail(ctx, tx, {
    requestId,
    number: `L-${readableNumber('restriction', requestId, 7)}`,
    kind: 'restriction',
    occurrence: until.toISOString(),
    locale: customer.locale,
    recipient,
    partyId: customer.id,
    link: desk.page(customer.locale),
    until,
  })
}
