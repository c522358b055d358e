import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { rootDir } from '../server/src/kernel/paths.ts'
import { median, printReport } from './lib/report.ts'
import { freePort } from '../server/simulation/free-port.ts'

/** Lighthouse, as a telephone sees the shop: home, a category and a product of the demo company, the middle of three runs each. */
const runs = 3
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-pages-'))
const port = await freePort()
const home = `http://localhost:${port}`
const server = spawn(process.execPath, [join(rootDir, 'dist', 'server', 'main.mjs')], {
  env: { ...process.env, ECLUSE_DATA: dataDir, PORT: String(port), NODE_ENV: 'production' },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const chrome = await launch({
  chromePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
})
try {
  await answering()
  const { items } = (await (await fetch(`${home}/api/v1/offers?channel=web&category=velos&limit=1`)).json()) as {
    items: { handle: string }[]
  }
  const pages = { home: '/', category: '/rayons/velos', product: `/produits/${items[0]?.handle ?? ''}` }
  const ratios: Record<string, number> = {}
  for (const [name, path] of Object.entries(pages)) {
    const scores = new Map<string, number[]>(categories.map((category) => [category, []]))
    for (let run = 0; run < runs; run++) {
      const result = await lighthouse(`${home}${path}`, {
        port: chrome.port,
        onlyCategories: [...categories],
        logLevel: 'error',
      })
      for (const category of categories) scores.get(category)?.push(result?.lhr.categories[category]?.score ?? 0)
    }
    for (const [category, values] of scores) ratios[`${name}_${category}`] = median(values)
  }
  printReport({ bench: 'pages', ratios, figures: { runs }, seed: 0 })
} finally {
  chrome.kill()
  server.kill('SIGINT')
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)

/** Waits until the demo company is loaded and the server answers. */
async function answering(): Promise<void> {
  for (let second = 0; second < 120; second++) {
    const ready = await fetch(`${home}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await wait(1_000)
  }
  throw new Error('the server did not get ready')
}
