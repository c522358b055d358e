import { quickOrderLines, type QuickOrderLine } from '@ecluse/contracts/quick-orders.ts'
import type { Locale, Money } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { CompanyRow } from '../../customers/public.ts'
import type { ReadModel, SellingChannel } from '../../offers/public.ts'
import { foldCode, readPastedList, type PastedLine } from '../domain/read-quick-order.ts'
import { sellableAt, type KeptTerms } from '../price-purchase.ts'
import { articlesByCodes, suggestedSkus } from '../queries/quick-orders.ts'
import { companyPrices } from './company-sale.ts'
import { netOf } from './view-request.ts'

/** Suggestions are looked for so many codes at the most: a list of nothing but mistakes is the wrong list. */
const mostSuggested = 20

export type QuickOrder = {
  readonly lines: QuickOrderLine[]
  readonly ready: { variantId: string; quantity: number }[]
  readonly net: Money
}

/**
 * Reads a pasted list or a file: what each line means, what of it can be ordered, and what looks like a code nobody knows.
 * @throws channels.not_found
 */
export function readQuickOrder(
  ctx: Ctx,
  db: Queryable,
  model: ReadModel,
  company: CompanyRow,
  asked: { channel: string; locale: Locale; text: string },
): Promise<QuickOrder> {
  return checkLines(ctx, db, model, company, asked, readPastedList(asked.text))
}

/**
 * Finds the articles of wanted lines, in three statements however many there are.
 * @throws channels.not_found
 */
export async function checkLines(
  ctx: Ctx,
  db: Queryable,
  model: ReadModel,
  company: CompanyRow,
  asked: { channel: string; locale: Locale },
  pasted: readonly PastedLine[],
): Promise<QuickOrder> {
  const channel = model.channel(asked.channel)
  if (!channel) throw refuse('channels.not_found', { code: asked.channel })
  const taken = pasted.slice(0, quickOrderLines)
  const codes = [...new Set(taken.map(({ code }) => foldCode(code)))]
  const found = new Map(
    (codes.length > 0 ? await articlesByCodes(db, codes) : []).map((row) => [row.code, row.variant_id]),
  )
  const variants = taken.flatMap(({ code, quantity }) => {
    const variantId = found.get(foldCode(code))
    return variantId === undefined ? [] : [{ variantId, quantity: quantity ?? 1 }]
  })
  const prices = await companyPrices(ctx, db, model, company, channel.code, variants)
  const unknown = codes.filter((code) => !found.has(code)).slice(0, mostSuggested)
  const suggested = unknown.length > 0 ? await suggestedSkus(db, unknown) : []
  const about: About = { ctx, model, channel, prices, found, locale: asked.locale, used: new Map() }
  const lines = taken.map((line): QuickOrderLine => {
    const code = foldCode(line.code)
    const alike = suggested.filter((one) => one.code === code)
    const suggestions = alike.map(({ sku, name_fr, name_en }) => ({
      sku,
      name: asked.locale === 'en' ? name_en || name_fr : name_fr,
    }))
    return { ...lineOf(about, line), suggestions }
  })
  const left = pasted.slice(quickOrderLines).map((line): QuickOrderLine => ({
    ...plain(line),
    problem: 'too_many_lines',
    article: null,
    suggestions: [],
  }))
  return { lines: [...lines, ...left], ...readyOf(lines, about) }
}

type About = {
  readonly ctx: Ctx
  readonly model: ReadModel
  readonly channel: SellingChannel
  readonly prices: KeptTerms['prices']
  readonly found: ReadonlyMap<string, string>
  readonly locale: Locale
  /** Units that lines before this one asked for, by article. */
  readonly used: Map<string, number>
}

const plain = ({ position, text, code, quantity }: PastedLine) => ({ position, text, code, quantity: quantity ?? 0 })

function lineOf(about: About, line: PastedLine): Omit<QuickOrderLine, 'suggestions'> {
  const { model, channel, found, locale, used } = about
  const variantId = found.get(foldCode(line.code))
  if (variantId === undefined) return { ...plain(line), problem: 'unknown', article: null }
  const sellable = sellableOf(about, variantId)
  if (!sellable) return { ...plain(line), problem: 'not_sold', article: null }
  const available = model
    .places()
    .reduce((sum, place) => sum + Math.max(0, model.availableTo(channel, variantId, place.id)), 0)
  const article = {
    variantId,
    sku: sellable.sku,
    name: sellable.name[locale] || sellable.name.fr,
    variantLabel: sellable.label[locale],
    productId: sellable.productId,
    unitNet: netOf(sellable.unitPriceMinor, sellable.vatBasisPoints),
    available,
  }
  if (line.quantity === null) return { ...plain(line), problem: 'no_quantity', article }
  const asked = (used.get(variantId) ?? 0) + line.quantity
  used.set(variantId, asked)
  return { ...plain(line), problem: asked > available ? 'short' : null, article }
}

function sellableOf({ ctx, model, channel, prices }: About, variantId: string) {
  return sellableAt(model, channel.code, variantId, ctx.clock.now(), { prices, fee: null })
}

function readyOf(lines: readonly QuickOrderLine[], about: About): Pick<QuickOrder, 'ready' | 'net'> {
  const wanted = new Map<string, number>()
  for (const { problem, article, quantity } of lines)
    if (problem === null && article) wanted.set(article.variantId, (wanted.get(article.variantId) ?? 0) + quantity)
  const ready = [...wanted].map(([variantId, quantity]) => ({ variantId, quantity: Math.min(9_999, quantity) }))
  const net = ready.reduce((sum, { variantId, quantity }) => {
    const sellable = sellableOf(about, variantId)
    if (!sellable) return sum
    return sum + netOf(sellable.unitPriceMinor * BigInt(quantity), sellable.vatBasisPoints).amountMinor
  }, 0)
  return { ready, net: toMoney(BigInt(net)) }
}
