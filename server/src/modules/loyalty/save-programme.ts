import type { LoyaltyProgramme, LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { lockProgramme } from './queries/locks.ts'
import { currentProgramme, insertProgramme, type ProgrammeRow } from './queries/programmes.ts'

/** Starts the programme, or changes it: orders placed before keep the rule they were placed under. */
export async function saveProgramme(ctx: Ctx, tx: Tx, rule: LoyaltyRule): Promise<LoyaltyProgramme> {
  await lockProgramme(tx)
  const before = await currentProgramme(tx)
  const row = { version: (before?.version ?? 0) + 1, rule, since: ctx.clock.now(), actor: actorLabel(ctx.actor) }
  await insertProgramme(tx, row)
  return viewProgramme(row)
}

/** A programme as the API shows it. */
export function viewProgramme({ version, rule, since }: ProgrammeRow): LoyaltyProgramme {
  return { version, rule, since: since.toISOString() }
}
