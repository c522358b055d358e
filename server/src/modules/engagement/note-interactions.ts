import type { CallOutcome } from '@ecluse/contracts/calls.ts'
import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { recordInteractions } from '../customers/public.ts'
import type { EventRow } from './journeys/queries/contacts.ts'

/** Puts messages that have left into the logs of whom they are for, all at once. Of nobody we know, nothing is noted. */
export async function noteSent(
  ctx: Ctx,
  tx: Tx,
  messages: readonly { readonly id: string; readonly party_id: string | null; readonly medium: string }[],
  at: Date,
): Promise<void> {
  const known = messages.flatMap(({ id, party_id: partyId, medium: detail }) =>
    partyId === null
      ? []
      : [{ partyId, kind: 'message_sent' as const, id, at, channelCode: null, subjectId: id, detail }],
  )
  await recordInteractions(ctx, tx, known)
}

/** Puts an answer to a message into the log of whoever wrote it, when they are known. */
export async function noteAnswer(
  ctx: Ctx,
  tx: Tx,
  answer: { id: string; party_id: string | null; medium: string; message_id: string | null; received_at: Date },
): Promise<void> {
  const { id, party_id: partyId, medium: detail, message_id: subjectId, received_at: at } = answer
  if (partyId === null) return
  await recordInteractions(ctx, tx, [{ partyId, kind: 'answer', id, at, channelCode: null, subjectId, detail }])
}

/** What each outcome says: whether somebody answered who was meant. */
const callKinds = {
  reached: 'call_answered',
  call_back: 'call_answered',
  appointment: 'call_answered',
  refused: 'call_answered',
  no_answer: 'call_unanswered',
  wrong_number: 'call_unanswered',
} as const satisfies Record<CallOutcome, InteractionKind>

/** Puts a call into the log of who was called, with its outcome. */
export async function noteCall(
  ctx: Ctx,
  tx: Tx,
  call: { partyId: string; id: string; callId: string; at: Date; outcome: CallOutcome; actor: string },
): Promise<void> {
  const { partyId, id, callId: subjectId, at, outcome: detail, actor } = call
  const kind = callKinds[detail]
  await recordInteractions(ctx, tx, [{ partyId, kind, id, at, channelCode: null, subjectId, detail, actor }])
}

/** Puts what was opened and clicked into the log of who did, or whose machine. */
export async function noteOpened(
  ctx: Ctx,
  tx: Tx,
  events: readonly EventRow[],
  mediumOf: (contactId: string) => string | null,
): Promise<void> {
  const interactions = events.flatMap(({ party_id: partyId, contact_id: id, kind: told, at, machine }) => {
    if (told !== 'opened' && told !== 'clicked') return []
    const [byPerson, byMachine] =
      told === 'opened' ? (['message_opened', 'machine_open'] as const) : (['click', 'machine_click'] as const)
    const kind = machine === null ? byPerson : byMachine
    return [{ partyId, kind, id, at, channelCode: null, subjectId: id, detail: mediumOf(id) }]
  })
  await recordInteractions(ctx, tx, interactions)
}
