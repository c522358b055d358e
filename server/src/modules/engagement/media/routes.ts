import { textEndpoints as endpoints, type Answer } from '@ecluse/contracts/texts.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { customerById } from '../../customers/public.ts'
import { chooseMedium } from './choose-medium.ts'
import { putServiceWish, selectAnswers, serviceWishOf, type AnswerRow } from './queries/texts.ts'
import { queueText } from './queue-text.ts'
import { receiveTextEvent } from './receive-text-event.ts'
import { isSealed } from './text-provider.ts'
import { readPrices, weighText, withStop } from './weigh-text.ts'

/** Text messages, their answers, and by what people wish to hear of what they asked for. */
export const textRoutes: Routes = (app, services) => {
  implement(app, services, 'weighText', endpoints.weighText, ({ config, locale }, { body }) => {
    const text = withStop(body.text, body.purpose, locale)
    return Promise.resolve({ text, ...weighText(text, body.to ?? '+33', readPrices(config.smsPrices)) })
  })

  implement(app, services, 'sendText', endpoints.sendText, (ctx, { params: { customerId }, body }) =>
    command(ctx, (tx) => queueText(ctx, tx, { partyId: customerId, ...body, occurrence: `staff ${ctx.ids.next()}` })),
  )

  implement(app, services, 'getServiceWish', endpoints.getServiceWish, (ctx, { params }) =>
    readWish(ctx.db, params.customerId),
  )

  implement(app, services, 'putServiceWish', endpoints.putServiceWish, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      const party = await customerById(tx, customerId)
      if (!party) throw refuse('customers.not_found')
      if (body.medium === 'sms' && !party.phone) throw refuse('engagement.no_phone')
      const wish = { partyId: party.id, medium: body.medium, now: ctx.clock.now(), actor: actorLabel(ctx.actor) }
      await putServiceWish(tx, wish)
      return readWish(tx, customerId)
    }),
  )

  implement(app, services, 'chooseMedium', endpoints.chooseMedium, async (ctx, { params, query }) => {
    const { medium, reason, passed } = await chooseMedium(ctx, params.customerId, query.purpose)
    return { medium, reason, passed: [...passed] }
  })

  implement(app, services, 'listAnswers', endpoints.listAnswers, async ({ db }, { query }) => {
    const afterId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
    const rows = await selectAnswers(db, { customerId: query.customerId, afterId, limit: query.limit + 1 })
    return pageOf(rows, query.limit, answerView, (row) => [row.id])
  })

  implement(app, services, 'receiveTextEvent', endpoints.receiveTextEvent, async (ctx, { body }, { request }) => {
    const told = (name: string): string => String(request.headers[name] ?? '')
    requireSeal(ctx, { timestamp: told('x-ecluse-timestamp'), signature: told('x-ecluse-signature'), body })
    await inTransaction(ctx.db, (tx) => receiveTextEvent(ctx, tx, body))
    return undefined
  })
}

/** @throws engagement.seal_wrong; always, where no secret is set */
function requireSeal(ctx: Ctx, sealed: Parameters<typeof isSealed>[1]): void {
  const secret = ctx.config.smsSecret
  if (secret === null || !isSealed(secret, sealed, ctx.clock.now())) throw refuse('engagement.seal_wrong')
}

async function readWish(db: Queryable, customerId: string): Promise<{ medium: 'email' | 'sms'; phone: string | null }> {
  const party = await customerById(db, customerId)
  if (!party) throw refuse('customers.not_found')
  return { medium: (await serviceWishOf(db, party.id)) ?? 'email', phone: party.phone }
}

function answerView(row: AnswerRow): Answer {
  return {
    id: row.id,
    medium: row.medium,
    from: row.sender,
    customerId: row.party_id,
    messageId: row.message_id,
    subject: row.subject,
    text: row.body,
    wish: row.wish,
    receivedAt: row.received_at.toISOString(),
  }
}
