/** What is read of the events' payloads; each event carries some of it. */
export type Told = {
  missing?: string
  reason?: string
  sequence?: number
  outcome?: string
  deliveryMethod?: string
  method?: string
  wasConfirmed?: boolean
  fulfillmentId?: string
  parcelId?: string
  groupNo?: number
  trackingUrl?: string | null
  carrier?: string | null
  trackingNumber?: string | null
  lines?: { lineId: string; quantity: number }[]
  returnId?: string | null
  number?: string
  siteName?: string | null
  expiresAt?: string
  deductionMinor?: number
  deductionReason?: string
  moneyBackMinor?: number
  gift?: boolean
  voucher?: boolean
  moneyMinor?: number
  destinationChanged?: boolean
  name?: string
  addedMinor?: number
  dueMinor?: number
  askedBy?: string
  /** It is asked in place of something that is missing. */
  instead?: boolean
  changeId?: string
  differenceMinor?: number
  note?: string
  endReason?: string
  withdrawalId?: string
  refundId?: string
  refundMinor?: number
  carriageMinor?: number
  refundState?: string | null
  amountMinor?: number
  postponedTo?: string | null
  revision?: number
  memberId?: string | null
  step?: number
  consentId?: string
  partyId?: string
}
