import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { expireRequests, placeApproved } from '../companies/decide-request.ts'
import type { PlacementDeps } from '../place-order.ts'
import { expireHours } from '../hours/free-hours.ts'
import { expireHolds } from '../passes/hold-cart.ts'
import { deleteOldPasses } from '../queries/passes.ts'
import { forgetContacts } from '../queries/reservations.ts'
import { expireReservations, remindVisitors } from '../reservations/settle-reservation.ts'
import { expireQuotes } from '../quotes/settle-quote.ts'
import { expireReturns } from '../returns/open-requests.ts'

const expireName = { name: 'orders.expire-documents', payload: z.object({}), maxAttempts: 25 }

/** Frees what was put aside for its time, and ends the quotes nobody took up and the returns that never came: at the minute, and at the moment each is over. */
export const expireDocuments: Job = job({
  ...expireName,
  schedule: '* * * * *',
  async run(ctx) {
    await remindVisitors(ctx)
    await expireReservations(ctx)
    await expireHolds(ctx)
    await expireHours(ctx)
    await expireQuotes(ctx)
    await expireReturns(ctx)
  },
})

const passDays = 30

/** Deletes passes a month after they stopped being good for anything. */
export const deletePasses: Job = job({
  name: 'orders.delete-passes',
  payload: z.object({}),
  schedule: '25 3 * * *',
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - passDays * 86_400_000)
    await inTransaction(ctx.db, (tx) => deleteOldPasses(tx, before))
  },
})

const contactDays = 365

/** Forgets who made reservations that were over a year ago. */
export const forgetVisitors: Job = job({
  name: 'orders.forget-visitors',
  payload: z.object({}),
  schedule: '35 3 * * *',
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - contactDays * 86_400_000)
    await inTransaction(ctx.db, (tx) => forgetContacts(tx, before))
  },
})

/** Ends requests nobody decided in time; what was approved on account and could not be placed then is tried again. */
export function createKeepRequests(deps: PlacementDeps): Job {
  return job({
    name: 'orders.keep-requests',
    payload: z.object({}),
    schedule: '* * * * *',
    async run(ctx) {
      await expireRequests(ctx)
      await placeApproved(deps, ctx)
    },
  })
}

/** What is put aside for a time is put into the diary. */
export const scheduleHoldEnd: Subscriber = {
  name: 'orders.schedule-hold-end',
  types: ['orders.cart_held'],
  async handle(_ctx, tx, events) {
    for (const { id, payload } of events) {
      const until = payload['until']
      if (typeof until === 'string')
        await enqueue(tx, expireName, {}, { key: `expire hold ${id}`, runAt: new Date(Date.parse(until) + 500) })
    }
  },
}
