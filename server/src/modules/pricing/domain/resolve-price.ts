import { assert } from '../../../kernel/assert.ts'

/** What one list asks for a variant. Amounts in minor units, VAT included; instants in milliseconds since the epoch. */
export type ListedPrice = {
  readonly listCode: string
  readonly amountMinor: bigint
  readonly compareAtMinor: bigint | null
  readonly validFrom: number | null
  readonly validUntil: number | null
}

/** Why a rule was kept or passed over. Words are in the message catalogues under `price.<outcome>`. */
export type RuleOutcome = 'kept' | 'no_price' | 'not_yet' | 'ended' | 'not_needed'

export type PriceReason = {
  /** Rule that decided, `list:<code>`; null when none had a price. */
  readonly kept: string | null
  readonly tried: readonly { readonly rule: string; readonly listCode: string; readonly outcome: RuleOutcome }[]
}

export type ResolvedPrice = { readonly price: ListedPrice | null; readonly reason: PriceReason }

/**
 * The price a channel asks at an instant: the first of its lists that has one in force wins.
 * @param lists codes of the channel's lists, in order; each once
 * @param prices of one variant, at most one per list
 */
export function resolvePrice(lists: readonly string[], prices: readonly ListedPrice[], at: number): ResolvedPrice {
  let kept: ListedPrice | null = null
  const tried = lists.map((listCode) => {
    const listed = prices.find((price) => price.listCode === listCode)
    const outcome: RuleOutcome = kept ? 'not_needed' : outcomeOf(listed, at)
    if (outcome === 'kept') kept = listed ?? null
    return { rule: `list:${listCode}`, listCode, outcome }
  })
  const winner = kept as ListedPrice | null
  assert(winner === null || winner.amountMinor >= 0n, 'a price is not negative')
  return { price: winner, reason: { kept: winner && `list:${winner.listCode}`, tried } }
}

/** Only the winner of `resolvePrice`, for lists of thousands. */
export function priceInForce(lists: readonly string[], prices: readonly ListedPrice[], at: number): ListedPrice | null {
  for (const listCode of lists)
    for (const price of prices) if (price.listCode === listCode && outcomeOf(price, at) === 'kept') return price
  return null
}

function outcomeOf(listed: ListedPrice | undefined, at: number): RuleOutcome {
  if (!listed) return 'no_price'
  if (listed.validFrom !== null && at < listed.validFrom) return 'not_yet'
  if (listed.validUntil !== null && at >= listed.validUntil) return 'ended'
  return 'kept'
}
