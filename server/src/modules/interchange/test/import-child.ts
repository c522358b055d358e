import { pino } from 'pino'
import { importSettingsSchema } from '@ecluse/contracts/interchange.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { systemContext } from '../../../kernel/context.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { createIds } from '../../../kernel/ids.ts'
import { createSystemRng } from '../../../kernel/rng.ts'
import { localFile } from '../local-file.ts'
import { runImport } from '../run-import.ts'

/** An import in a process of its own, to be killed. Says when a batch is written. */
const [connectionString = '', path = ''] = process.argv.slice(2)
const db = openDatabase({ connectionString, max: 2 })
const services = {
  db,
  clock: systemClock,
  ids: createIds(systemClock, createSystemRng()),
  log: pino({ level: 'silent' }),
  config: {} as never,
  wakeRelay: () => undefined,
}
await runImport(systemContext(services, 'child'), {
  file: localFile(path),
  kind: 'shopify-products',
  settings: importSettingsSchema.parse({}),
  dryRun: false,
  onBatch: ({ created }) => void process.send?.({ created }),
})
process.send?.({ created: -1 })
await db.end()
