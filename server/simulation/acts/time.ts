import { pick, type Act, type World } from './world.ts'

/** Jobs that run by the clock, each by itself: one may come long after another, as on a busy server. */
const jobs = [
  'payments.capture',
  'payments.make-refunds',
  'orders.expire',
  'orders.expire-documents',
  'orders.keep-changes',
  'orders.keep-requests',
  'orders.serve-ahead',
  'orders.give-downloads',
  'fulfillment.sweep-reservations',
  'fulfillment.keep-pickups',
  'fulfillment.make-windows',
  'fulfillment.make-drive-slots',
  'inventory.keep-expired-back',
  'payments.sweep-vouchers',
  'service.remind',
  'service.waiting-list',
  'interchange.send-webhooks',
] as const

async function runJob({ ctx, app }: World, name: string): Promise<void> {
  const job = app.wiring.jobs.find((candidate) => candidate.name === name)
  if (!job) throw new Error(`no job is called ${name}`)
  await job.run(ctx, job.payload.parse({}))
}

/** Runs everything that runs by itself, once: jobs, and the delivery of events. */
export async function settle(world: World): Promise<void> {
  await world.app.wiring.relay.drain()
  for (const name of jobs) await runJob(world, name)
  await world.app.wiring.relay.drain()
  // What jobs did is told to others too.
  await runJob(world, 'interchange.send-webhooks')
}

/** Money moves and orders end all the time; the rest comes by and by. */
const frequent = jobs.slice(0, 4).map((name): Act => ({ name, perform: (world) => runJob(world, name) }))

/** What time does: it passes, jobs run, events arrive. */
export const time: readonly Act[] = [
  {
    name: 'let time pass',
    async perform(world) {
      world.clock.advance(pick(world, [1_000, 30_000, 5 * 60_000, 20 * 60_000]))
    },
  },
  {
    name: 'let a night pass',
    async perform(world) {
      // Seldom: what has a time of its own ends in it, and there would be nothing else.
      if (world.rng.below(3) === 0) world.clock.advance(14 * 3_600_000)
    },
  },
  { name: 'deliver events', perform: (world) => world.app.wiring.relay.drain() },
  ...frequent,
  ...Array.from({ length: 3 }, (): Act => ({
    name: 'another job',
    perform: (world) => runJob(world, pick(world, jobs)),
  })),
]
