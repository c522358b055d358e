import type { CompanyPreview } from '@ecluse/contracts/company-orders.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import { sourceNowOrAhead } from '../advance/draft-ahead.ts'
import type { PricedPurchase } from '../price-purchase.ts'
import { letGoAt, promiseDates } from '../promise-dates.ts'
import { drawPurchase, dueOn, type AskedPurchase, type PurchaseDeps } from './draw-purchase.ts'
import { netOf } from './view-request.ts'

/**
 * What a purchase for a company would come to, without VAT, and whether it would need approval. Nothing is taken.
 * @throws as `drawPurchase`
 */
export async function previewPurchase(
  ctx: Ctx,
  deps: PurchaseDeps,
  companyId: string,
  asked: AskedPurchase & { readonly locale: 'fr' | 'en' },
): Promise<CompanyPreview> {
  // Nobody is told anything by a preview: an address is not asked for.
  const contact = { name: '-', email: 'preview@invalid.example', phone: null }
  const { body, priced, causes, credit, budgets, left } = await drawPurchase(ctx, deps, companyId, {
    ...asked,
    contact,
  })
  const { model } = deps
  const money = (minor: bigint) => toMoney(minor, priced.channel.currency)
  const now = ctx.clock.now()
  const vat = priced.lines.reduce((sum, line) => sum + line.vatMinor, priced.feeVatMinor)
  const dates = promiseDates(model, priced.terms, asked.delivery, leavesFrom(model, priced, body.delivery, now))
  const available = credit?.availableMinor ?? null
  const short = available !== null && priced.totalMinor > available
  const leftFor = (cause: 'member_month' | 'site_month') => {
    const index = budgets.findIndex((budget) => budget.cause === cause)
    return index < 0 ? null : money(maxOf(0n, left[index] ?? 0n))
  }
  return {
    lines: priced.lines.map(({ sellable, quantity, lineTotalMinor }) => ({
      variantId: sellable.variantId,
      sku: sellable.sku,
      name: sellable.name[asked.locale] || sellable.name.fr,
      variantLabel: sellable.label[asked.locale],
      imageUrl: sellable.imageUrl,
      quantity,
      unitNet: netOf(sellable.unitPriceMinor, sellable.vatBasisPoints),
      lineNet: netOf(lineTotalMinor, sellable.vatBasisPoints),
      vatRateBasisPoints: sellable.vatBasisPoints,
    })),
    net: money(priced.totalMinor - vat),
    vat: money(vat),
    fee: money(priced.feeMinor - priced.feeVatMinor),
    total: money(priced.totalMinor),
    causes: [...causes, ...(short && credit?.account.over_limit === 'ask' ? ['credit_limit' as const] : [])],
    onAccount: credit
      ? {
          dueOn: dueOn(credit, now),
          available: available === null ? null : money(maxOf(0n, available)),
          blocked: credit.blockedBy !== null || (short && credit.account.over_limit === 'refuse'),
        }
      : null,
    left: { member: leftFor('member_month'), site: leftFor('site_month') },
    promisedAt: dates.promisedAt?.toISOString() ?? null,
    latestAt: dates.latestAt?.toISOString() ?? null,
  }
}

/** When the last of the places that would be chosen lets go of it: a supplier takes days. Now, while nobody has all of it. */
function leavesFrom(
  model: ReadModel,
  { channel, lines }: PricedPurchase,
  delivery: PlaceOrderBody['delivery'],
  now: Date,
): Date {
  const asked = lines.map(({ sellable: { variantId, unitPriceMinor, vatBasisPoints }, quantity }) => ({
    variantId,
    quantity,
    unitPriceMinor,
    vatBasisPoints,
  }))
  try {
    return letGoAt(model, sourceNowOrAhead(model, channel, delivery, asked, now).placeIds, now)
  } catch (error) {
    if (error instanceof Refusal) return now
    throw error
  }
}

const maxOf = (a: bigint, b: bigint): bigint => (a > b ? a : b)
