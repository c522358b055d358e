import { pick, type Act } from './world.ts'

/** Jobs that run every minute, each by itself: one may come long after another, as on a busy server. */
const minutely: readonly Act[] = [
  'payments.capture',
  'payments.make-refunds',
  'orders.expire',
  'orders.expire-documents',
  'fulfillment.sweep-reservations',
].map((name): Act => ({
  name,
  settles: true,
  async perform({ ctx, app }) {
    const job = app.wiring.jobs.find((candidate) => candidate.name === name)
    if (!job) throw new Error(`no job is called ${name}`)
    await job.run(ctx, job.payload.parse({}))
  },
}))

/** What time does: it passes, jobs run, events arrive. */
export const time: readonly Act[] = [
  {
    name: 'let time pass',
    async perform(world) {
      world.clock.advance(pick(world, [1_000, 30_000, 5 * 60_000, 20 * 60_000]))
    },
  },
  { name: 'deliver events', settles: true, perform: (world) => world.app.wiring.relay.drain() },
  ...minutely,
]
