import { assert } from '../kernel/assert.ts'
import { systemContext } from '../kernel/context.ts'
import type { DemoStage } from './demo-stage.ts'

/** Counts the figures of the years before, so that whoever opens the desk first finds them there. */
export async function countFigures({ app, clock, today }: DemoStage): Promise<void> {
  clock.set(today)
  await app.relay.drain()
  const follow = app.jobs.find(({ name }) => name === 'insights.follow-figures')
  assert(follow, 'a job follows the figures')
  await follow.run(systemContext(app.services, 'demo'), {})
}
