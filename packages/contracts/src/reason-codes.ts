import { z } from 'zod'

/** Why people changed a quantity on hand. The list is closed, so that figures can be made of it. */
export const reasonCodes = [
  'damaged',
  'lost',
  'found',
  'theft',
  'expired',
  'sample',
  'own_use',
  'count_difference',
  'supplier_shortage',
  'supplier_surplus',
  'wrong_article',
  'lost_in_transit',
  'entry_error',
  'other',
] as const
export type ReasonCode = (typeof reasonCodes)[number]
export const reasonCodeSchema = z.enum(reasonCodes)

/** Which reasons a screen offers for what is being done; the API takes any. */
export const reasonsFor = {
  receipt: ['supplier_shortage', 'supplier_surplus', 'damaged', 'wrong_article', 'other'],
  loss: ['damaged', 'lost', 'theft', 'expired', 'sample', 'own_use', 'entry_error', 'other'],
  transfer: ['lost_in_transit', 'damaged', 'theft', 'found', 'entry_error', 'other'],
  count: ['count_difference', 'lost', 'found', 'theft', 'damaged', 'expired', 'entry_error', 'other'],
} as const satisfies Record<string, readonly ReasonCode[]>
