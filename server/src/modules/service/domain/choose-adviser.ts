import type { AdviserReason } from '@ecluse/contracts/advisers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'

/** Somebody who could look after a customer. */
export type Candidate = {
  readonly accountId: string
  readonly languages: readonly Locale[]
  readonly categoryCodes: readonly string[]
  readonly mostCustomers: number
  /** Whom they look after today. */
  readonly customers: number
  /** Their shops, with how far each is from the customer (null when not known), and whether the customer buys there as a rule. */
  readonly sites: readonly { readonly name: string; readonly km: number | null; readonly usual?: boolean }[]
}

export type Wanted = { readonly language: Locale; readonly categoryCodes: readonly string[] }

/**
 * Who looks after a customer, of those who have room: who speaks their language, then who works in the shop they use, then the nearest (to ten kilometres: where
 * somebody lives is known no better), then who knows most of what they buy, then who has the most room left.
 * @returns null when nobody has room
 */
export function chooseAdviser(
  { language, categoryCodes }: Wanted,
  candidates: readonly Candidate[],
): { accountId: string; reason: AdviserReason } | null {
  const free = candidates.filter(({ customers, mostCustomers }) => customers < mostCustomers)
  const weighed = free.map((candidate) => {
    const site = candidate.sites.toSorted(
      (a, b) => Number(b.usual ?? false) - Number(a.usual ?? false) || far(a.km) - far(b.km),
    )[0]
    const known = categoryCodes.filter((code) => candidate.categoryCodes.includes(code))
    const speaks = candidate.languages.includes(language)
    const load = candidate.customers / candidate.mostCustomers
    return {
      candidate,
      site,
      known,
      rank: [speaks ? 0 : 1, site?.usual ? 0 : 1, near(site?.km ?? null), -known.length, load],
    }
  })
  const [best] = weighed.toSorted(
    (a, b) => compare(a.rank, b.rank) || (a.candidate.accountId < b.candidate.accountId ? -1 : 1),
  )
  if (!best) return null
  const { candidate, site, known } = best
  return {
    accountId: candidate.accountId,
    reason: {
      language,
      speaks: candidate.languages.includes(language),
      siteName: site?.name ?? null,
      usualShop: site?.usual ?? false,
      km: site?.km == null ? null : Math.round(site.km),
      categoryCodes: known,
      customers: candidate.customers,
      among: free.length,
    },
  }
}

/** An unknown distance is farther than any. */
const far = (km: number | null): number => km ?? Number.MAX_SAFE_INTEGER
const near = (km: number | null): number => (km === null ? Number.MAX_SAFE_INTEGER : Math.floor(km / 10))

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
