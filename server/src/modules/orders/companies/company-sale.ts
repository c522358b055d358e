import type { Ctx } from '../../../kernel/context.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { divideHalfUp } from '../../../kernel/money.ts'
import type { CompanyRow, MemberRow, SiteRow } from '../../customers/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { selectListPrices } from '../../pricing/public.ts'
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

export type SaleTerms = Pick<CompanyOrderRow, 'purchase_reference' | 'buyer_reference' | 'request_id' | 'due_on'>

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
 * The prices of a company's own list for what it wants. A list without VAT is one of companies: VAT is added to each unit.
 * Articles that are not on it cost what the channel asks.
 */
export async function companyPrices(
  ctx: Pick<Ctx, 'clock'>,
  db: Queryable,
  model: ReadModel,
  company: Pick<CompanyRow, 'price_list'>,
  channelCode: string,
  wanted: readonly Pick<WantedLine, 'variantId'>[],
): Promise<KeptTerms['prices']> {
  const { price_list: list } = company
  if (list === null) return new Map()
  const now = ctx.clock.now()
  const variantIds = [...new Set(wanted.map(({ variantId }) => variantId))]
  const rows = (await selectListPrices(db, list, variantIds)).filter(
    ({ validFrom, validUntil }) => (!validFrom || validFrom <= now) && (!validUntil || validUntil > now),
  )
  return new Map(
    rows.map(({ variantId, amountMinor, includesVat }) => {
      const rate = includesVat ? 0 : (model.sellable(channelCode, variantId, now)?.vatBasisPoints ?? 0)
      const unitMinor = amountMinor + divideHalfUp(amountMinor * BigInt(rate), 10_000n)
      return [variantId, { unitMinor, channelCode, rule: `list:${list}` as const }]
    }),
  )
}
