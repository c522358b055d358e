import sql from 'sql-template-tag'
import { one, type Tx } from '../../../kernel/db.ts'

export type Follower = {
  followed_to: string | null
  looked_at: Date | null
  rests_until: Date | null
}

/** Who counts holds this row: one at a time. */
export function lockFollower(tx: Tx): Promise<Follower> {
  return one(tx, sql`select followed_to, looked_at, rests_until from insights.follower for update`)
}
