import type { RetentionState } from '@ecluse/contracts/retention.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'

/** Writes down what was decided of people: it stands among what happened to them until they are erased. */
export async function tellOf(
  ctx: Ctx,
  tx: Tx,
  decided: readonly { partyId: string; state: RetentionState | 'spared' }[],
): Promise<void> {
  await publish(
    tx,
    ctx,
    decided.map(({ partyId, state }) => ({
      type: 'rights.retention_decided',
      version: 1,
      aggregateId: partyId,
      payload: { partyId, state },
      patient: true,
    })),
  )
}
