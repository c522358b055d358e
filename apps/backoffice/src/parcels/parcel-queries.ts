import type { Parcel, ParcelState } from '@ecluse/contracts/parcels.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'

/** Answers that an act on a parcel makes old. */
export const touchedByParcel = ['/fulfillments', '/orders', '/today', '/stock', '/messages'] as const

export const parcelTones: Readonly<Record<ParcelState, StateTone>> = {
  packed: 'waiting',
  handed_to_carrier: 'primary',
  in_transit: 'primary',
  delivered: 'done',
  returned_to_sender: 'urgent',
  lost: 'urgent',
}

/** What can be noted of a parcel from where it is, nearest first. */
export const nextSteps: Readonly<Record<ParcelState, readonly Exclude<ParcelState, 'packed' | 'handed_to_carrier'>[]>> =
  {
    packed: [],
    handed_to_carrier: ['in_transit', 'delivered', 'returned_to_sender', 'lost'],
    in_transit: ['delivered', 'returned_to_sender', 'lost'],
    delivered: ['in_transit'],
    returned_to_sender: ['in_transit', 'delivered'],
    lost: ['in_transit', 'delivered', 'returned_to_sender'],
  }

/** Whether somebody has to decide about what was in it. */
export const needsDecision = ({ state, resolution }: Parcel): boolean =>
  (state === 'lost' || state === 'returned_to_sender') && resolution === null
