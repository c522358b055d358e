import type { App } from '../../src/app.ts'
import { systemContext } from '../../src/kernel/context.ts'

/** Does what a job does by itself each minute or each night, for a test that does not wait for them. */
export async function runJob({ wiring }: App, name: string): Promise<void> {
  const job = wiring.jobs.find((one) => one.name === name)
  if (!job) throw new Error(`no job is called ${name}`)
  await job.run(systemContext(wiring.services, name), {})
}
