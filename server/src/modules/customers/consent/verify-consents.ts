import { chainKey, checkChain, type ChainFault } from '../../../kernel/chain.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { consentsOf, partiesWithConsents } from '../queries/consents.ts'
import { consentKey } from './append-consent.ts'
import { chainsByParty } from './chains.ts'
import { sameAsContent } from './read-consents.ts'

export type BrokenChain = {
  readonly partyId: string
  readonly sequence: number
  readonly fault: ChainFault['fault'] | 'columns'
}

const pageSize = 500

/** Checks every chain of consents, a page of parties at a time. */
export async function verifyConsents(
  config: Config,
  db: Queryable,
): Promise<{ chains: number; entries: number; broken: BrokenChain[] }> {
  const key = chainKey(config.sessionSecret, consentKey)
  const broken: BrokenChain[] = []
  let chains = 0
  let entries = 0
  for (let after: string | null = null; ;) {
    const parties = await partiesWithConsents(db, after, pageSize)
    if (parties.length === 0) return { chains, entries, broken }
    const rows = await consentsOf(db, parties)
    for (const chain of chainsByParty(rows)) {
      const partyId = chain[0]?.party_id ?? ''
      chains += 1
      entries += chain.length
      const fault = checkChain(key, chain)
      const skipped = chain.findIndex((row, index) => row.sequence !== index + 1 || !sameAsContent(row))
      if (fault) broken.push({ partyId, sequence: fault.at + 1, fault: fault.fault })
      else if (skipped >= 0) broken.push({ partyId, sequence: skipped + 1, fault: 'columns' })
    }
    after = parties.at(-1) ?? null
  }
}
