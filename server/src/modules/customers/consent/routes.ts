import type { FastifyRequest } from 'fastify'
import { consentEndpoints as endpoints } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { command } from '../../../kernel/command.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { minimiseIp } from '../domain/minimise.ts'
import { appendConsent } from './append-consent.ts'
import {
  askNewsletter,
  confirmNewsletter,
  putMyPreferences,
  putPreferences,
  readMyPreferences,
  readPreferences,
  unsubscribe,
} from './prefer.ts'
import { noteRead } from '../reads/note-read.ts'
import { readConsents } from './read-consents.ts'

type Deps = {
  /** Keeps a script from writing to strangers through us. */
  readonly limitAsking: (request: FastifyRequest) => Promise<unknown>
}

const proofOf = ({ ip }: FastifyRequest): Record<string, string> => ({ network: minimiseIp(ip) })

/** @throws access.not_signed_in */
function signedIn({ actor }: Ctx) {
  if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
  return actor
}

/** What customers allow, and how they say so. */
export const consentRoutes =
  ({ limitAsking }: Deps): Routes =>
  (app, services) => {
    implement(app, services, 'getCustomerConsents', endpoints.getCustomerConsents, (ctx, { params, query }) => {
      noteRead(ctx, params.customerId, 'consents')
      return readConsents(ctx, ctx.db, params.customerId, query.at ? new Date(query.at) : ctx.clock.now())
    })

    implement(app, services, 'recordConsent', endpoints.recordConsent, (ctx, { params: { customerId }, body }) =>
      command(ctx, async (tx) => {
        const { act, medium, purpose, proof } = body
        const said = { source: 'staff', wording: 'staff-1', locale: ctx.locale, proof: { said: proof } } as const
        await appendConsent(ctx, tx, { partyId: customerId, act, medium, purpose, ...said })
        return readConsents(ctx, tx, customerId, ctx.clock.now())
      }),
    )

    implement(app, services, 'askNewsletter', endpoints.askNewsletter, async (ctx, { body }, { request }) => {
      await limitAsking(request)
      const said = { proof: proofOf(request), locale: body.locale }
      await inTransaction(ctx.db, (tx) => askNewsletter(ctx, tx, body.email, said))
      services.wakeRelay()
      return {}
    })

    implement(app, services, 'confirmNewsletter', endpoints.confirmNewsletter, async (ctx, { query }, { request }) => {
      const said = { proof: proofOf(request), locale: ctx.locale }
      const token = await inTransaction(ctx.db, (tx) => confirmNewsletter(ctx, tx, query.token, said))
      return { preferencesToken: token }
    })

    implement(app, services, 'getPreferences', endpoints.getPreferences, (ctx, { query }) =>
      readPreferences(ctx, ctx.db, query.token),
    )

    implement(app, services, 'putPreferences', endpoints.putPreferences, (ctx, { query, body }, { request }) => {
      const said = { proof: proofOf(request), locale: ctx.locale }
      const { media: wanted, preferences } = body
      return inTransaction(ctx.db, (tx) => putPreferences(ctx, tx, query.token, { wanted, preferences, ...said }))
    })

    implement(app, services, 'getMyPreferences', endpoints.getMyPreferences, (ctx) =>
      readMyPreferences(ctx, ctx.db, signedIn(ctx)),
    )

    implement(app, services, 'putMyPreferences', endpoints.putMyPreferences, (ctx, { body }, { request }) => {
      const said = { proof: proofOf(request), locale: ctx.locale }
      const { media: wanted, preferences } = body
      return inTransaction(ctx.db, (tx) => putMyPreferences(ctx, tx, signedIn(ctx), { wanted, preferences, ...said }))
    })

    implement(app, services, 'unsubscribe', endpoints.unsubscribe, async (ctx, { query }, { request }) => {
      await inTransaction(ctx.db, (tx) =>
        unsubscribe(ctx, tx, query.token, { proof: proofOf(request), locale: ctx.locale }),
      )
      return {}
    })
  }
