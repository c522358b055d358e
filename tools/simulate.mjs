import { runScript } from './lib/script.mjs'
import { runTool } from './lib/text.mjs'

/** `npm run simulate`: a seeded shop with concurrent customers; `-- --help` tells its options. */
await runTool(() => runScript('server/simulation/main.ts', process.argv.slice(2)))
