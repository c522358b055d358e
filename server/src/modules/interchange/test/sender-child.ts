import { pino } from 'pino'
import { systemClock } from '../../../kernel/clock.ts'
import { systemContext } from '../../../kernel/context.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { createIds } from '../../../kernel/ids.ts'
import { createSystemRng } from '../../../kernel/rng.ts'
import { createSender } from '../send-deliveries.ts'

/** A sender in a process of its own, to be killed. Its clock is so many milliseconds ahead. */
const [connectionString = '', sessionSecret = '', ahead = '0'] = process.argv.slice(2)
const db = openDatabase({ connectionString, max: 4 })
const clock = { now: () => new Date(systemClock.now().getTime() + Number(ahead)) }
const services = {
  db,
  clock,
  ids: createIds(clock, createSystemRng()),
  log: pino({ level: 'silent' }),
  config: { sessionSecret, webhookPrivateAddresses: 'allow' } as never,
  wakeRelay: () => undefined,
}
await createSender()(systemContext(services, 'child'))
process.send?.('done')
await db.end()
