import type { RetentionRule } from '@ecluse/contracts/retention.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { lockRules } from '../queries/locks.ts'
import { currentRule, insertRule } from '../queries/retention.ts'

/** What holds while nobody decided: three years, a month to answer, and nobody is erased. */
export const usualRule: RetentionRule = { on: false, months: { prospect: 36, customer: 36 }, noticeDays: 30 }

/** The rule in force, and its version; 0 for the usual one. */
export async function ruleInForce(db: Queryable): Promise<{ version: number; rule: RetentionRule }> {
  return (await currentRule(db)) ?? { version: 0, rule: usualRule }
}

/** Decides how long people are kept: written down with who did. */
export async function decideRule(ctx: Ctx, tx: Tx, rule: RetentionRule): Promise<void> {
  await lockRules(tx)
  const { version } = await ruleInForce(tx)
  await insertRule(tx, { version: version + 1, rule, since: ctx.clock.now(), actor: actorLabel(ctx.actor) })
}
