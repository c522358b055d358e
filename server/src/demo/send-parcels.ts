import { command } from '../kernel/command.ts'
import type { Ctx } from '../kernel/context.ts'
import {
  moveParcel,
  packParcel,
  parcelsOf,
  ship,
  shipParcel,
  type FulfillmentRow,
} from '../modules/fulfillment/public.ts'
import type { FollowUp } from './follow-up.ts'
import { staffOf } from './staff-of.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * What leaves the warehouse, as parcels do: most in one, some in two on two days, most delivered a day or two later, a few lost or back.
 * Which is which follows from the preparation's own number, so that it is the same however often the company is loaded.
 */
export async function sendParcels(ctx: Ctx, row: FulfillmentRow, at: number): Promise<readonly FollowUp[]> {
  const packer = { ...ctx, actor: staffOf(null, 'Équipe de l’entrepôt') }
  const fate = parseInt(row.id.slice(-2), 16)
  const [first, ...others] = row.lines
  const inTwo = first !== undefined && fate % 3 === 0 && (others.length > 0 || first.quantity > 1)
  if (!inTwo) {
    await command(packer, (tx) => ship(packer, tx, row.id, carriageOf(row.id, fate)))
    return [arriveLater(row, fate, at)]
  }
  await command(packer, async (tx) => {
    const units = { lineId: first.lineId, quantity: others.length > 0 ? first.quantity : 1 }
    const parcelId = await packParcel(packer, tx, row.id, { lines: [units], weightGrams: 900 + fate * 10 })
    await shipParcel(packer, tx, row.id, parcelId, carriageOf(parcelId, fate))
  })
  return [
    arriveLater(row, fate, at),
    {
      at: at + dayMs,
      async act(later) {
        const again = { ...later, actor: packer.actor }
        await command(again, (tx) => ship(again, tx, row.id, carriageOf(`${row.order_id}${row.id}`, fate)))
        return [arriveLater(row, 200, at + dayMs)]
      },
    },
  ]
}

/** Most go with a carrier of the demo's own; some with one whose numbers and pages are known. */
function carriageOf(seed: string, fate: number): { carrier: string; trackingNumber: string } {
  const digits = seed.replace(/[a-f-]/g, (sign) => (sign === '-' ? '' : String(parseInt(sign, 16) % 10)))
  if (fate % 4 === 1) return { carrier: 'Colissimo', trackingNumber: `6A${digits.slice(-11)}` }
  return { carrier: 'Escale Express', trackingNumber: `EX${digits.slice(-10)}FR` }
}

/** One in a hundred is lost, one in fifty comes back. */
function arriveLater(row: FulfillmentRow, fate: number, at: number): FollowUp {
  const state = fate < 3 ? ('lost' as const) : fate < 8 ? ('returned_to_sender' as const) : ('delivered' as const)
  return {
    at: at + (state === 'delivered' ? dayMs + (fate % 30) * hourMs : 4 * dayMs),
    async act(ctx) {
      const clerk = { ...ctx, actor: staffOf(null, 'Service client') }
      await command(clerk, async (tx) => {
        for (const parcel of await parcelsOf(tx, row.order_id))
          if (parcel.fulfillment_id === row.id && parcel.state === 'handed_to_carrier')
            await moveParcel(clerk, tx, row.id, parcel.id, { state })
      })
      return []
    },
  }
}
