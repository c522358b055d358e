import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { insertInteractions } from '../queries/interactions.ts'

/** Something that happened between a party and the firm. */
export type Interaction = {
  readonly partyId: string
  readonly kind: InteractionKind
  /** When it happened, not when it was heard of. */
  readonly at: Date
  /** Of the event it tells of, or of a line of it: the same one twice is written once. */
  readonly id: string
  readonly channelCode: string | null
  readonly subjectId?: string | null
  readonly productId?: string | null
  readonly quantity?: number | null
  readonly valueMinor?: bigint | null
  /** What the kind leaves open, as a code: a medium, an outcome, a category. */
  readonly detail?: string | null
  /** Who did it, as the event tells. */
  readonly actor?: string | null
}

/**
 * Adds to the log of interactions, and tells whose grew (`customers.interactions_recorded`, one event for them all). What is in
 * the log already is left out: whoever hears of something twice may record it twice.
 */
export async function recordInteractions(ctx: Ctx, tx: Tx, interactions: readonly Interaction[]): Promise<void> {
  if (interactions.length === 0) return
  const grown = await insertInteractions(
    tx,
    interactions.map((one) => ({
      party_id: one.partyId,
      kind: one.kind,
      at: one.at,
      id: one.id,
      channel_code: one.channelCode,
      subject_id: one.subjectId ?? null,
      product_id: one.productId ?? null,
      quantity: one.quantity ?? null,
      value_minor: one.valueMinor ?? null,
      actor: one.actor ?? null,
      detail: one.detail ?? null,
    })),
  )
  if (grown.size === 0) return
  const payload = { partyIds: [...grown], kinds: [...new Set(interactions.map(({ kind }) => kind))] }
  await publish(tx, ctx, [
    { type: 'customers.interactions_recorded', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
}
