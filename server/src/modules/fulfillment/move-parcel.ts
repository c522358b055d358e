import type { ParcelState } from '@ecluse/contracts/parcels.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { announce } from './announce.ts'
import { nextStates, reachedWith } from './domain/parcel-states.ts'
import { openParcel } from './pack-parcel.ts'
import { updateParcel } from './queries/parcels.ts'

type Step = Exclude<ParcelState, 'packed' | 'handed_to_carrier'>

const eventOf: Readonly<Record<Step, string>> = {
  in_transit: 'fulfillment.parcel_in_transit',
  delivered: 'fulfillment.parcel_delivered',
  returned_to_sender: 'fulfillment.parcel_returned',
  lost: 'fulfillment.parcel_lost',
}

/**
 * Notes where a parcel is, as its carrier tells it. Noted twice, it changes nothing.
 * @throws fulfillment.not_found, fulfillment.parcel_not_found, fulfillment.wrong_state, fulfillment.not_yet, access.wrong_site
 */
export async function moveParcel(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  parcelId: string,
  told: { state: Step; at?: string | undefined; note?: string | undefined },
): Promise<void> {
  const { order, row, parcel } = await openParcel(ctx, tx, fulfillmentId, parcelId)
  const { state } = told
  if (parcel.state === state) return
  // What was sent again or refunded cannot turn up: it would be paid for twice.
  if (parcel.resolution !== null || !nextStates[parcel.state].includes(state))
    throw refuse('fulfillment.wrong_state', { state: parcel.state })
  const now = ctx.clock.now()
  const at = told.at === undefined ? now : new Date(told.at)
  if (at > now) throw refuse('fulfillment.not_yet')
  const moved = { ...parcel, state, reached: reachedWith(parcel.reached, state, at), note: told.note || parcel.note }
  await updateParcel(tx, moved)
  await announce(ctx, tx, order, row, eventOf[state], {
    parcelId: parcel.id,
    position: parcel.position,
    carrier: parcel.carrier,
    trackingNumber: parcel.tracking_number,
    at: at.toISOString(),
    reason: told.note ?? null,
    lines: parcel.lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity })),
  })
}
