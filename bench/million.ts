import autocannon from 'autocannon'
import { buy, purchases, seed, settled } from './lib/purchases.ts'
import { median, printReport, rounded } from './lib/report.ts'
import { analyse, openStage, type Stage } from './lib/stage.ts'
import { makeYearsOfOrders } from './lib/years-of-orders.ts'

/**
 * Does it stay fast as a firm grows? Purchases and product reads with a million orders and 100,000 articles in the database,
 * beside the same with a thousand of each, in turns.
 */
const rounds = 3
const seconds = 5
const large = {
  orders: Number(process.env['BENCH_ORDERS'] ?? 1_000_000),
  articles: Number(process.env['BENCH_ARTICLES'] ?? 100_000),
}

async function firm(orders: number, articles: number): Promise<{ stage: Stage; texts: string[]; orders: number }> {
  const stage = await openStage({ products: articles, unitsPerPlace: 100_000 })
  // Buyers come back to the same few hundred articles, in a small shop as in a large one.
  const texts = purchases(stage.variantIds.slice(0, 200))
  await buy(stage, texts, 2)
  await settled(stage)
  const made = await makeYearsOfOrders(stage, orders)
  await analyse(stage)
  await buy(stage, texts, 2)
  await settled(stage)
  return { stage, texts, orders: made }
}

async function reads({ url }: Stage): Promise<number> {
  const result = await autocannon({
    url,
    connections: 64,
    duration: seconds,
    requests: Array.from({ length: 200 }, (_, n) => ({
      path: `/api/v1/offers/article-${n + 1}?channel=web&locale=fr`,
    })),
  })
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} reads failed`)
  return result['2xx'] / result.duration
}

const small = await firm(1_000, 1_000)
const grown = await firm(large.orders, large.articles)
try {
  const turns: { orders: [number, number]; reads: [number, number] }[] = []
  for (let round = 0; round < rounds; round++) {
    const bought: number[] = []
    for (const { stage, texts } of [grown, small]) {
      bought.push((await buy(stage, texts, seconds)).perSecond)
      await settled(stage)
    }
    const read = [await reads(grown.stage), await reads(small.stage)]
    turns.push({ orders: [bought[0] ?? 0, bought[1] ?? 0], reads: [read[0] ?? 0, read[1] ?? 0] })
  }
  printReport({
    bench: 'million',
    ratios: {
      orders: rounded(median(turns.map(({ orders: [ours, theirs] }) => ours / theirs))),
      product: rounded(median(turns.map(({ reads: [ours, theirs] }) => ours / theirs))),
    },
    figures: {
      orders_there: grown.orders,
      articles_there: large.articles,
      orders_per_s: Math.round(median(turns.map(({ orders: [ours] }) => ours))),
      small_orders_per_s: Math.round(median(turns.map(({ orders: [, theirs] }) => theirs))),
      products_per_s: Math.round(median(turns.map(({ reads: [ours] }) => ours))),
      small_products_per_s: Math.round(median(turns.map(({ reads: [, theirs] }) => theirs))),
    },
    seed,
  })
} finally {
  await small.stage.close()
  await grown.stage.close()
}
process.exit(0)
