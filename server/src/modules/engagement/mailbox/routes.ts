import { mailboxEndpoints as endpoints } from '@ecluse/contracts/mailbox.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { liftDead, selectDead } from './queries/mailbox.ts'

/** Addresses that do not exist. */
export const mailboxRoutes: Routes = (app, services) => {
  implement(app, services, 'listDeadAddresses', endpoints.listDeadAddresses, async ({ db }, { query }) => {
    const after = decodeCursor(query.cursor, [cursorPatterns.instant, /^.{1,320}$/])
    const rows = await selectDead(db, { after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ address, since, reason, message_id }) => ({
        address,
        since: since.toISOString(),
        reason,
        messageId: message_id,
      }),
      (row) => [row.since, row.address],
    )
  })

  implement(app, services, 'liftDeadAddress', endpoints.liftDeadAddress, async (ctx, { body }) => {
    await command(ctx, async (tx) => {
      const lifted = await liftDead(tx, body.address.toLowerCase(), ctx.clock.now(), actorLabel(ctx.actor))
      if (!lifted) throw refuse('engagement.address_not_dead')
    })
    return undefined
  })
}
