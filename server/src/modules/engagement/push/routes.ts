import type { FastifyRequest } from 'fastify'
import { notificationEndpoints as endpoints } from '@ecluse/contracts/notifications.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { minimiseIp } from '../../customers/public.ts'
import { vapidKeysOf } from './domain/vapid-keys.ts'
import { endMyDevice, joinMyDevice, putMyDevice, readMyDevice } from './register-device.ts'

type Deps = {
  /** Keeps a script from making strangers of devices that are none. */
  readonly limitAsking: (request: FastifyRequest) => Promise<unknown>
}

/** Notifications: which browsers of whom, and of what. */
export const pushRoutes =
  ({ limitAsking }: Deps): Routes =>
  (app, services) => {
    const { publicKey } = vapidKeysOf(services.config.sessionSecret)

    implement(app, services, 'getPushKey', endpoints.getPushKey, () => Promise.resolve({ publicKey }))

    implement(app, services, 'readDevice', endpoints.readDevice, (ctx, { body }) =>
      readMyDevice(ctx, ctx.db, body.endpoint),
    )

    implement(app, services, 'putDevice', endpoints.putDevice, async (ctx, { body }, { request }) => {
      if (ctx.actor.kind === 'anonymous') await limitAsking(request)
      const state = await inTransaction(ctx.db, (tx) =>
        putMyDevice(ctx, tx, { ...body, network: minimiseIp(request.ip) }),
      )
      ctx.wakeRelay()
      return state
    })

    implement(app, services, 'endDevice', endpoints.endDevice, async (ctx, { body }, { request }) => {
      const said = { locale: ctx.locale, network: minimiseIp(request.ip) }
      await inTransaction(ctx.db, (tx) => endMyDevice(ctx, tx, body.endpoint, said))
      return undefined
    })

    implement(app, services, 'joinDevice', endpoints.joinDevice, (ctx, { body }) =>
      inTransaction(ctx.db, (tx) => joinMyDevice(ctx, tx, body.endpoint)),
    )
  }
