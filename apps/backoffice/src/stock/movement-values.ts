import type { z } from 'zod'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { reasonsFor, type ReasonCode } from '@ecluse/contracts/reason-codes.ts'

export const movementActs = ['receipt', 'count', 'transfer', 'loss'] as const
export type MovementAct = (typeof movementActs)[number]

export type MovementBody = z.output<typeof endpoints.recordMovement.body>

export type MovementValues = {
  kind: MovementAct
  variantId: string
  placeId: string
  toPlaceId: string
  quantity: number | ''
  reasonCode: ReasonCode | ''
  reason: string
  /** Of a followed article. */
  lots?: readonly LotUnits[]
}

/** Reasons to choose from: a receipt that is no document's has nothing to differ from. */
export const reasonsOfAct = {
  receipt: ['found', 'entry_error', 'other'],
  count: reasonsFor.count,
  transfer: [],
  loss: reasonsFor.loss,
} as const satisfies Record<MovementAct, readonly ReasonCode[]>

/** From the fields to what the API takes: each kind has its own. */
export function bodyOfMovement({
  kind,
  variantId,
  placeId,
  toPlaceId,
  quantity,
  reasonCode,
  reason,
  lots = [],
}: MovementValues): unknown {
  const amount = quantity === '' ? undefined : quantity
  const offered: readonly ReasonCode[] = reasonsOfAct[kind]
  const code = reasonCode !== '' && offered.includes(reasonCode) ? reasonCode : undefined
  const common = {
    kind,
    variantId,
    placeId,
    reason: reason.trim() || null,
    ...(code ? { reasonCode: code } : {}),
    ...namedOf(lots),
  }
  if (kind === 'count') return { ...common, counted: amount }
  if (kind === 'transfer') return { ...common, toPlaceId, quantity: amount }
  return { ...common, quantity: amount }
}

/**
 * The movement that takes another back. Stock is a ledger: nothing is erased, the opposite is written. A count is taken back by the
 * difference it made, so that sales made since stand; without knowing what was there before, it cannot be.
 */
export function reverseOf(body: MovementBody, onHandBefore: number | null, reason: string): MovementBody | null {
  const { variantId, placeId } = body
  const named = namedOf(body.lots ?? [])
  const reasonCode = 'entry_error' as const
  if (body.kind === 'receipt')
    return { kind: 'loss', variantId, placeId, quantity: body.quantity, reasonCode, reason, ...named }
  if (body.kind === 'loss')
    return { kind: 'receipt', variantId, placeId, quantity: body.quantity, reasonCode, reason, ...named }
  if (body.kind === 'transfer') {
    return {
      kind: 'transfer',
      variantId,
      placeId: body.toPlaceId,
      toPlaceId: placeId,
      quantity: body.quantity,
      reason,
      ...named,
    }
  }
  if (onHandBefore === null || onHandBefore === body.counted) return null
  const made = body.counted - onHandBefore
  return {
    kind: made > 0 ? 'loss' : 'receipt',
    variantId,
    placeId,
    quantity: Math.abs(made),
    reasonCode,
    reason,
    ...named,
  }
}

const namedOf = (lots: readonly LotUnits[]): { lots?: LotUnits[] } => (lots.length > 0 ? { lots: [...lots] } : {})
