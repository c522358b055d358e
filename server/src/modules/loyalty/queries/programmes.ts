import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ProgrammeRow = { version: number; rule: LoyaltyRule; since: Date }

/** The programme in force. */
export function currentProgramme(db: Queryable): Promise<ProgrammeRow | undefined> {
  return maybeOne(db, sql`select version, rule, since from loyalty.programme order by version desc limit 1`)
}

/** Programmes by their versions. */
export async function programmesOf(db: Queryable, versions: readonly number[]): Promise<Map<number, LoyaltyRule>> {
  const rows = await query<ProgrammeRow>(
    db,
    sql`select version, rule, since from loyalty.programme where version = any(${versions}::int[])`,
  )
  return new Map(rows.map((row) => [row.version, row.rule]))
}

export async function insertProgramme(tx: Tx, row: ProgrammeRow & { actor: string | null }): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.programme (version, rule, since, actor)
        values (${row.version}, ${JSON.stringify(row.rule)}::jsonb, ${row.since}, ${row.actor})`,
  )
}
