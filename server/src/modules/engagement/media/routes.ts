import type { FastifyRequest } from 'fastify'
import { socialEndpoints as social } from '@ecluse/contracts/social.ts'
import { textEndpoints as endpoints, type Answer, type CarrierEvent } from '@ecluse/contracts/texts.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { customerById } from '../../customers/public.ts'
import { chooseMediumOfOrder, chooseMyMedium, putWish, readMyWish, readWish } from './choose-service-medium.ts'
import { chooseMedium } from './choose-medium.ts'
import { replyHoursOf } from '../../loyalty/public.ts'
import { replyBy } from '../domain/reply-by.ts'
import { selectAnswers, type AnswerRow } from './queries/texts.ts'
import { queueText } from './queue-text.ts'
import { bySocial, byText, receiveTextEvent } from './receive-text-event.ts'
import { queueSocial } from '../social/queue-social.ts'
import { isSealed } from './text-provider.ts'
import { readPrices, weighText, withStop } from './weigh-text.ts'

/** Text and social messages, their answers, and by what people wish to hear of what they asked for. */
export const textRoutes: Routes = (app, services) => {
  implement(app, services, 'weighText', endpoints.weighText, ({ config, locale }, { body }) => {
    const text = withStop(body.text, body.purpose, locale)
    return Promise.resolve({ text, ...weighText(text, body.to ?? '+33', readPrices(config.smsPrices)) })
  })

  implement(app, services, 'sendText', endpoints.sendText, (ctx, { params: { customerId }, body }) =>
    command(ctx, (tx) => queueText(ctx, tx, { partyId: customerId, ...body, occurrence: `staff ${ctx.ids.next()}` })),
  )

  implement(app, services, 'getServiceWish', endpoints.getServiceWish, async ({ db }, { params }) => {
    const party = await customerById(db, params.customerId)
    if (!party) throw refuse('customers.not_found')
    return readWish(db, party)
  })

  implement(app, services, 'putServiceWish', endpoints.putServiceWish, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      const party = await customerById(tx, customerId)
      if (!party) throw refuse('customers.not_found')
      await putWish(ctx, tx, party, body.medium)
      return readWish(tx, party)
    }),
  )

  implement(app, services, 'getMyServiceWish', endpoints.getMyServiceWish, (ctx) => readMyWish(ctx, ctx.db))

  implement(app, services, 'putMyServiceWish', endpoints.putMyServiceWish, (ctx, { body }) =>
    command(ctx, (tx) => chooseMyMedium(ctx, tx, body)),
  )

  implement(app, services, 'putOrderServiceWish', endpoints.putOrderServiceWish, async (ctx, { params, body }) => {
    await command(ctx, (tx) => chooseMediumOfOrder(ctx, tx, { ...params, ...body }))
    return undefined
  })

  implement(app, services, 'chooseMedium', endpoints.chooseMedium, async (ctx, { params, query }) => {
    const { medium, reason, passed } = await chooseMedium(ctx, params.customerId, query.purpose)
    return { medium, reason, passed: [...passed] }
  })

  implement(app, services, 'listAnswers', endpoints.listAnswers, async ({ db }, { query }) => {
    const afterId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
    const rows = await selectAnswers(db, { customerId: query.customerId, afterId, limit: query.limit + 1 })
    const known = rows.flatMap(({ party_id }) => (party_id === null ? [] : [party_id]))
    const hours = await replyHoursOf(db, [...new Set(known)])
    return pageOf(
      rows,
      query.limit,
      (row) => answerView(row, hours.get(row.party_id ?? '')),
      (row) => [row.id],
    )
  })

  implement(app, services, 'receiveTextEvent', endpoints.receiveTextEvent, (ctx, { body }, { request }) =>
    hear(ctx, ctx.config.smsSecret, byText, request, body),
  )

  implement(app, services, 'sendSocial', social.sendSocial, (ctx, { params: { customerId }, body }) =>
    command(ctx, (tx) => queueSocial(ctx, tx, { partyId: customerId, ...body })),
  )

  implement(app, services, 'receiveSocialEvent', social.receiveSocialEvent, (ctx, { body }, { request }) =>
    hear(ctx, ctx.config.socialSecret, bySocial, request, body),
  )
}

/**
 * Hears what whoever carries messages of a medium tells, when it is sealed with their secret.
 * @throws engagement.seal_wrong; always, where no secret is set
 */
async function hear(
  ctx: Ctx,
  secret: string | null,
  by: typeof byText,
  request: FastifyRequest,
  body: CarrierEvent,
): Promise<undefined> {
  const told = (name: string): string => String(request.headers[name] ?? '')
  const sealed = { timestamp: told('x-ecluse-timestamp'), signature: told('x-ecluse-signature'), body }
  if (secret === null || !isSealed(secret, sealed, ctx.clock.now())) throw refuse('engagement.seal_wrong')
  await inTransaction(ctx.db, (tx) => receiveTextEvent(ctx, tx, by, body))
}

function answerView(row: AnswerRow, hours: number | undefined): Answer {
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
    replyBy: replyBy(row.received_at, hours),
  }
}
