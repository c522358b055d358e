import type { ApprovalCause, CompanyPurchase } from '@ecluse/contracts/company-orders.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { actorLabel, requirePermission, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import {
  companyActor,
  mayOrderFor,
  membersOfCompany,
  sitesOfCompany,
  type CompanyActor,
} from '../../customers/public.ts'
import type { ReadModel, SellingChannel } from '../../offers/public.ts'
import { dueDate } from '../../payments/public.ts'
import { authoriseChannel } from '../authorise-channel.ts'
import { keptTermsOf } from '../continue-document.ts'
import { windowFee } from '../hours/window-fee.ts'
import { pricePurchase, type KeptTerms, type PricedPurchase, type WantedLine } from '../price-purchase.ts'
import { cartForOrder } from '../queries/carts.ts'
import { windowTerms } from '../sell-in-window.ts'
import type { WindowDesk } from '../window-desk.ts'
import { dayOf, leftOf, monthBudgets, type MonthBudget } from './budgets.ts'
import { companyPrices, type CompanyBuyer } from './company-sale.ts'
import { creditState, type CreditState } from './credit.ts'

/** What is asked for a company, with or without how it is paid. */
export type AskedPurchase = Pick<
  CompanyPurchase,
  'channel' | 'locale' | 'cartId' | 'lines' | 'companySiteId' | 'delivery'
> & {
  readonly contact?: CompanyPurchase['contact']
  readonly gift?: CompanyPurchase['gift']
  readonly appointment?: CompanyPurchase['appointment']
  readonly expectedTotalMinor?: number | undefined
}

/** What prices a company's purchase: what is sold, and who keeps delivery windows. */
export type PurchaseDeps = { readonly model: ReadModel; readonly windows: WindowDesk }

/** A company's purchase with its prices and its limits, before anything is taken. */
export type DrawnPurchase = {
  readonly buyer: CompanyBuyer
  readonly channel: SellingChannel
  /** As `placeOrder` takes it; how it is paid comes from the sale. */
  readonly body: PlaceOrderBody
  readonly prices: KeptTerms['prices']
  readonly priced: PricedPurchase
  readonly budgets: readonly MonthBudget[]
  /** What is left of each budget. */
  readonly left: readonly bigint[]
  readonly credit: CreditState | undefined
  /** Limits it goes over; credit is not among them. */
  readonly causes: readonly ApprovalCause[]
}

/**
 * Draws up a purchase for a company: who buys, for which site, at which prices, within which limits.
 * @throws customers.company_not_found, customers.company_inactive, customers.site_not_found, channels.not_found, orders.*, access.*
 */
export async function drawPurchase(
  ctx: Ctx,
  { model, windows }: PurchaseDeps,
  companyId: string,
  asked: AskedPurchase,
): Promise<DrawnPurchase> {
  const actor = await companyActor(ctx, ctx.db, companyId, 'orders:write')
  const buyer = await buyerOf(ctx, actor, asked.companySiteId)
  const channel = sellingChannel(ctx, model, actor, asked.channel)
  const { wanted, kept } = await wantedLines(ctx, asked)
  const prices = await companyPrices(ctx, ctx.db, model, buyer.company, channel.code, wanted)
  const body = await bodyOf(ctx, buyer, asked)
  const now = ctx.clock.now()
  // What a cart keeps from elsewhere does not win over what the company agreed upon.
  const agreed = windowTerms(await windowFee(windows, ctx, body.delivery), kept)
  const terms = { prices: new Map([...(kept?.prices ?? []), ...prices]), fee: agreed?.fee ?? null }
  const priced = pricePurchase(model, channel, body, wanted, now, terms)
  const budgets = monthBudgets(buyer, now)
  const left = await leftOf(ctx.db, budgets)
  const limit = buyer.member?.order_limit_minor ?? null
  const causes = [
    ...(limit !== null && priced.totalMinor > limit ? ['order_limit' as const] : []),
    ...budgets.flatMap(({ cause }, index) => (priced.totalMinor > (left[index] ?? 0n) ? [cause] : [])),
  ]
  const credit = await creditState(ctx, ctx.db, companyId)
  return { buyer, channel, body, prices, priced, budgets, left, credit, causes }
}

