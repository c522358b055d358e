import type { GridCriterion, MixQuestionBody, SignedJudgement } from '@ecluse/contracts/channel-grid.ts'
import sql from 'sql-template-tag'
import { maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type GridContent = { criteria: GridCriterion[]; judgements: SignedJudgement[]; mix: MixQuestionBody | null }

type VersionRow = {
  version: number
  note: string
  restores: number | null
  created_at: Date
  created_by: string | null
}

export function selectVersions(db: Queryable): Promise<VersionRow[]> {
  return query(
    db,
    sql`select version, note, restores, created_at, created_by from strategy.grid_version order by version desc limit 100`,
  )
}

/** What a version says. */
export function versionContent(db: Queryable, version: number): Promise<{ content: GridContent } | undefined> {
  return maybeOne(db, sql`select content from strategy.grid_version where version = ${version}`)
}

/** Writes the next version; false when somebody wrote it meanwhile. */
export async function insertVersion(tx: Tx, row: VersionRow & { content: GridContent }): Promise<boolean> {
  const written = await query(
    tx,
    sql`insert into strategy.grid_version (version, content, note, restores, created_at, created_by)
        values (${row.version}, ${JSON.stringify(row.content)}::jsonb, ${row.note}, ${row.restores}, ${row.created_at}, ${row.created_by})
        on conflict do nothing returning version`,
  )
  return written.length > 0
}
