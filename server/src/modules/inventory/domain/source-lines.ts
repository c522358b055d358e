/**
 * Which place serves each line of a delivery: a pure function of the order and a snapshot. Fewest parcels first, then the
 * place's own rank. The richer rules of sourcing (margin, capacity, consent) plug in here.
 */
export type SourcingPlace = { readonly id: string; readonly priority: number }
export type SourcingLine = { readonly variantId: string; readonly quantity: number }

/**
 * @returns a place per line, or the first line nobody can serve whole
 */
export function sourceLines(
  lines: readonly SourcingLine[],
  places: readonly SourcingPlace[],
  available: (variantId: string, placeId: string) => number,
): { placeIds: string[] } | { missing: SourcingLine } {
  const ranked = [...places].sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
  const serves = (line: SourcingLine, place: SourcingPlace): boolean =>
    available(line.variantId, place.id) >= line.quantity
  const whole = ranked.find((place) => lines.every((line) => serves(line, place)))
  if (whole) return { placeIds: lines.map(() => whole.id) }
  // No single place has everything: take the place that serves most of what is left, again and again.
  const placeIds: (string | undefined)[] = lines.map(() => undefined)
  for (;;) {
    const open = lines.flatMap((line, index) => (placeIds[index] === undefined ? [{ line, index }] : []))
    if (open.length === 0) return { placeIds: placeIds as string[] }
    let best: { place: SourcingPlace; count: number } | undefined
    for (const place of ranked) {
      const count = open.filter(({ line }) => serves(line, place)).length
      if (count > (best?.count ?? 0)) best = { place, count }
    }
    if (!best) return { missing: (open[0] as { line: SourcingLine }).line }
    for (const { line, index } of open) if (serves(line, best.place)) placeIds[index] = best.place.id
  }
}
