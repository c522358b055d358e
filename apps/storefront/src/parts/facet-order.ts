import type { Facet } from '@ecluse/contracts/offers.ts'

type Value = Facet['values'][number]

const letterSizes = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', '3xl']
/** A facet that speaks of a smaller part of a list than this is not worth its place beside it. */
const leastShare = 0.25

/** Where a value stands among sizes: letters first, in their own order, then what begins with a figure; null for neither. */
function sizeRank(value: Value): number | null {
  const word = value.value.toLowerCase()
  const letters = letterSizes.indexOf(word)
  if (letters >= 0) return letters
  const figure = Number.parseFloat(value.label.replace(',', '.'))
  return Number.isNaN(figure) ? null : 100 + figure
}

/**
 * Values of a facet in the order one looks for them: what is chosen stays in sight, sizes go from small to large, anything else
 * by how much there is of it. Values that would find nothing are left out.
 */
export function orderedValues(facet: Facet): Value[] {
  const ranks = new Map(facet.values.map((value) => [value, sizeRank(value)]))
  const measured = [...ranks.values()].every((rank) => rank !== null)
  return facet.values
    .filter((value) => value.count > 0 || value.selected)
    .sort((a, b) => {
      if (a.selected !== b.selected) return a.selected ? -1 : 1
      return measured ? (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) : b.count - a.count || a.label.localeCompare(b.label)
    })
}

/** The facets worth showing beside a list of `total` products. */
export function worthyFacets(facets: readonly Facet[], total: number): Facet[] {
  return facets.filter((facet) => {
    if (facet.code !== 'brand' && !facet.code.startsWith('option.')) return false
    const spoken = facet.values.reduce((sum, value) => sum + value.count, 0)
    return facet.values.some((value) => value.selected) || (facet.values.length > 1 && spoken >= total * leastShare)
  })
}
