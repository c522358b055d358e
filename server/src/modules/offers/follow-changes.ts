import pg from 'pg'
import type { Services } from '../../kernel/context.ts'
import { noChanges, readMessage, type Changes } from './domain/change-message.ts'
import { changesChannel } from './queries/notify.ts'
import type { OfferModel } from './read-model.ts'

const gatherMs = 50
const retryMs = 1_000

/** What one follower carries along. */
type Follower = {
  readonly services: Services
  readonly model: OfferModel
  pending: Changes
  /** Whether something may have been missed, so that everything must be read. */
  all: boolean
  stopped: boolean
  client: pg.Client | undefined
  reading: Promise<void>
  readTimer: NodeJS.Timeout | undefined
  connectTimer: NodeJS.Timeout | undefined
}

/**
 * Keeps the read model of this process up to date: listens to what the relay tells, gathers for a moment, reads again.
 * When the connection is lost it is made anew, and everything is read again, since something may have been missed.
 * The model is full when this returns.
 */
export async function followChanges(services: Services, model: OfferModel): Promise<{ stop(): Promise<void> }> {
  const follower: Follower = {
    services,
    model,
    pending: noChanges(),
    all: false,
    stopped: false,
    client: undefined,
    reading: Promise.resolve(),
    readTimer: undefined,
    connectTimer: undefined,
  }
  await connect(follower)
  await model.refresh()
  return {
    async stop() {
      follower.stopped = true
      clearTimeout(follower.readTimer)
      clearTimeout(follower.connectTimer)
      await follower.reading
      await follower.client?.end().catch(() => undefined)
    },
  }
}

async function connect(follower: Follower): Promise<void> {
  const { options } = follower.services.db
  const client = new pg.Client({ ...options, application_name: 'ecluse-offers', keepAlive: true })
  follower.client = client
  client.on('error', () => lost(follower, client))
  client.on('end', () => lost(follower, client))
  client.on('notification', ({ payload = '' }) => {
    readMessage(payload, follower.pending)
    readSoon(follower, gatherMs)
  })
  try {
    await client.connect()
    await client.query(`listen ${changesChannel}`)
  } catch (error) {
    lost(follower, client)
    throw error
  }
}

/** A connection tells its end more than once: the first time counts. */
function lost(follower: Follower, client: pg.Client): void {
  if (follower.client !== client || follower.stopped) return
  follower.client = undefined
  client.end().catch(() => undefined)
  follower.connectTimer = setTimeout(() => {
    connect(follower).then(
      () => {
        follower.all = true
        readSoon(follower, 0)
      },
      (error: unknown) => follower.services.log.warn({ err: error }, 'the connection that hears of changes was lost'),
    )
  }, retryMs)
}

function readSoon(follower: Follower, delay: number): void {
  if (follower.stopped || follower.readTimer) return
  follower.readTimer = setTimeout(() => {
    follower.reading = follower.reading.then(() => {
      follower.readTimer = undefined
      return read(follower)
    })
  }, delay)
}

async function read(follower: Follower): Promise<void> {
  const { model, services, pending, all } = follower
  follower.pending = noChanges()
  follower.all = false
  try {
    if (all) return await model.refresh()
    if (pending.terms) await model.refreshTerms()
    await model.refresh({ productIds: [...pending.productIds], variantIds: [...pending.variantIds] })
  } catch (error) {
    services.log.warn({ err: error }, 'the read model could not be refreshed; trying again')
    // What could not be read is not known any more.
    follower.all = true
    readSoon(follower, retryMs)
  }
}
