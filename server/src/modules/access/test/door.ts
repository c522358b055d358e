import fastify, { type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestClock, type TestClock } from '../../../../test/kit/clock.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext, type Ctx, type Services } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { registerProblems } from '../../../kernel/http/problems.ts'
import { responseSerializer } from '../../../kernel/http/serialize.ts'
import { createStaff, openAccess, type Access, type NewStaff } from '../public.ts'
import { accessRoutes } from '../routes.ts'

export const password = 'un mot de passe sûr'

export type Door = {
  readonly app: FastifyInstance
  readonly access: Access
  readonly services: Services
  readonly clock: TestClock
  readonly ctx: Ctx
  /** Adds a member of staff whose password is `password`; answers their account. */
  hire(person: Partial<NewStaff> & { email: string }): Promise<string>
  /** Signs in; answers the headers that carry the session. */
  enter(email: string, withPassword?: string): Promise<Record<string, string>>
  /** Another process on the same database. */
  anotherProcess(): Promise<FastifyInstance>
}

/** The routes of access alone, behind the hooks every application puts before them, on a database of their own. */
export async function openDoor(): Promise<Door> {
  const { db } = await createTestDatabase({ poolSize: 20 })
  const clock = createTestClock()
  const services = createTestServices(db, { clock })
  const ctx = systemContext(services, 'test')
  const access = openAccess(services)
  const app = await process(services, access)
  return {
    app,
    access,
    services,
    clock,
    ctx,
    async hire(person) {
      const newcomer = {
        name: 'Camille',
        password,
        role: 'clerk' as const,
        siteIds: null,
        locale: 'fr' as const,
        ...person,
      }
      const [user] = await inTransaction(db, (tx) => createStaff(ctx, tx, [newcomer]))
      return user?.id ?? ''
    },
    async enter(email, withPassword = password) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { email, password: withPassword },
      })
      if (answer.statusCode !== 200) throw new Error(`cannot sign in: ${answer.statusCode} ${answer.body}`)
      return sessionHeaders(answer.cookies)
    },
    anotherProcess: () => process(services, openAccess(services)),
  }
}

/** The headers a browser of ours would send with these cookies. */
export function sessionHeaders(cookies: readonly { name: string; value: string }[]): Record<string, string> {
  const cookie = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
  return { cookie, 'sec-fetch-site': 'same-origin' }
}

async function process(services: Services, access: Access): Promise<FastifyInstance> {
  const app = fastify() as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(responseSerializer('test'))
  app.decorateRequest('actor')
  registerProblems(app)
  app.addHook('onRequest', async (request, reply) => {
    access.refuseForeignOrigin(request)
    request.actor = await access.authenticate(request, reply)
  })
  accessRoutes(access)(app, services)
  await app.ready()
  return app
}
