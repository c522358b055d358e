import type { Tx } from '../../../kernel/db.ts'
import type { PersonalPart } from '../../../kernel/personal.ts'
import { dropCases } from '../queries/retention.ts'
import type { RequestRow } from '../queries/requests.ts'
import { judgePage } from './judge.ts'
import { ruleInForce } from './retention-rule.ts'

/**
 * Whether somebody who is erased because they were not heard of still was not, as the erasure begins: the night may be long past, and
 * they may have bought, or been held, since. If so their case is dropped, and the next night looks at them again.
 */
export async function stillDue(
  tx: Tx,
  parts: readonly PersonalPart[],
  { party_id }: Pick<RequestRow, 'party_id'>,
  now: Date,
): Promise<boolean> {
  if (party_id === null) return false
  const { rule } = await ruleInForce(tx)
  const { due } = await judgePage(tx, parts, { rule, now, afterId: null, limit: 1, among: [party_id] })
  const one = due[0]
  if (rule.on && one && one.obstacles.length === 0) return true
  await dropCases(tx, [party_id])
  return false
}
