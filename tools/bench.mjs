import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runScript } from './lib/script.mjs'
import { root, runTool, text, ToolError } from './lib/text.mjs'

/**
 * `npm run bench -- NAME [--json]`: each benchmark is a file of `bench/`. `all` runs them one after the other and prints their
 * ratios and figures under `name.ratio`; one that fails is told, and the rest go on.
 */
await runTool(async () => {
  const [name, ...args] = process.argv.slice(2)
  const known = readdirSync(join(root, 'bench'))
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
  if (name === 'all') return runAll(known, args)
  if (name === undefined || !known.includes(name)) {
    throw new ToolError(text('progress.bench_unknown', { name: name ?? '', names: [...known, 'all'].join(', ') }))
  }
  await runScript(`bench/${name}.ts`, args)
})

function runAll(names, args) {
  const all = { bench: 'all', ratios: {}, figures: {}, failed: [], seed: 0, machine: machine() }
  for (const name of names) {
    console.error(name)
    const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    if (status !== 0 || !last.startsWith('{')) all.failed.push(name)
    else {
      const report = JSON.parse(last)
      for (const kind of ['ratios', 'figures'])
        for (const [key, value] of Object.entries(report[kind])) all[kind][`${name}.${key}`] = value
    }
  }
  if (args.includes('--json')) console.log(JSON.stringify(all))
  if (all.failed.length > 0) process.exitCode = 1
}

const machine = () => `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
