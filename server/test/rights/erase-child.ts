import { pino } from 'pino'
import { systemClock } from '../../src/kernel/clock.ts'
import { systemContext } from '../../src/kernel/context.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { createSystemRng } from '../../src/kernel/rng.ts'
import { erasePerson } from '../../src/modules/rights/erasure/erase-person.ts'
import { personalParts } from '../../src/personal-parts.ts'

/** An erasure in a process of its own, to be killed. Says when a table is done. */
const [connectionString = '', requestId = '', dataDir = '', sessionSecret = ''] = process.argv.slice(2)
const db = openDatabase({ connectionString, max: 2 })
const services = {
  db,
  clock: systemClock,
  ids: createIds(systemClock, createSystemRng()),
  log: pino({ level: 'silent' }),
  config: { dataDir, sessionSecret } as never,
  wakeRelay: () => undefined,
}
await erasePerson(systemContext(services, 'child'), personalParts, requestId, (table) => void process.send?.(table))
process.send?.('done')
await db.end()
