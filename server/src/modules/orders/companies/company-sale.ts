import type { Ctx } from '../../../kernel/context.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Queryable } from '../../../kernel/db.ts'
import type { CompanyRow, MemberRow, SiteRow } from '../../customers/public.ts'
import { companyDay } from '../../inventory/public.ts'
import type { ReadModel, Sellable } from '../../offers/public.ts'
import { listRulesFor, ruleInForce, unitOf } from '../../pricing/public.ts'
import type { AskedPayment, DraftOrder } from '../draft-order.ts'
import type { KeptTerms, WantedLine } from '../price-purchase.ts'
import type { CompanyOrderRow } from '../queries/company-orders.ts'

/** Who buys, for which company and site. */
export type CompanyBuyer = {
  readonly company: CompanyRow
  readonly site: SiteRow
  /** Null when staff or a key of the company buys: they have no limits of their own. */
  readonly member: MemberRow | null
  readonly name: string
}

/** What is different about a purchase for a company. */
export type CompanySale = {
  /** The request it was approved as. */
  readonly requestId: string | null
  /** How it is paid: only here may it be on account. */
  readonly payments: readonly AskedPayment['input'][]
  /** Prices of the company's own list, where nothing else was agreed upon. */
  terms(kept: KeptTerms | undefined): KeptTerms | undefined
  /** The order with its company, and with what it takes of limits and credit: taken with the stock, in the same statement. */
  completed(draft: DraftOrder): DraftOrder
}

/** Something of which an order takes its total: a month's limit, or credit. */
export type Budget = { readonly kind: 'spending' | 'credit'; readonly poolId: string }

export type SaleTerms = Pick<
  CompanyOrderRow,
  'purchase_reference' | 'buyer_reference' | 'cost_centre' | 'request_id' | 'due_on'
>

/** Puts together what is different about a purchase for a company. */
export function companySale(
  ctx: Ctx,
  buyer: CompanyBuyer,
  prices: KeptTerms['prices'],
  payment: AskedPayment['input'],
  budgets: readonly Budget[],
  terms: SaleTerms,
): CompanySale {
  return {
    requestId: terms.request_id,
    payments: [payment],
    terms: (kept) =>
      prices.size === 0 ? kept : { prices: new Map([...prices, ...(kept?.prices ?? [])]), fee: kept?.fee ?? null },
    completed(draft) {
      const { id, total_minor: total, placed_at } = draft.order
      assert(total <= 2_147_483_647n, 'an order fits its promises')
      const promises = total === 0n ? [] : budgets
      return {
        ...draft,
        order: { ...draft.order, account_id: buyer.member?.account_id ?? draft.order.account_id, actor: buyer.name },
        promises: [
          ...draft.promises,
          ...promises.map(({ kind, poolId }) => ({
            order_id: id,
            promise_id: ctx.ids.next(),
            pool_id: poolId,
            kind,
            quantity: Number(total),
          })),
        ],
        company: {
          order_id: id,
          company_id: buyer.company.id,
          site_id: buyer.site.id,
          member_id: buyer.member?.id ?? null,
          buyer_name: buyer.name,
          placed_at,
          ...terms,
        },
      }
    },
  }
}

/**
 * The prices of a company's own list for as many as it wants of each article. Articles it says nothing of cost what the channel
 * asks.
 */
export async function companyPrices(
  ctx: Pick<Ctx, 'clock'>,
  db: Queryable,
  model: ReadModel,
  company: Pick<CompanyRow, 'price_list'>,
  channelCode: string,
  wanted: readonly WantedLine[],
): Promise<KeptTerms['prices']> {
  const { price_list: list } = company
  if (list === null) return new Map()
  const now = ctx.clock.now()
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of wanted) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  const at = { channelCode, day: companyDay(now), now }
  const prices = new Map<string, { unitMinor: bigint; channelCode: string; rule: `list:${string}` }>()
  for (const [variantId, rules] of await listRulesFor(db, list, [...quantities.keys()], at)) {
    const basis = basisOf(model.sellable(channelCode, variantId, now), rules)
    const rule = basis && ruleInForce(rules, quantities.get(variantId) ?? 1, basis)
    if (rule) prices.set(variantId, { unitMinor: unitOf(rule, basis), channelCode, rule: `list:${list}` })
  }
  return prices
}

/** How the channel and the list price an article; undefined for one the channel does not sell. */
export function basisOf(sellable: Sellable | undefined, rules: readonly { readonly includesVat: boolean }[]) {
  if (!sellable) return undefined
  const { unitPriceMinor: channelMinor, vatBasisPoints } = sellable
  return { channelMinor, vatBasisPoints, includesVat: rules[0]?.includesVat ?? true }
}
