import { systemContext, type Services } from '../../kernel/context.ts'
import { placeOrders, type Placement, type Purchase } from './place-orders.ts'

/** Where purchases wait for a moment, so that many are placed in one transaction. */
export type PlacementQueue = {
  place(purchase: Purchase): Promise<Placement>
  /** Whether buyers come faster than they can be served one by one: what can wait should wait. */
  inRush(): boolean
}

const mostPerBatch = 128
/**
 * One batch is written at a time, so that none waits for the articles of another; while it is made safe on the disk, the next
 * is written.
 */
const mostUnderWay = 2
/** So many purchases in one transaction are a rush, and it is taken to go on for so long. */
const rushSize = 8
const rushMs = 500

type Waiting = { purchase: Purchase; resolve: (placement: Placement) => void; reject: (error: unknown) => void }

/**
 * Gathers concurrent purchases: whoever comes while all lanes are busy is placed with the others by the next free one. A
 * lone purchase does not wait.
 */
export function createPlacementQueue(services: Services): PlacementQueue {
  const ctx = systemContext(services, 'placement')
  let waiting: Waiting[] = []
  let underWay = 0
  let writing = false
  let rushEnds = -Infinity

  const run = async (batch: readonly Waiting[], written: () => void): Promise<void> => {
    try {
      const placements = await placeOrders(
        ctx,
        batch.map((entry) => entry.purchase),
        written,
      )
      batch.forEach((entry, index) => entry.resolve(placements[index] as Placement))
      services.wakeRelay()
    } catch (error) {
      // One purchase that cannot be written must not take the others with it: each is tried alone, and fails alone.
      if (batch.length > 1) await Promise.all(batch.map((entry) => run([entry], written)))
      else batch[0]?.reject(error)
    }
  }

  const next = (): void => {
    if (writing || underWay === mostUnderWay || waiting.length === 0) return
    const { batch, later } = cut(waiting)
    waiting = later
    writing = true
    underWay += 1
    if (batch.length >= rushSize) rushEnds = performance.now() + rushMs
    let over = false
    const written = (): void => {
      if (over) return
      over = true
      writing = false
      next()
    }
    void run(batch, written).finally(() => {
      underWay -= 1
      written()
      next()
    })
  }

  return {
    place: (purchase) =>
      new Promise((resolve, reject) => {
        waiting.push({ purchase, resolve, reject })
        // At the end of this turn of the event loop, so that requests read together are placed together.
        if (waiting.length === 1) setImmediate(next)
      }),
    inRush: () => performance.now() < rushEnds,
  }
}

/** The next batch: never the same idempotency key twice, for the second must find the answer of the first. */
function cut(waiting: readonly Waiting[]): { batch: Waiting[]; later: Waiting[] } {
  const batch: Waiting[] = []
  const later: Waiting[] = []
  const keys = new Set<string>()
  for (const entry of waiting) {
    const key = entry.purchase.ctx.idempotency
    const name = key ? `${key.scope} ${key.key}` : undefined
    if (batch.length >= mostPerBatch || (name !== undefined && keys.has(name))) later.push(entry)
    else {
      if (name !== undefined) keys.add(name)
      batch.push(entry)
    }
  }
  return { batch, later }
}
