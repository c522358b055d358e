import { importSettingsSchema } from '../../packages/contracts/src/interchange.ts'
import { systemClock } from '../../server/src/kernel/clock.ts'
import { readConfig } from '../../server/src/kernel/config.ts'
import { systemContext } from '../../server/src/kernel/context.ts'
import { openDatabase } from '../../server/src/kernel/db.ts'
import { createLog } from '../../server/src/kernel/log.ts'
import { createIds } from '../../server/src/kernel/ids.ts'
import { createSystemRng } from '../../server/src/kernel/rng.ts'
import { localFile } from '../../server/src/modules/interchange/local-file.ts'
import { runImport } from '../../server/src/modules/interchange/run-import.ts'

/** The importing process that is measured: imports one product file and says how long it took and how much memory it had. */
const config = readConfig()
const db = openDatabase({ connectionString: config.databaseUrl ?? '', max: 4 })
const services = {
  db,
  clock: systemClock,
  ids: createIds(systemClock, createSystemRng()),
  log: createLog(config),
  config,
  wakeRelay: () => undefined,
}
const began = performance.now()
const result = await runImport(systemContext(services, 'bench'), {
  file: localFile(process.argv[2] ?? ''),
  kind: 'shopify-products',
  settings: importSettingsSchema.parse({ locale: 'en' }),
  dryRun: false,
})
const { created, updated, unchanged, refused, counts } = result
process.send?.({
  seconds: (performance.now() - began) / 1000,
  // Linux counts the greatest resident set in KiB.
  megabytes: process.resourceUsage().maxRSS / 1024,
  cpuSeconds: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  created,
  updated,
  unchanged,
  refused,
  movements: counts['movements'] ?? 0,
  records: counts['lines'] ?? 0,
})
await db.end()
