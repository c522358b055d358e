import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { readableNumber } from '../../../kernel/ids.ts'
import { partyOfKey, writeConsentToken } from '../../customers/public.ts'
import { queueRightsMail } from '../../engagement/public.ts'
import type { RightsDesk } from '../rights-desk.ts'

const linkMs = 7 * 86_400_000

/**
 * Sends a member the link of their wishes. An account's address was verified by nobody, so the page opens to whoever reads the mailbox,
 * and shows the customer that mailbox leads to, not the one the account does. A mailbox several people share leads to none: nothing is
 * sent, and the answer tells nothing.
 */
export async function sendPreferences(
  ctx: Ctx,
  tx: Tx,
  desk: RightsDesk,
  { email, locale }: { email: string; locale: Locale },
): Promise<void> {
  const recipient = email.trim().toLowerCase()
  const partyId = await partyOfKey(tx, 'email', recipient)
  if (partyId === undefined) return
  const requestId = ctx.ids.next()
  const token = writeConsentToken(ctx.config, { may: 'prefer', partyId, medium: 'email', purpose: 'marketing' })
  await queueRightsMail(ctx, tx, {
    requestId,
    number: `P-${readableNumber('preferences', requestId, 7)}`,
    kind: 'preferences',
    occurrence: ctx.clock.now().toISOString(),
    locale,
    recipient,
    partyId,
    link: desk.preferences(locale, token),
    until: new Date(ctx.clock.now().getTime() + linkMs),
  })
}
