import { runScript } from './lib/script.mjs'
import { runTool } from './lib/text.mjs'

/** `npm run chaos`: the server and its database are killed under customers; `-- --kills 50 --customers 64 --seed 1 --json`. */
await runTool(() => runScript('server/simulation/chaos/main.ts', process.argv.slice(2)))
