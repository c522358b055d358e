/** What a channel leaves to the others of an article at each place, and by which rule. */
export type BufferRule = {
  readonly scope: 'variant' | 'category' | 'all'
  /** The category the rule names, when it names one. */
  readonly categoryCode: string | null
  readonly units: number
  /** A share of what lies there, rounded up to whole units. */
  readonly shareBasisPoints: number
}

/** The rules of one channel. */
export type ChannelBuffers = {
  readonly variants: ReadonlyMap<string, BufferRule>
  readonly categories: ReadonlyMap<string, BufferRule>
  readonly all: BufferRule | null
}

/**
 * The rule that counts for an article: its own, else that of its nearest category, else that of everything. Of two categories
 * equally near, the rule that leaves more.
 * @param lineages for each category of the article, itself and all above it
 */
export function bufferFor(
  { variants, categories, all }: ChannelBuffers,
  variantId: string,
  lineages: readonly (readonly string[])[],
): BufferRule | null {
  const own = variants.get(variantId)
  if (own) return own
  let nearest: { rule: BufferRule; distance: number } | undefined
  if (categories.size > 0)
    for (const lineage of lineages) {
      const distance = lineage.findIndex((code) => categories.has(code))
      const rule = categories.get(lineage[distance] ?? '')
      if (!rule) continue
      const closer = !nearest || distance < nearest.distance
      if (closer || (distance === nearest?.distance && leavesMore(rule, nearest.rule))) nearest = { rule, distance }
    }
  return nearest?.rule ?? all
}

/** Units are held against a share of a hundred pieces: rules of two kinds on one article are rare. */
function leavesMore(a: BufferRule, b: BufferRule): boolean {
  return unitsKept(a, 100) > unitsKept(b, 100)
}

/** The units a rule leaves of what lies at a place. */
export function unitsKept(
  { units, shareBasisPoints }: Pick<BufferRule, 'units' | 'shareBasisPoints'>,
  onHand: number,
): number {
  return units + Math.ceil((onHand * shareBasisPoints) / 10_000)
}
