import type { Queryable } from '../../kernel/db.ts'
import { transfersOf } from '../payments/public.ts'
import { standingOf } from './domain/lots.ts'
import { endingOwners, unrestrictedAmong } from './queries/members.ts'

/** Points of somebody that end soon, and when the first of them do. */
type PointsEnding = { readonly partyId: string; readonly points: bigint; readonly at: Date }

/** Whose points end between two moments, unless they are spent: how many, and from when. Whose data may only be kept is not told. */
export async function pointsEnding(db: Queryable, from: Date, until: Date): Promise<PointsEnding[]> {
  const owners = await unrestrictedAmong(db, await endingOwners(db, from, until))
  const transfers = owners.length === 0 ? [] : await transfersOf(db, 'point', owners)
  return owners.flatMap((partyId) => {
    const { lots } = standingOf(transfers.filter(({ owner_id }) => owner_id === partyId))
    const ending = lots.flatMap(({ left, expiresAt }) =>
      expiresAt !== null && expiresAt > from && expiresAt <= until ? [{ left, expiresAt }] : [],
    )
    const [first] = ending
    if (!first) return []
    return [{ partyId, points: ending.reduce((sum, { left }) => sum + left, 0n), at: first.expiresAt }]
  })
}
