/** What a buyer pays for one unit of an article that stands in for another: its price, and never more than they had agreed to. */
export function substitutePriceOf(orderedMinor: bigint, substituteMinor: bigint): bigint {
  return substituteMinor < orderedMinor ? substituteMinor : orderedMinor
}
