import type { z } from 'zod'
import type { PricePreview, priceListEndpoints } from '@ecluse/contracts/price-lists.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../kernel/money.ts'
import { companyDay } from '../inventory/public.ts'
import { entryArea, listRulesFor, ruleInForce, unitOf, type ListRule } from '../pricing/public.ts'
import type { ReadModel, Sellable } from './domain/sellable.ts'

type Input = z.output<typeof priceListEndpoints.previewPriceEntry.body>

/** Articles shown; all are counted. */
const shown = 20

/**
 * What an entry of a list would change, on the articles it is about that a channel sells.
 * @throws pricing.list_not_found, pricing.scope_not_found, channels.not_found
 */
export async function previewPrices(ctx: Ctx, model: ReadModel, code: string, input: Input): Promise<PricePreview> {
  const { entry, channel, locale } = input
  if (!model.channel(channel)) throw refuse('channels.not_found', { code: channel })
  const now = ctx.clock.now()
  const area = await entryArea(ctx.db, code, entry)
  const sold = area.variantIds.flatMap((variantId) => model.sellable(channel, variantId, now) ?? [])
  const first = sold.slice(0, shown)
  const rules = await listRulesFor(
    ctx.db,
    code,
    first.map(({ variantId }) => variantId),
    { channelCode: channel, day: companyDay(now), now },
  )
  const quantity = entry.minQuantity
  const applies = entry.channelCode === null || entry.channelCode === channel
  const items = first.map((sellable) => {
    const found = (rules.get(sellable.variantId) ?? []).filter(({ id }) => id === null || id !== input.entryId)
    const draft: ListRule = {
      id: null,
      distance: area.distance,
      minQuantity: quantity,
      amountMinor: entry.amountMinor === null ? null : BigInt(entry.amountMinor),
      percentBasisPoints: entry.percentBasisPoints,
    }
    return {
      variantId: sellable.variantId,
      sku: sellable.sku,
      name: [sellable.name[locale] || sellable.name.fr, sellable.label[locale]].filter(Boolean).join(' · '),
      channelNet: net(sellable, sellable.unitPriceMinor),
      before: net(sellable, priceBy(sellable, rules.get(sellable.variantId) ?? [], quantity, area.includesVat)),
      after: net(sellable, priceBy(sellable, applies ? [...found, draft] : found, quantity, area.includesVat)),
    }
  })
  return { articles: sold.length, quantity, items }
}

function priceBy(sellable: Sellable, rules: readonly ListRule[], quantity: number, includesVat: boolean): bigint {
  const { unitPriceMinor: channelMinor, vatBasisPoints } = sellable
  const basis = { channelMinor, vatBasisPoints, includesVat }
  const rule = ruleInForce(rules, quantity, basis)
  return rule ? unitOf(rule, basis) : channelMinor
}

const net = ({ vatBasisPoints }: Sellable, minor: bigint) => toMoney(minor - vatIncludedIn(minor, vatBasisPoints))
