import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type ExposureRow = { arm: string; exposed_at: Date }

/** Notes that somebody met an experiment, unless it is noted already: of two who ask at once one writes. */
export async function noteExposure(
  tx: Tx,
  row: { party_id: string; experiment_id: string; arm: string; exposed_at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.experiment_exposure (party_id, experiment_id, arm, exposed_at)
        values (${row.party_id}, ${row.experiment_id}, ${row.arm}, ${row.exposed_at}) on conflict do nothing`,
  )
}

/**
 * Notes people who met experiments, unless it is noted already or the experiment does not run, draws shops or has no such arm: a journey
 * may go on with its cells after the experiment has ended.
 */
export async function noteExposures(
  tx: Tx,
  drawn: readonly { experimentId: string; partyId: string; arm: string; at: Date }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.experiment_exposure (party_id, experiment_id, arm, exposed_at)
        select m.party_id, m.experiment_id, m.arm, min(m.at)
        from unnest(${drawn.map(({ partyId }) => partyId)}::uuid[], ${drawn.map(({ experimentId }) => experimentId)}::uuid[],
            ${drawn.map(({ arm }) => arm)}::text[], ${drawn.map(({ at }) => at)}::timestamptz[])
          as m (party_id, experiment_id, arm, at)
        join strategy.experiment e on e.id = m.experiment_id and e.state = 'running' and e.unit = 'customer'
        where exists (select from jsonb_array_elements(e.arms) as a (arm) where a.arm ->> 'key' = m.arm)
        group by m.party_id, m.experiment_id, m.arm on conflict do nothing`,
  )
}

/** The first time any of them met an experiment: the arm they were in then is the arm they stay in. */
export function firstExposure(
  db: Queryable,
  experimentId: string,
  memberIds: readonly string[],
): Promise<ExposureRow | undefined> {
  return maybeOne(
    db,
    sql`select arm, exposed_at from strategy.experiment_exposure
        where experiment_id = ${experimentId} and party_id = any(${memberIds}::uuid[]) order by exposed_at, party_id limit 1`,
  )
}
