import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from './lib/script.mjs'
import { root, runTool, text, ToolError } from './lib/text.mjs'

/** `npm run bench -- NAME [--json]`: each benchmark is a file of `bench/`. */
await runTool(async () => {
  const [name, ...args] = process.argv.slice(2)
  const folder = join(root, 'bench')
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /^[a-z-]+\.ts$/.test(file))
        .map((file) => file.slice(0, -'.ts'.length))
    : []
  if (name === undefined || !known.includes(name)) {
    throw new ToolError(text('progress.bench_unknown', { name: name ?? '', names: known.join(', ') }))
  }
  await runScript(`bench/${name}.ts`, args)
})