async function buyerOf(ctx: Ctx, actor: CompanyActor, siteId: string): Promise<CompanyBuyer> {
  const { company } = actor
  if (!company.active) throw refuse('customers.company_inactive')
  const member = actor.as === 'member' ? actor.member : null
  const site = (await sitesOfCompany(ctx.db, company.id)).find((one) => one.id === siteId && one.active)
  if (!site || (member && !mayOrderFor(member, siteId))) throw refuse('customers.site_not_found')
  return { company, site, member, name: member?.name ?? actorLabel(ctx.actor) ?? company.name }
}

/** Members and keys of companies buy where everyone does; staff in the channels they work in. */
function sellingChannel(ctx: Ctx, model: ReadModel, actor: CompanyActor, code: string): SellingChannel {
  const channel = model.channel(code)
  if (!channel) throw refuse('channels.not_found', { code })
  const open = channel.medium === 'web' || channel.medium === 'mobile'
  if (actor.as !== 'staff' && !open) throw refuse('access.forbidden', { permission: 'orders:write' })
  if (channel.medium === 'store') requirePermission(ctx.actor, 'orders:write')
  else authoriseChannel(ctx, channel)
  return channel
}

async function wantedLines(
  ctx: Ctx,
  asked: AskedPurchase,
): Promise<{ wanted: readonly WantedLine[]; kept: KeptTerms | undefined }> {
  if (asked.lines) return { wanted: asked.lines, kept: undefined }
  if (!asked.cartId) throw refuse('orders.empty')
  const cart = await cartForOrder(ctx.db, asked.cartId)
  if (!cart || cart.request) throw refuse('orders.cart_not_found')
  return { wanted: cart.lines, kept: keptTermsOf(cart, ctx.clock.now()) }
}

async function bodyOf(ctx: Ctx, buyer: CompanyBuyer, asked: AskedPurchase): Promise<PlaceOrderBody> {
  const { site } = buyer
  return {
    channel: asked.channel,
    locale: asked.locale,
    ...(asked.lines ? { lines: [...asked.lines] } : { cartId: asked.cartId }),
    contact: asked.contact ?? (await contactOf(ctx, buyer)),
    delivery:
      asked.delivery.method === 'pickup'
        ? asked.delivery
        : {
            method: 'delivery',
            address: site.address,
            ...(asked.delivery.windowId === undefined ? {} : { windowId: asked.delivery.windowId }),
          },
    payments: [],
    ...(asked.gift ? { gift: asked.gift } : {}),
    ...(asked.appointment ? { appointment: asked.appointment } : {}),
    ...(asked.expectedTotalMinor === undefined ? {} : { expectedTotalMinor: asked.expectedTotalMinor }),
  }
}

/** Who is told: whoever buys; for staff and keys the site's contact, the company's own address, or its first administrator. */
async function contactOf(ctx: Ctx, { company, site, member }: CompanyBuyer): Promise<PlaceOrderBody['contact']> {
  const phone = site.contact_phone ?? company.phone
  if (member) return { name: member.name, email: member.email, phone }
  if (site.contact_email) return { name: site.contact_name ?? company.name, email: site.contact_email, phone }
  if (company.email) return { name: site.contact_name ?? company.name, email: company.email, phone }
  const members = await membersOfCompany(ctx.db, company.id)
  const first = members.find(({ role, state }) => role === 'administrator' && state === 'active')
  return first ? { name: first.name, email: first.email, phone } : null
}

/** When an order placed now is to be paid. */
export function dueOn({ account }: CreditState, now: Date): string {
  return dueDate(dayOf(now), account.terms)
}
