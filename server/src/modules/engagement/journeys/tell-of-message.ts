import type { ContactEventKind } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { noteContactEvents } from './told-contacts.ts'

/** A message a journey asked for has the id of its contact as what it was written for. */
const contactId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Tells the journey that sent a message what became of it; of other messages, nobody. */
export async function tellJourneyOf(
  ctx: Ctx,
  tx: Tx,
  message: { readonly order_id: string; readonly occurrence: string },
  told: { readonly kind: ContactEventKind; readonly at: Date; readonly spent?: boolean },
): Promise<void> {
  if (!contactId.test(message.occurrence)) return
  const { order_id: partyId, occurrence } = message
  await noteContactEvents(ctx, tx, [{ contactId: occurrence, partyId, userAgent: '', ip: '', ...told }])
}
