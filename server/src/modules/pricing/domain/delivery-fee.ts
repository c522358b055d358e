/**
 * What delivery costs for an amount of goods, in minor units: free from the threshold on, when there is one.
 * @param subtotalMinor goods, VAT included
 */
export function deliveryFee(
  terms: { readonly feeMinor: bigint; readonly freeFromMinor: bigint | null },
  subtotalMinor: bigint,
): bigint {
  return terms.freeFromMinor !== null && subtotalMinor >= terms.freeFromMinor ? 0n : terms.feeMinor
}
