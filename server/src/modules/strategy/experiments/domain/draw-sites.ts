import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'

type Site = { readonly site_id: string; readonly customers: number }

/**
 * Draws an arm for each shop, large and small ones alike in each: every arm has as many seats as its share says, one in each layer of the
 * shops in the order of their size, at a place of it that chance gives. The same seed draws the same.
 */
export function drawSites<S extends Site>(
  sites: readonly S[],
  arms: readonly { readonly key: string; readonly share: number }[],
  seed: number,
): (S & { arm: string })[] {
  const random = createRandom(seed)
  const seats = arms
    .flatMap(({ key }, at) => {
      const many = seatsOf(sites.length, arms)[at] ?? 0
      return Array.from({ length: many }, (_, nth) => ({ key, place: (nth + random.float()) / many }))
    })
    .sort((a, b) => a.place - b.place)
  const bySize = sites.toSorted((a, b) => b.customers - a.customers || (a.site_id < b.site_id ? -1 : 1))
  return bySize.map((site, at) => ({ ...site, arm: seats[at]?.key ?? arms[0]?.key ?? '' }))
}

/** How many seats each arm has: its whole part, the rest to the largest remainders. */
export function seatsOf(count: number, arms: readonly { readonly share: number }[]): number[] {
  const exact = arms.map(({ share }) => (count * share) / 100)
  const seats = exact.map(Math.floor)
  const left = count - seats.reduce((sum, one) => sum + one, 0)
  const rest = exact.map((of, at) => ({ at, rest: of - Math.floor(of) })).sort((a, b) => b.rest - a.rest || a.at - b.at)
  for (const { at } of rest.slice(0, left)) seats[at] = (seats[at] ?? 0) + 1
  return seats
}
