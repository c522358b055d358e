/** What a provider says of a payment. */
export type ProviderAnswer =
  | { readonly state: 'authorised'; readonly reference: string }
  | { readonly state: 'declined'; readonly reason: string }
  | { readonly state: 'challenge'; readonly challengeUrl: string }
  /** No answer came, or the provider does not know yet: neither yes nor no. */
  | { readonly state: 'pending' }

export type AuthorisationRequest = {
  /** Our id of the payment, and the key under which asking twice is asking once. */
  readonly paymentId: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly currency: string
  /** What the payment page gave for the buyer's card. */
  readonly token: string
  /** Where the buyer comes back to after a challenge. */
  readonly returnUrl: string
}

/**
 * A means of taking money online. Every call goes outside, never inside a transaction, and may be repeated: a provider
 * keys it by the payment's or the refund's id.
 */
export type PaymentProvider = {
  readonly name: string
  /** Whether it recognises such a token; asked before anything else is done. */
  accepts(token: string): boolean
  /** Keeps the amount on the buyer's card; money is taken by `capture`. */
  authorise(request: AuthorisationRequest): Promise<ProviderAnswer>
  /** How an authorisation ended that was challenged or never answered. */
  status(paymentId: string): Promise<ProviderAnswer>
  capture(paymentId: string, amountMinor: bigint): Promise<void>
  void(paymentId: string): Promise<void>
  refund(request: { paymentId: string; refundId: string; amountMinor: bigint }): Promise<{ reference: string }>
}
