import sql from 'sql-template-tag'
import type { PersonalPart } from '../../../kernel/personal.ts'

/** Experiments they met. */
export const personalOfStrategy: PersonalPart = {
  module: 'strategy',
  tables: [
    {
      table: 'strategy.experiment_exposure',
      read: ({ parties }) =>
        sql`select x.exposed_at, e.name, x.arm, x.experiment_id, x.party_id from strategy.experiment_exposure x
            left join strategy.experiment e on e.id = x.experiment_id where x.party_id = any(${parties}::uuid[]) order by x.exposed_at`,
      erase: ({ parties }) => sql`delete from strategy.experiment_exposure where party_id = any(${parties}::uuid[])`,
    },
  ],
}
