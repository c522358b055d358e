import { addMonths } from '@ecluse/contracts/objectives.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { vatIncludedIn } from '../kernel/money.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { upsertPastContacts, upsertPastSales, type PastSale } from '../modules/insights/public.ts'
import type { Draw } from './draw-order.ts'
import { historyDays, onceKey, type DemoStage } from './demo-stage.ts'
import { drawMedia, offerOn, wantedAt, type MediaOfPast } from './past-media.ts'
import { monthsOfPast, pastChannels, pastPerDay } from './past-years.ts'

const dayMs = 86_400_000
const linesAtOnce = 2_000
const returned = { web: 0.06, other: 0.02 } as const
/** Prices rise by so much in a year. */
const inflation = 0.025
/** Above this, in cents, few want one at a time. */
const dear = 60_000

/** What goods were bought for, of their usual price: tills knew it of all they sold. */
const costShare = 0.58

/** An article, what it costs today without VAT, and the number of its family, which has its offers together. */
type Article = { variantId: string; netMinor: number; family: number }

/** Years of sales from the tills and the site of before, as a file of theirs would bring them: what foresees has something to learn from. */
export async function rememberSales(stage: DemoStage): Promise<void> {
  const ctx = systemContext(stage.app.services, 'demo')
  const articles = await articlesOnSale(stage)
  const siteIds = new Map((await listSites(stage.app.services.db)).map(({ code, id }) => [code, id]))
  const draw = createSeededRng(stage.state.seed + 11)
  const first = `${monthsOfPast(stage.today)[0]?.month ?? ''}-01`
  const media = drawMedia({ first, last: lastDay(stage) }, createSeededRng(stage.state.seed + 12))
  const sales = drawPast(stage, { articles, siteIds, media, draw })
  await command({ ...ctx, idempotency: onceKey('remember-sales') }, async (tx) => {
    for (let at = 0; at < sales.length; at += linesAtOnce) await upsertPastSales(tx, sales.slice(at, at + linesAtOnce))
    await upsertPastContacts(tx, media.spent)
    return {}
  })
}

/** What the site sells today, by product: a bicycle has many sizes, and is bought no more often for it. */
async function articlesOnSale({ app, today }: DemoStage): Promise<Article[][]> {
  const products: {
    handle: string
    categoryCodes: readonly string[]
    variants: readonly { id: string; sku: string }[]
  }[] = []
  for await (const page of loadCatalogProducts(app.services.db)) products.push(...page)
  const families = [...new Set(products.map(({ categoryCodes }) => categoryCodes[0] ?? ''))].sort()
  return products
    .sort((a, b) => (a.handle < b.handle ? -1 : 1))
    .map(({ variants, categoryCodes }) =>
      // In an order that does not depend on identifiers, for they change from one loading to the next.
      variants
        .toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
        .flatMap(({ id: variantId }): Article[] => {
          const sellable = app.model.sellable('web', variantId, today)
          if (!sellable) return []
          const { unitPriceMinor: gross, vatBasisPoints } = sellable
          return [
            {
              variantId,
              netMinor: Number(gross - vatIncludedIn(gross, vatBasisPoints)),
              family: families.indexOf(categoryCodes[0] ?? ''),
            },
          ]
        }),
    )
    .filter((variants) => variants.length > 0)
}

type Past = { articles: Article[][]; siteIds: ReadonlyMap<string, string>; media: MediaOfPast; draw: Draw }

/** The day before the first of those whose orders are kept whole. */
const lastDay = ({ today }: DemoStage): string =>
  new Date(today.getTime() - (historyDays + 1) * dayMs).toISOString().slice(0, 10)

