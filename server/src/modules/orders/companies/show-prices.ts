import type { CompanyPrice } from '@ecluse/contracts/company-orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { CompanyRow } from '../../customers/public.ts'
import { companyDay } from '../../inventory/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { listPriceLists, listRulesFor, priceBreaks, ruleInForce, unitOf } from '../../pricing/public.ts'
import { variantsOfProducts } from '../queries/quick-orders.ts'
import { basisOf } from './company-sale.ts'
import { netOf } from './view-request.ts'

type Asked = {
  readonly channel: string
  readonly locale: Locale
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
  readonly productIds: readonly string[]
}

/**
 * What a company pays for articles, and from which quantity on it pays less. Articles the channel does not sell are left out.
 * @throws channels.not_found
 */
export async function showPrices(
  ctx: Ctx,
  model: ReadModel,
  { price_list: list }: Pick<CompanyRow, 'price_list'>,
  asked: Asked,
): Promise<CompanyPrice[]> {
  const channel = model.channel(asked.channel)
  if (!channel) throw refuse('channels.not_found', { code: asked.channel })
  const ofProducts = asked.productIds.length > 0 ? await variantsOfProducts(ctx.db, asked.productIds) : []
  const wanted = [...asked.lines, ...ofProducts.map((variantId) => ({ variantId, quantity: 1 }))]
  const now = ctx.clock.now()
  const variantIds = [...new Set(wanted.map(({ variantId }) => variantId))]
  const at = { channelCode: channel.code, day: companyDay(now), now }
  const rulesOf = list === null ? new Map<string, never[]>() : await listRulesFor(ctx.db, list, variantIds, at)
  const names = list === null ? [] : await listPriceLists(ctx.db)
  const listName = names.find(({ code }) => code === list)?.name[asked.locale] ?? null
  return wanted.flatMap(({ variantId, quantity }): CompanyPrice[] => {
    const sellable = model.sellable(channel.code, variantId, now)
    const rules = rulesOf.get(variantId) ?? []
    const basis = basisOf(sellable, rules)
    if (!sellable || !basis) return []
    const rule = ruleInForce(rules, quantity, basis)
    const unitMinor = rule ? unitOf(rule, basis) : basis.channelMinor
    const net = (minor: bigint) => netOf(minor, basis.vatBasisPoints)
    return [
      {
        variantId,
        productId: sellable.productId,
        quantity,
        publicNet: net(basis.channelMinor),
        unitNet: net(unitMinor),
        unitPrice: toMoney(unitMinor),
        lineNet: net(unitMinor * BigInt(quantity)),
        lineTotal: toMoney(unitMinor * BigInt(quantity)),
        vatRateBasisPoints: basis.vatBasisPoints,
        breaks: priceBreaks(rules, basis).map(({ fromQuantity, unitMinor: minor }) => ({
          fromQuantity,
          unitNet: net(minor),
        })),
        listName: rule ? listName : null,
      },
    ]
  })
}
