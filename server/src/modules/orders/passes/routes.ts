import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FastifyRequest } from 'fastify'
import { command } from '../../../kernel/command.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { qrSvg } from '../../../kernel/qr.ts'
import { createPass, findPass, readPresented, viewPass, type DocumentDeps, type Presented } from './create-pass.ts'
import { pickUpPass, revokePass } from './pick-up-pass.ts'

/** Counts an attempt to find something by a short code, before it is looked for; the answer gives the attempt back. */
export type LimitAttempts = (request: FastifyRequest) => Promise<() => Promise<void>>

/** Passes: a document goes on in another channel. */
export const passRoutes =
  (deps: DocumentDeps & { readonly limitCodes: LimitAttempts }): Routes =>
  (app, services) => {
    /** Codes are short enough to be tried out: whoever misses too often waits. A link's secret is not. */
    const counted = async <T>(presented: Presented, request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
      if (presented.secret !== null) return work()
      const giveBack = await deps.limitCodes(request)
      const found = await work()
      await giveBack()
      return found
    }

    implement(app, services, 'createPass', endpoints.createPass, (ctx, { body }) =>
      command(ctx, (tx) => createPass(ctx, tx, deps, body.cartId)),
    )

    implement(app, services, 'getPass', endpoints.getPass, (ctx, { params }, { request }) => {
      const presented = readPresented(params.code)
      return counted(presented, request, async () =>
        viewPass(ctx, ctx.db, deps, await findPass(ctx, ctx.db, presented)),
      )
    })

    implement(app, services, 'pickUpPass', endpoints.pickUpPass, (ctx, { params, body }, { request }) => {
      const presented = readPresented(params.code)
      return counted(presented, request, () =>
        command({ ...ctx, locale: body.locale }, (tx) =>
          pickUpPass({ ...ctx, locale: body.locale }, tx, deps, presented, body.channel),
        ),
      )
    })

    implement(app, services, 'revokePass', endpoints.revokePass, (ctx, { params }) =>
      inTransaction(ctx.db, async (tx) => {
        await revokePass(ctx, tx, readPresented(params.code))
        return undefined
      }),
    )

    implement(app, services, 'getPassQr', endpoints.getPassQr, async (ctx, { params }, { reply }) => {
      const presented = readPresented(params.code)
      if (presented.secret === null) throw refuse('orders.pass_not_found')
      const pass = await findPass(ctx, ctx.db, presented)
      const drawing = await qrSvg(deps.passLink(ctx.locale, `${pass.code}.${pass.secret}`))
      return reply.type('image/svg+xml').header('cache-control', 'private, max-age=3600').send(drawing)
    })
  }
