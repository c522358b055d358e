import pg from 'pg'
import type { Services } from '../../kernel/context.ts'
import { noChanges, readMessage, type Changes } from './domain/change-message.ts'
import { changesChannel } from './queries/notify.ts'
import type { OfferModel } from './read-model.ts'

const gatherMs = 50
const retryMs = 1_000

/**
 * Keeps the read model of this process up to date: listens to what the relay tells, gathers for a moment, reads again.
 * When the connection is lost it is made anew, and everything is read again, since something may have been missed.
 * The model is full when this returns.
 */
export async function followChanges(services: Services, model: OfferModel): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let client: pg.Client | undefined
  let pending: Changes = noChanges()
  let all = false
  let timer: NodeJS.Timeout | undefined
  let reconnection: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()

  const read = async (): Promise<void> => {
    const changes = pending
    const everything = all
    pending = noChanges()
    all = false
    try {
      if (everything) return await model.refresh()
      if (changes.terms) await model.refreshTerms()
      await model.refresh({ productIds: [...changes.productIds], variantIds: [...changes.variantIds] })
    } catch (error) {
      services.log.warn({ err: error }, 'the read model could not be refreshed; trying again')
      // What could not be read is not known any more: read everything.
      all = true
      soon(retryMs)
    }
  }

  const soon = (delay = gatherMs): void => {
    if (stopped || timer) return
    timer = setTimeout(() => {
      current = current.then(() => {
        timer = undefined
        return read()
      })
    }, delay)
  }

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ ...services.db.options, application_name: 'ecluse-offers', keepAlive: true })
    client = fresh
    const lost = (): void => {
      if (client !== fresh || stopped) return
      client = undefined
      fresh.end().catch(() => undefined)
      reconnection = setTimeout(() => {
        connect().then(
          () => {
            all = true
            soon()
          },
          (error: unknown) => services.log.warn({ err: error }, 'the connection that listens to changes was lost'),
        )
      }, retryMs)
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ payload = '' }) => {
      readMessage(payload, pending)
      soon()
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${changesChannel}`)
    } catch (error) {
      lost()
      throw error
    }
  }

  await connect()
  await model.refresh()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      clearTimeout(reconnection)
      await current
      await client?.end().catch(() => undefined)
    },
  }
}
