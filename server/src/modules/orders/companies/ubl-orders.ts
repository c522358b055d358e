import { createHash } from 'node:crypto'
import type { AskedRequest } from '@ecluse/contracts/company-orders.ts'
import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import type { UblOrder } from '@ecluse/contracts/ubl-orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { Replay } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { ownParty } from '../../channels/public.ts'
import { sitesOfCompany, type CompanyActor, type CompanyRow, type SiteRow } from '../../customers/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import {
  readUblOrder,
  unitsOf,
  writeOrderResponse,
  type UblDocument,
  type UblParty,
} from '../../../kernel/ubl/ubl-order.ts'
import type { PlacementDeps } from '../place-order.ts'
import { companyOrder } from '../queries/company-orders.ts'
import { selectOrder, selectOrderLines } from '../queries/orders.ts'
import { keepUblOrder, settleUblOrder, ublOrderById, type UblOrderRow } from '../queries/ubl-orders.ts'
import { buyForCompany } from './buy-for-company.ts'
import { dayOf } from './budgets.ts'
import { checkLines, type QuickOrder } from './quick-order.ts'

type Asked = { readonly channel: string; readonly locale: Locale }

/** Receives an Order: kept once for each number of the buyer's. @returns its id @throws orders.ubl_unreadable, channels.not_found */
export async function receiveUblOrder(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  companyId: string,
  { xml, channel }: { xml: string; channel: string },
): Promise<string> {
  if (!model.channel(channel)) throw refuse('channels.not_found', { code: channel })
  const document = readUblOrder(xml)
  if (!document) throw refuse('orders.ubl_unreadable')
  return keepUblOrder(tx, {
    id: ctx.ids.next(),
    company_id: companyId,
    document_id: document.id,
    document,
    channel_code: channel,
    received_at: ctx.clock.now(),
  })
}

/** The document of a company. @throws orders.ubl_not_found */
async function ublOrderOf(db: Queryable, companyId: string, ublOrderId: string): Promise<UblOrderRow> {
  const row = await ublOrderById(db, ublOrderId)
  if (!row || row.company_id !== companyId) throw refuse('orders.ubl_not_found')
  return row
}

type Checked = { readonly row: UblOrderRow; readonly checked: QuickOrder; readonly view: UblOrder }

/** A received document, matched with what is sold now. @throws orders.ubl_not_found */
export async function viewUblOrder(
  ctx: Ctx,
  db: Queryable,
  model: ReadModel,
  { company }: CompanyActor,
  ublOrderId: string,
  locale: Locale,
): Promise<Checked> {
  const row = await ublOrderOf(db, company.id, ublOrderId)
  const { document } = row
  const asked: Asked = { channel: row.channel_code, locale }
  const checked = await checkLines(ctx, db, model, company, asked, pastedOf(document))
  const site = siteOf(document, await sitesOfCompany(db, company.id))
  const problems: UblOrder['problems'] = [
    ...(isOther(document.buyer, company) ? ['other_company' as const] : []),
    ...(document.currency === 'EUR' ? [] : ['currency' as const]),
    ...(site ? [] : ['no_site' as const]),
    ...(checked.ready.length > 0 ? [] : ['nothing_ready' as const]),
  ]
  const view: UblOrder = {
    id: row.id,
    documentId: row.document_id,
    issueDate: document.issueDate,
    buyerReference: document.buyerReference,
    companySiteId: site?.id ?? null,
    problems,
    lines: checked.lines.map((line, index) => {
      const expected = document.lines[index]?.unitNetMinor ?? null
      return {
        ...line,
        lineId: document.lines[index]?.id ?? String(line.position),
        expectedNet: expected === null ? null : toMoney(BigInt(expected)),
        priceDiffers: expected !== null && line.article !== null && line.article.unitNet.amountMinor !== expected,
      }
    }),
    net: checked.net,
    receivedAt: row.received_at.toISOString(),
    orderId: row.order_id,
    requestId: row.request_id,
  }
  return { row, checked, view }
}

/** The lines of a document as a quick order understands them: by GTIN, else by our number, else by theirs. */
function pastedOf({ lines }: UblDocument) {
  return lines.map((line, index) => ({
    position: index + 1,
    text: line.name.slice(0, 200),
    code: line.gtin ?? line.sellersId ?? line.buyersId ?? '',
    quantity: unitsOf(line),
  }))
}

/** Whether a document says that somebody else buys. */
function isOther({ siren, siret, vatNumber }: UblParty, company: CompanyRow): boolean {
  const said = siren ?? siret?.slice(0, 9) ?? null
  if (said && company.siren) return said !== company.siren
  return Boolean(vatNumber && company.vat_number && vatNumber !== company.vat_number)
}

/** The site a delivery is for: by its SIRET, by its name, or by postal code and street; the only one when nothing is said. */
function siteOf({ deliveryLocationId: id, deliveryAddress: address }: UblDocument, sites: readonly SiteRow[]) {
  const active = sites.filter((site) => site.active)
  const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\d]/gu, '')
  if (id === null && address === null) return active.length === 1 ? active[0] : undefined
  return (
    active.find((site) => id !== null && (site.siret === id || fold(site.name) === fold(id))) ??
    active.find(
      (site) =>
        address !== null &&
        site.address.postalCode === address.postalCode &&
        fold(site.address.street) === fold(address.street),
    )
  )
}

/**
 * Orders on account what a document asks for, once: the same document again is answered as it was the first time.
 * @throws orders.ubl_changed, orders.ubl_ordered, and as `buyForCompany`
 */
