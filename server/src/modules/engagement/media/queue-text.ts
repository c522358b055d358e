import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { customerById } from '../../customers/public.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertText } from './queries/texts.ts'
import { readPrices, weighText, withStop } from './weigh-text.ts'

type TextWish = {
  readonly partyId: string
  readonly text: string
  readonly purpose: Purpose
  readonly topic: Subject | null
  /** What it is sent for; the same customer gets one text for it, however often it is asked. */
  readonly occurrence: string
  /** Whether it must be one part. */
  readonly onePart: boolean
}

/**
 * Writes a text message to a customer, to leave by whoever carries them. Whether it may is asked as it leaves.
 * @throws customers.not_found, engagement.no_phone, engagement.text_too_long
 */
export async function queueText(
  ctx: Ctx,
  tx: Tx,
  wish: TextWish,
): Promise<{ messageId: string; to: string; parts: number; costMicro: number | null }> {
  const party = await customerById(tx, wish.partyId)
  if (!party) throw refuse('customers.not_found')
  if (!party.phone) throw refuse('engagement.no_phone')
  const text = withStop(wish.text, wish.purpose, party.locale)
  const { parts, costMicro } = weighText(text, party.phone, readPrices(ctx.config.smsPrices))
  if (wish.onePart && parts > 1) throw refuse('engagement.text_too_long', { parts })
  const now = ctx.clock.now()
  const { purpose, topic, occurrence } = wish
  const messageId = await insertText(
    tx,
    {
      id: ctx.ids.next(),
      partyId: party.id,
      medium: 'sms',
      locale: party.locale,
      to: party.phone,
      text,
      purpose,
      topic: purpose === 'marketing' ? topic : null,
      occurrence,
      parts,
      costMicro,
      notBefore: now,
    },
    now,
  )
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  return { messageId, to: party.phone, parts, costMicro }
}
