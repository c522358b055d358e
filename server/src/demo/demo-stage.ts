import type { IdempotencyKey } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import type { DemoAccount } from './demo-accounts.ts'
import type { DemoApplication, SetClock } from './demo-host.ts'

/** How far the loading came; kept so that a start that was cut short goes on where it stopped. */
export type DemoState = {
  readonly seed: number
  /** The day the company was loaded; its month of history ends there. */
  readonly today: string
  /** Steps that are done. */
  readonly done: readonly string[]
  readonly accounts: readonly DemoAccount[]
  /** Accounts of customers: e-mail → account id. */
  readonly members?: Readonly<Record<string, string>>
}

/** What each step is given. */
export type DemoStage = {
  readonly app: DemoApplication
  readonly clock: SetClock
  readonly state: DemoState
  readonly today: Date
}

/** How many days of orders the company has behind it. */
export const historyDays = 30

/** The key under which a step does one thing once, however often it is begun again. */
export function onceKey(name: string): IdempotencyKey {
  return { scope: 'demo', key: name, requestHash: Buffer.from(name) }
}

/** Delivers events to those who wait for them, and takes or gives back the money that is due. */
export async function settle(
  { app }: Pick<DemoStage, 'app'>,
  money: readonly ('capture' | 'make-refunds')[],
): Promise<void> {
  await app.relay.drain()
  for (const name of money)
    await app.jobs.find((job) => job.name === `payments.${name}`)?.run(systemContext(app.services, name), {})
}