export async function confirmUblOrder(
  deps: PlacementDeps,
  ctx: Ctx,
  actor: CompanyActor,
  ublOrderId: string,
  asked: { locale: Locale; companySiteId: string; acceptChanges: boolean },
): Promise<PlacedOrder | AskedRequest> {
  const { row, checked, view } = await viewUblOrder(ctx, ctx.db, deps.model, actor, ublOrderId, asked.locale)
  if (row.order_id ?? row.request_id) throw refuse('orders.ubl_ordered')
  const changed = view.lines.filter(({ problem, priceDiffers }) => problem !== null || priceDiffers).length
  if ((changed > 0 && !asked.acceptChanges) || checked.ready.length === 0)
    throw refuse('orders.ubl_changed', { lines: changed })
  // One document is one order, whoever confirms it and however often: its key is its own.
  const key = `ubl ${row.id}`
  const idempotency = { scope: 'ubl-order', key, requestHash: createHash('sha256').update(key).digest() }
  const answer = await buyForCompany(deps, { ...ctx, idempotency }, row.company_id, {
    channel: row.channel_code,
    locale: asked.locale,
    lines: checked.ready,
    companySiteId: asked.companySiteId,
    delivery: { method: 'delivery' },
    purchaseReference: row.document_id,
    buyerReference: row.document.buyerReference,
    // Documents received before it was read have none.
    costCentre: row.document.accountingCost ?? null,
    contact: null,
    payment: { method: 'on_account' },
  }).catch((error: unknown) => {
    // It was ordered before, and a crash came before that was noted here.
    if (error instanceof Replay) return error.response as PlacedOrder | AskedRequest
    throw error
  })
  await settleUblOrder(ctx.db, row.id, {
    orderId: 'orderId' in answer ? answer.orderId : null,
    requestId: 'requestId' in answer ? answer.requestId : null,
  })
  return answer
}

/**
 * The answer to a document: acknowledged while nothing was decided or approval is asked, else what its order promises line by line.
 * @throws orders.ubl_not_found
 */
export async function ublResponse(
  ctx: Ctx,
  model: ReadModel,
  actor: CompanyActor,
  ublOrderId: string,
  locale: Locale,
): Promise<string> {
  const { row, view } = await viewUblOrder(ctx, ctx.db, model, actor, ublOrderId, locale)
  const order = row.order_id === null ? undefined : await selectOrder(ctx.db, row.order_id)
  const ordered = order ? await selectOrderLines(ctx.db, [order.id]) : []
  const left = new Map(ordered.map((line) => [line.sku, line.quantity]))
  const lines = row.document.lines.map((line, index) => {
    const article = view.lines[index]?.article
    const wanted = unitsOf(line) ?? 0
    const quantity = article ? Math.min(wanted, left.get(article.sku) ?? 0) : 0
    if (article) left.set(article.sku, (left.get(article.sku) ?? 0) - quantity)
    const unitNetMinor = quantity > 0 && article ? article.unitNet.amountMinor : null
    const same = quantity === wanted && (line.unitNetMinor === null || line.unitNetMinor === unitNetMinor)
    return {
      line,
      status: quantity === 0 ? ('7' as const) : same ? ('5' as const) : ('3' as const),
      quantity,
      unitNetMinor,
    }
  })
  const ended = order?.document_state === 'cancelled' || order?.document_state === 'expired'
  const whole = lines.every(({ status }) => status === '5')
  return writeOrderResponse({
    id: `${row.document_id}-R`,
    issueDate: dayOf(ctx.clock.now()),
    code: order === undefined ? 'AB' : ended ? 'RE' : whole ? 'AP' : 'CA',
    // Named as its documents name it, whatever the buyer wrote.
    order: { ...row.document, seller: await ownParty(ctx.db, row.document.seller.name) },
    lines,
  })
}

/** An order of a company as a UBL Order, as the company would have sent it. @throws orders.not_found */
export async function orderAsUbl(
  db: Queryable,
  actor: CompanyActor,
  orderId: string,
  seller: UblParty,
): Promise<UblDocument> {
  const { company } = actor
  const about = await companyOrder(db, orderId)
  const order = about?.company_id === company.id ? await selectOrder(db, orderId) : undefined
  const own = actor.as !== 'member' || actor.member.role !== 'buyer' || about?.member_id === actor.member.id
  if (!about || !order || !own) throw refuse('orders.not_found')
  const lines = await selectOrderLines(db, [orderId])
  const site = (await sitesOfCompany(db, company.id)).find(({ id }) => id === about.site_id)
  return {
    id: about.purchase_reference ?? order.number,
    issueDate: dayOf(order.placed_at),
    currency: order.currency,
    buyerReference: about.buyer_reference,
    accountingCost: about.cost_centre,
    note: order.number,
    buyer: { name: company.name, siren: company.siren, siret: site?.siret ?? null, vatNumber: company.vat_number },
    seller,
    deliveryLocationId: site?.siret ?? null,
    deliveryAddress: order.address
      ? {
          street: order.address.street,
          street2: order.address.street2 ?? null,
          locality: order.address.locality,
          postalCode: order.address.postalCode,
          country: order.address.country,
        }
      : null,
    lines: lines.map((line) => ({
      id: String(line.position + 1),
      name: [line.name, line.variant_label].filter(Boolean).join(' · '),
      gtin: null,
      sellersId: line.sku,
      buyersId: null,
      quantity: String(line.quantity),
      unitCode: 'C62',
      unitNetMinor: Math.round(Number(line.line_total_minor - line.vat_minor) / line.quantity),
    })),
  }
}
