import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { LeftToStaff } from '@ecluse/contracts/supplier-orders.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { readUblAnswer, type UblAnswer } from '../../../kernel/ubl/ubl-answers.ts'
import { writeUblOrder } from '../../../kernel/ubl/ubl-order.ts'
import { ownParty, siteById } from '../../channels/public.ts'
import { requirePlace } from '../actors-places.ts'
import { companyDay } from '../domain/company-day.ts'
import { articleOf } from '../queries/articles.ts'
import { selectNamedLines, selectOrder } from '../queries/supplier-orders.ts'
import {
  insertDocument,
  selectSupplier,
  updateLeftToStaff,
  updatePromised,
  updateSupplierReference,
} from '../queries/suppliers.ts'
import { applyAnswer, type AppliedLine, type KnownLine } from './apply-answer.ts'
import { moveOrder, requireOrder } from './require-order.ts'

/**
 * An order to a supplier as a UBL 2.1 Order (Peppol BIS Ordering 3). Its lines are numbered from 1, by SKU.
 * @throws inventory.document_not_found, access.wrong_site
 */
export async function supplierOrderAsUbl(ctx: Ctx, db: Queryable, id: string, buyerName: string): Promise<string> {
  const order = await selectOrder(db, id)
  if (!order) throw refuse('inventory.document_not_found')
  const place = await requirePlace(ctx, db, order.place_id)
  const [lines, supplier, buyer, site] = await Promise.all([
    selectNamedLines(db, id, 'fr'),
    selectSupplier(db, order.supplier_name),
    ownParty(db, buyerName),
    siteById(db, place.siteId),
  ])
  return writeUblOrder({
    id: order.number,
    issueDate: companyDay(order.ordered_at ?? ctx.clock.now()),
    currency: 'EUR',
    buyerReference: null,
    accountingCost: null,
    note: order.note,
    buyer,
    seller: {
      name: order.supplier_name,
      siren: supplier?.siren ?? null,
      siret: supplier?.siret ?? null,
      vatNumber: supplier?.vat_number ?? null,
    },
    deliveryLocationId: order.ship_to ? null : place.code,
    deliveryAddress: order.ship_to
      ? { ...order.ship_to, street2: order.ship_to.street2 ?? null }
      : site
        ? {
            street: site.street,
            street2: null,
            locality: site.locality,
            postalCode: site.postalCode,
            country: site.country,
          }
        : null,
    lines: lines.map((line, index) => {
      const { productName, variantLabel, gtin, sku } = articleOf(line, 'fr')
      return {
        id: String(index + 1),
        name: [productName, variantLabel].filter(Boolean).join(' · '),
        gtin,
        sellersId: null,
        buyersId: sku,
        quantity: String(line.ordered_units),
        unitCode: 'C62',
        unitNetMinor: line.unit_cost_minor === null ? null : Number(line.unit_cost_minor),
      }
    }),
  })
}

/** What a supplier says of goods that go from them to a customer; units are those confirmed or sent, of so many asked. */
export type SupplierAnswered = {
  readonly supplierOrderId: string
  readonly preparationId: string
  readonly supplierName: string
  readonly documentId: string
  readonly kind: UblAnswer['kind']
  readonly trackingId: string | null
  readonly carrier: string | null
  readonly lines: readonly {
    readonly variantId: string
    readonly outcome: AppliedLine['outcome']
    readonly units: number
    readonly asked: number
    /** Why, in the supplier's own words. */
    readonly note: string | null
    readonly lots: readonly LotUnits[]
  }[]
}

/** Says what of an answer somebody has to do by hand, on its document. */
export function leaveToStaff(
  tx: Tx,
  { supplierOrderId, kind, documentId }: SupplierAnswered,
  left: LeftToStaff,
): Promise<void> {
  return updateLeftToStaff(tx, { supplierOrderId, kind, documentId }, left)
}

/** Tells those who prepare what a supplier says of goods that go from them to a customer: what is refused, and what left. */
async function tellAnswer(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { kind, id: documentId, trackingId, carrier, note: whole }: UblAnswer,
  applied: readonly AppliedLine[],
  known: readonly KnownLine[],
): Promise<void> {
  const direct = await selectOrder(tx, id)
  if (!direct?.direct_for || !direct.direct_order_id) return
  const payload: SupplierAnswered = {
    supplierOrderId: id,
    preparationId: direct.direct_for,
    supplierName: direct.supplier_name,
    documentId,
    kind,
    trackingId,
    carrier,
    lines: applied.flatMap(({ variantId, outcome, units, note, lots }) => {
      const asked = known.find((line) => line.variantId === variantId)
      return asked
        ? [
            {
              variantId: asked.variantId,
              outcome,
              units: units ?? asked.orderedUnits,
              asked: asked.orderedUnits,
              note: note ?? whole,
              lots,
            },
          ]
        : []
    }),
  }
  await publish(tx, ctx, [
    { type: 'inventory.supplier_answered', version: 1, aggregateId: direct.direct_order_id, payload: { ...payload } },
  ])
}

/**
 * Takes in what a supplier answers, once for each document: an OrderResponse confirms units and days, a DespatchAdvice says when
 * what was sent comes. Who was promised these units is told when that is later.
 * @throws inventory.document_not_found, inventory.document_state, inventory.answer_unreadable, inventory.answer_of_other,
 *   access.wrong_site
 */
export async function receiveAnswer(ctx: Ctx, tx: Tx, id: string, xml: string): Promise<void> {
  const answer = readUblAnswer(xml)
  if (!answer) throw refuse('inventory.answer_unreadable')
  const order = await requireOrder(ctx, tx, id, ['ordered', 'received', 'cancelled'])
  if (answer.orderId !== null && answer.orderId !== order.number)
    throw refuse('inventory.answer_of_other', { number: answer.orderId.slice(0, 100) })
  const known = (await selectNamedLines(tx, id, 'fr')).map((line): KnownLine => ({
    variantId: line.variant_id,
    sku: line.sku,
    gtin: line.gtin,
    orderedUnits: line.ordered_units,
    receivedUnits: line.received_units,
    expectedOn: line.expected_on,
  }))
  const { applied, promised } = applyAnswer(answer, known)
  const isNew = await insertDocument(tx, id, {
    kind: answer.kind,
    document_id: answer.id,
    issued_on: answer.issueDate,
    content: {
      code: answer.code,
      trackingId: answer.trackingId,
      carrier: answer.carrier,
      note: answer.note,
      lines: applied,
    },
    received_at: ctx.clock.now(),
    received_by: actorLabel(ctx.actor),
  })
  if (!isNew) return
  if (order.state !== 'ordered') throw refuse('inventory.document_state', { state: order.state })
  if (answer.kind === 'order_response') await updateSupplierReference(tx, id, answer.id)
  if (promised.length === 0) return
  await tellAnswer(ctx, tx, id, answer, applied, known)
  await updatePromised(tx, id, promised)
  await moveOrder(ctx, tx, order, order.state)
}
