import { createHmac } from 'node:crypto'
import { accessEndpoints as endpoints, type ApiKey } from '@ecluse/contracts/access.ts'
import type { FastifyReply } from 'fastify'
import { assert } from '../../kernel/assert.ts'
import { command, Replay } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { apiKeyView } from './api-key-view.ts'
import { changePassword } from './change-password.ts'
import { apiKeySecretFor, createApiKey } from './create-api-key.ts'
import { createStaff } from './create-staff.ts'
import type { Access } from './open-access.ts'
import { accountById } from './queries/accounts.ts'
import { listApiKeys } from './queries/api-keys.ts'
import { listStaff } from './queries/staff.ts'
import { register } from './register.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { sessionView } from './session-view.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { staffView } from './staff-view.ts'
import { updateStaff } from './update-staff.ts'

/** Sessions, accounts, members of staff and API keys. */
export const accessRoutes =
  (access: Access): Routes =>
  (app, services) => {
    sessionRoutes(access)(app, services)
    userRoutes(access)(app, services)
    apiKeyRoutes(access)(app, services)
  }

const sessionRoutes =
  (access: Access): Routes =>
  (app, services) => {
    implement(app, services, 'getSession', endpoints.getSession, async ({ actor, db, locale }, _input, { reply }) => {
      reply.header('cache-control', 'no-store')
      if (actor.kind !== 'account' && actor.kind !== 'staff') return { session: null }
      const account = await accountById(db, actor.accountId)
      return { session: sessionView(actor, account?.locale ?? locale) }
    })

    implement(app, services, 'signIn', endpoints.signIn, async (_ctx, { body }, { request, reply }) => {
      const { session, cookies } = await signIn(access, { ...body, ip: request.ip })
      setCookies(reply, cookies)
      return { session }
    })

    implement(app, services, 'signOut', endpoints.signOut, async (_ctx, _input, { request, reply }) => {
      setCookies(reply, await signOut(access, request))
      return undefined
    })

    implement(app, services, 'register', endpoints.register, async ({ locale }, { body }, { request, reply }) => {
      const { session, cookies } = await register(access, { ...body, locale, ip: request.ip })
      setCookies(reply, cookies)
      return { session }
    })

    implement(app, services, 'changePassword', endpoints.changePassword, async (ctx, { body }, { request, reply }) => {
      if (ctx.actor.kind !== 'account' && ctx.actor.kind !== 'staff') throw refuse('access.not_signed_in')
      setCookies(reply, await changePassword(access, request, ctx.actor, body))
      return undefined
    })
  }

const userRoutes =
  (access: Access): Routes =>
  (app, services) => {
    implement(app, services, 'listUsers', endpoints.listUsers, async ({ db }, { query: { q, cursor, limit } }) => {
      const after = decodeCursor(cursor, [cursorPatterns.text, cursorPatterns.uuid])
      const rows = await listStaff(db, { q, after, limit: limit + 1 })
      return pageOf(rows, limit, staffView, (row) => [row.name, row.id])
    })

    implement(app, services, 'createUser', endpoints.createUser, async (ctx, { body }) =>
      command(withKeyedHash(ctx), async (tx) => {
        const [user] = await createStaff(ctx, tx, [{ ...body, locale: ctx.locale }])
        assert(user, 'one person makes one user')
        return user
      }),
    )

    implement(app, services, 'updateUser', endpoints.updateUser, async (ctx, { params: { userId }, body }) => {
      const user = await command(ctx, (tx) => updateStaff(ctx, tx, userId, body))
      access.actors.forgetAccount(userId)
      return user
    })
  }

const apiKeyRoutes =
  (access: Access): Routes =>
  (app, services) => {
    implement(app, services, 'listApiKeys', endpoints.listApiKeys, async ({ db }) => ({
      items: (await listApiKeys(db)).map(apiKeyView),
    }))

    implement(app, services, 'createApiKey', endpoints.createApiKey, async (ctx, { body }, { reply }) => {
      const secret = apiKeySecretFor(ctx)
      const expiresAt = body.expiresAt === null ? null : new Date(body.expiresAt)
      reply.header('cache-control', 'no-store')
      try {
        // The answer kept for the idempotency key is the key without its secret.
        return { key: await command(ctx, (tx) => createApiKey(ctx, tx, { ...body, expiresAt, secret })), secret }
      } catch (error) {
        if (!(error instanceof Replay)) throw error
        reply.header('idempotency-replayed', 'true')
        return { key: error.response as ApiKey, secret }
      }
    })

    implement(app, services, 'revokeApiKey', endpoints.revokeApiKey, async (ctx, { params: { keyId } }) => {
      const key = await command(ctx, (tx) => revokeApiKey(ctx, tx, keyId))
      access.actors.forgetApiKey(keyId)
      return key
    })
  }

/**
 * The fingerprint of a request is stored with its idempotency key. This one covers a password, so it is keyed: the
 * database alone does not let anyone try passwords against it.
 */
function withKeyedHash(ctx: Ctx): Ctx {
  if (ctx.idempotency === undefined) return ctx
  const requestHash = createHmac('sha256', ctx.config.sessionSecret).update(ctx.idempotency.requestHash).digest()
  return { ...ctx, idempotency: { ...ctx.idempotency, requestHash } }
}

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  reply.header('cache-control', 'no-store')
  for (const cookie of cookies) reply.header('set-cookie', cookie)
}