/** Sales of each channel on each day up to the first whose orders are kept whole. */
function drawPast(stage: DemoStage, { articles, siteIds, media, draw }: Past): PastSale[] {
  const last = lastDay(stage)
  const shopIds = [...siteIds].filter(([code]) => code !== 'entrepot').map(([, id]) => id)
  const sales: PastSale[] = []
  let number = 0
  for (const when of monthsOfPast(stage.today))
    for (const channel of pastChannels) {
      const usual = pastPerDay(channel, when)
      for (const day of daysOf(when.month, last)) {
        for (
          let left = drawCount(usual * media.liftOn(day) * weekdayFactor(day, channel.shop), draw);
          left > 0;
          left -= 1
        ) {
          number += 1
          const siteId =
            channel.shop === null ? pickUp(channel.code, shopIds, draw) : (siteIds.get(channel.shop) ?? null)
          const sale = {
            source: channel.code === 'web' ? 'site' : 'caisse',
            number: `${channel.code === 'web' ? 'W' : 'T'}${day.slice(2, 4)}-${String(number).padStart(5, '0')}`,
            day,
            channel_code: channel.code,
            site_id: siteId,
            first_purchase: draw.float() < 0.38 + when.ago * 0.006,
            parcels: channel.shop === null && siteId === null ? 1 : 0,
          }
          sales.push(...linesOf(sale, { articles, ago: when.ago, draw, last }))
        }
      }
    }
  return sales
}

function daysOf(month: string, last: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(`${month}-01`); at < Date.parse(`${addMonths(month, 1)}-01`); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10)
    if (day <= last) days.push(day)
  }
  return days
}

/** Shops are closed on Sundays and full on Saturdays. */
function weekdayFactor(day: string, shop: string | null): number {
  const weekday = new Date(day).getUTCDay()
  if (shop === null) return weekday === 0 ? 1.2 : 0.967
  return weekday === 0 ? 0 : weekday === 6 ? 2 : 1
}

/** A count around a mean, as chance deals it (Knuth's way with the Poisson distribution). */
function drawCount(mean: number, draw: Draw): number {
  const floor = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > floor; product *= draw.float()) count += 1
  return Math.max(0, count)
}

/** Two in five of those who buy on the web fetch it in a shop. */
function pickUp(code: string, shopIds: readonly string[], draw: Draw): string | null {
  return code === 'web' && draw.float() < 0.4 ? (shopIds[draw.below(shopIds.length)] ?? null) : null
}

type Sale = Omit<PastSale, 'position' | 'variant_id' | 'units' | 'net_minor' | 'unit_cost_minor'>

/** One to three articles; some come back within three weeks. */
function linesOf(
  sale: Sale,
  { articles, ago, draw, last }: { articles: Article[][]; ago: number; draw: Draw; last: string },
): PastSale[] {
  const wanted = 1 + (draw.below(10) % 3)
  const lines: PastSale[] = []
  while (lines.length < wanted) {
    const product = articles[draw.below(articles.length)] ?? []
    const article = product[draw.below(product.length)]
    if (!article || (article.netMinor > dear && draw.float() < 0.86)) continue
    const offer = offerOn(article.family, sale.day)
    // More people want what is cheaper for a while.
    if (draw.float() > wantedAt(offer)) continue
    const units = article.netMinor < 2_000 && draw.float() < 0.3 ? 2 : 1
    const usual = article.netMinor * (1 - inflation) ** (ago / 12)
    const price = Math.round(usual * offer)
    lines.push({
      ...sale,
      position: lines.length + 1,
      variant_id: article.variantId,
      units,
      net_minor: price * units,
      unit_cost_minor: Math.round(usual * costShare),
      // What is sent is sent once, whatever is in it.
      parcels: lines.length === 0 ? sale.parcels : 0,
    })
  }
  const [first] = lines
  const day = new Date(Date.parse(sale.day) + (5 + draw.below(15)) * dayMs).toISOString().slice(0, 10)
  const back = draw.float() < (sale.channel_code === 'web' ? returned.web : returned.other)
  return first && back && day <= last
    ? [...lines, { ...first, position: lines.length + 1, day, units: -first.units, parcels: 0 }]
    : lines
}
