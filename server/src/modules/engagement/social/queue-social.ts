import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { customerById } from '../../customers/public.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertText } from '../media/queries/texts.ts'
import { mostCharacters } from './domain/social-name.ts'
import { socialNameOf } from './queries/social-names.ts'

type SocialWish = {
  readonly partyId: string
  readonly text: string
  readonly purpose: Purpose
  readonly topic: Subject | null
}

/**
 * Writes a message to a customer on the network where they were last seen, to leave by whoever carries them. Whether it may is asked as it
 * leaves.
 * @throws customers.not_found, engagement.no_social_id, engagement.social_too_long
 */
export async function queueSocial(ctx: Ctx, tx: Tx, wish: SocialWish): Promise<{ messageId: string; to: string }> {
  const party = await customerById(tx, wish.partyId)
  if (!party) throw refuse('customers.not_found')
  const to = await socialNameOf(tx, party.id)
  if (to === null) throw refuse('engagement.no_social_id')
  const most = mostCharacters(to)
  if (Array.from(wish.text).length > most) throw refuse('engagement.social_too_long', { most })
  const now = ctx.clock.now()
  const { text, purpose, topic } = wish
  const row = {
    id: ctx.ids.next(),
    partyId: party.id,
    medium: 'social' as const,
    locale: party.locale,
    to,
    text,
    purpose,
    topic: purpose === 'marketing' ? topic : null,
    occurrence: `staff ${ctx.ids.next()}`,
    parts: null,
    costMicro: null,
    notBefore: now,
  }
  const messageId = await insertText(tx, row, now)
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  return { messageId, to }
}
