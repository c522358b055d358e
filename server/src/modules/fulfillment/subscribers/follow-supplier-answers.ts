import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse, Refusal } from '../../../kernel/errors.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { carrierNamed, cleanNumber } from '@ecluse/contracts/carriers.ts'
import { leaveToStaff, trackingOf, type SupplierAnswered } from '../../inventory/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { selectOrderLines } from '../../orders/public.ts'
import { openFulfillment } from '../advance-fulfillment.ts'
import { leftToPack } from '../domain/parcel-states.ts'
import { shareSent } from '../domain/share-sent.ts'
import { packParcel } from '../pack-parcel.ts'
import { selectParcels } from '../queries/parcels.ts'
import { refuseLine } from '../refuse-line.ts'
import { shipParcel, type Carriage } from '../ship-parcel.ts'

/**
 * What a supplier who sends for us answers is done: a line they do not have, or not all of, is sourced elsewhere, and what they sent is a
 * parcel with its number and the lots they name. Each answer has a transaction of its own: one that cannot be carried out is left to
 * staff, who are told on the order to the supplier, and holds nothing else up.
 */
export const createFollowSupplierAnswers = (model: ReadModel): Subscriber => ({
  name: 'fulfillment.follow-supplier-answers',
  types: ['inventory.supplier_answered'],
  async handle(ctx, _tx, events) {
    for (const { payload } of events) {
      const answer = payload as SupplierAnswered
      const work = answer.kind === 'despatch_advice' ? [sent(answer)] : answer.lines.flatMap(refused(model, answer))
      for (const act of work) await tryTo(ctx, answer, act)
    }
  },
})

type Act = (ctx: Ctx, tx: Tx) => Promise<void>

async function tryTo(ctx: Ctx, answer: SupplierAnswered, act: Act): Promise<void> {
  try {
    await inTransaction(ctx.db, (tx) => act(ctx, tx))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { supplierOrderId, documentId } = answer
    ctx.log.warn({ code: error.code, supplierOrderId, documentId }, 'an answer of a supplier was not carried out')
    const left = answer.kind === 'order_response' ? 'refusal' : aboutLots.test(error.code) ? 'lots' : 'parcel'
    await inTransaction(ctx.db, (tx) => leaveToStaff(tx, answer, left))
  }
}

/** Refusals that say which lots or serial numbers are in question. */
const aboutLots = /^inventory\.(lots?|serials?)_/

/** A supplier who has none of it, or too few, does not send it: what they told us they had is put right, and others are asked. */
const refused =
  (model: ReadModel, { preparationId }: SupplierAnswered) =>
  ({ variantId, outcome, units, asked, note }: SupplierAnswered['lines'][number]): Act[] => {
    if (outcome !== 'refused' && outcome !== 'fewer') return []
    return [
      async (ctx, tx) => {
        const { order, row } = await openFulfillment(ctx, tx, preparationId)
        const ids = new Set(row.lines.map(({ lineId }) => lineId))
        // Told twice, the second finds nothing left of it.
        const line = (await selectOrderLines(tx, [order.id])).find(
          ({ id, variant_id }) => variant_id === variantId && ids.has(id),
        )
        if (!line || (row.state !== 'to_prepare' && row.state !== 'ready')) return
        const missing = Math.max(1, outcome === 'refused' ? asked : asked - units)
        const told = { lineId: line.id, reason: 'not_found' as const, quantity: missing, note }
        await refuseLine(ctx, tx, model, preparationId, told)
      },
    ]
  }

/** What left them is in one parcel, which has gone to the carrier. */
const sent =
  (answer: SupplierAnswered): Act =>
  async (ctx, tx) => {
    const { preparationId, lines } = answer
    const { order, row } = await openFulfillment(ctx, tx, preparationId)
    if (row.state !== 'to_prepare' && row.state !== 'ready') return
    const carriage = carriageOf(answer)
    const mine = (await selectParcels(tx, order.id)).filter((parcel) => parcel.fulfillment_id === row.id)
    if (carriage.trackingNumber && mine.some((one) => one.tracking_number === carriage.trackingNumber)) return
    const tracking = await trackingOf(
      tx,
      row.lines.map(({ variantId }) => variantId),
    )
    const modeOf = new Map(tracking.map(({ variantId, mode }) => [variantId, mode]))
    const left = new Map(leftToPack(row.lines, mine).map(({ lineId, quantity }) => [lineId, quantity]))
    const waiting = row.lines.map((line) => ({ ...line, quantity: left.get(line.lineId) ?? 0 }))
    const inside = shareSent(
      waiting,
      lines.map((line) => (modeOf.has(line.variantId) ? line : { ...line, lots: [] })),
    )
    if (inside.length === 0) return
    for (const { lineId, quantity, lots } of inside) {
      const line = row.lines.find((one) => one.lineId === lineId)
      const mode = line && modeOf.get(line.variantId)
      // What nobody named could not be found again: whoever prepares asks the supplier.
      if (mode && lots.reduce((sum, { units }) => sum + units, 0) < quantity)
        throw refuse(mode === 'serial' ? 'inventory.serials_needed' : 'inventory.lots_needed', {
          sku: line.sku,
          units: quantity,
        })
    }
    const parcelId = await packParcel(ctx, tx, preparationId, { lines: inside, weightGrams: null })
    await shipParcel(ctx, tx, preparationId, parcelId, carriage)
  }

/** A number its carrier would not know is kept as the supplier wrote it, under the supplier's name. */
function carriageOf({ carrier, trackingId, supplierName }: SupplierAnswered): Carriage {
  const known = carrier === null ? undefined : carrierNamed(carrier)
  const number = trackingId === null ? null : cleanNumber(trackingId)
  if (known && (number === null || known.isNumber(number))) return { carrier: known.name, trackingNumber: number }
  return { carrier: known || carrier === null ? supplierName.slice(0, 60) : carrier, trackingNumber: trackingId }
}
