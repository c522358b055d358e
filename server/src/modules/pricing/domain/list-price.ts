import { divideHalfUp } from '../../../kernel/money.ts'

/** One entry of a list, as it applies to one article. */
export type ListRule = {
  /** Null: a price set for the article itself, without an entry. */
  readonly id: string | null
  /** How far it is from the article: 0 the article, 1 its product, 2 and on its categories from below, and everything last. */
  readonly distance: number
  readonly minQuantity: number
  /** A fixed price, minor units. */
  readonly amountMinor: bigint | null
  /** So much less than what the channel asks. */
  readonly percentBasisPoints: number | null
}

/** What everything is away from an article. */
export const farthest = 1_000

/** How a channel prices an article, and how the list counts VAT. */
export type PriceBasis = {
  /** What the channel asks for a unit, minor units, VAT included. */
  readonly channelMinor: bigint
  readonly vatBasisPoints: number
  /** Whether the list's fixed prices include VAT. */
  readonly includesVat: boolean
}

/** The rule that counts for so many units: the nearest, then that of the largest quantity, then the cheapest. */
export function ruleInForce(rules: readonly ListRule[], quantity: number, basis: PriceBasis): ListRule | null {
  let best: ListRule | null = null
  for (const rule of rules) {
    if (rule.minQuantity > quantity) continue
    if (best === null || isBefore(rule, best, basis)) best = rule
  }
  return best
}

function isBefore(a: ListRule, b: ListRule, basis: PriceBasis): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance
  if (a.minQuantity !== b.minQuantity) return a.minQuantity > b.minQuantity
  return unitOf(a, basis) < unitOf(b, basis)
}

/** What a unit costs by a rule, minor units, VAT included. A list without VAT is one of companies: VAT is added to each unit. */
export function unitOf({ amountMinor, percentBasisPoints }: ListRule, basis: PriceBasis): bigint {
  if (amountMinor === null)
    return divideHalfUp(basis.channelMinor * BigInt(10_000 - (percentBasisPoints ?? 0)), 10_000n)
  const vat = basis.includesVat ? 0n : divideHalfUp(amountMinor * BigInt(basis.vatBasisPoints), 10_000n)
  return amountMinor + vat
}

/** The quantities from which another price counts, smallest first, with that price; the first is of one unit. */
export function priceBreaks(
  rules: readonly ListRule[],
  basis: PriceBasis,
): { readonly fromQuantity: number; readonly unitMinor: bigint }[] {
  const quantities = [...new Set([1, ...rules.map(({ minQuantity }) => minQuantity)])].toSorted((a, b) => a - b)
  const breaks: { fromQuantity: number; unitMinor: bigint }[] = []
  for (const fromQuantity of quantities) {
    const rule = ruleInForce(rules, fromQuantity, basis)
    const unitMinor = rule ? unitOf(rule, basis) : basis.channelMinor
    if (breaks.at(-1)?.unitMinor !== unitMinor) breaks.push({ fromQuantity, unitMinor })
  }
  return breaks
}
