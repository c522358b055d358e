import type { ConsentRow } from '../queries/consents.ts'

/** Entries as they come from the database, party after party, as one chain for each party. */
export function chainsByParty(rows: readonly ConsentRow[]): ConsentRow[][] {
  const chains: ConsentRow[][] = []
  for (const row of rows) {
    const chain = chains.at(-1)
    if (chain?.[0]?.party_id === row.party_id) chain.push(row)
    else chains.push([row])
  }
  return chains
}
