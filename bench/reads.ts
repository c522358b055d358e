import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { median, printReport, rounded } from './lib/report.ts'
import { firstMessage, openStage } from './lib/stage.ts'
import { freePort } from '../server/simulation/free-port.ts'

/**
 * Product page data and a list of 24 by the API, at 64 connections, beside a bare Fastify that answers the same bytes in the
 * same run, in turns.
 */
const rounds = 5
const seconds = Number(process.env['BENCH_SECONDS'] ?? 4)

async function perSecond(url: string, duration = seconds): Promise<number> {
  const result = await autocannon({ url, connections: 64, duration })
  if (result.non2xx + result.errors > 0) throw new Error(`${url} failed ${result.non2xx + result.errors} times`)
  return result['2xx'] / result.duration
}

async function keep(bare: ChildProcess, path: string, text: string, type: string): Promise<void> {
  const kept = firstMessage(bare)
  bare.send({ path, text, type })
  await kept
}

const stage = await openStage({ products: 200, unitsPerPlace: 100 })
const barePort = await freePort()
const bare = fork(fileURLToPath(new URL('lib/bare-server.ts', import.meta.url)), [String(barePort)])
try {
  await firstMessage(bare)
  const paths = {
    product: '/api/v1/offers/article-7?channel=web&locale=fr',
    list: '/api/v1/offers?channel=web&locale=fr&limit=24',
  }
  const ratios: Record<string, number> = {}
  const figures: Record<string, number> = {}
  for (const [name, path] of Object.entries(paths)) {
    const answer = await fetch(`${stage.url}${path}`)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`)
    await keep(bare, path, text, answer.headers.get('content-type') ?? 'application/json')
    const bareUrl = `http://127.0.0.1:${barePort}${path}`
    await perSecond(`${stage.url}${path}`, 2)
    await perSecond(bareUrl, 1)
    const pairs: { ours: number; theirs: number }[] = []
    for (let round = 0; round < rounds; round++) {
      pairs.push({ ours: await perSecond(`${stage.url}${path}`), theirs: await perSecond(bareUrl) })
    }
    ratios[name] = rounded(median(pairs.map(({ ours, theirs }) => ours / theirs)))
    figures[`${name}_per_s`] = Math.round(median(pairs.map(({ ours }) => ours)))
    figures[`${name}_bare_per_s`] = Math.round(median(pairs.map(({ theirs }) => theirs)))
    figures[`${name}_bytes`] = Buffer.byteLength(text)
  }
  printReport({ bench: 'reads', ratios, figures, seed: 0 })
} finally {
  bare.kill()
  await stage.close()
}
process.exit(0)
