import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { writeConsentToken } from '../../customers/public.ts'
import { linksThroughUs } from '../journeys/follow-link.ts'
import { isContact } from '../journeys/queries/contacts.ts'
import { nameOfParty } from '../queries/contacts.ts'
import type { MailDesk } from './mail-desk.ts'
import { makeMail } from './make-mail.ts'
import { versionContent } from './queries/templates.ts'

type OwnMessage = {
  readonly locale: Locale
  readonly details: { readonly values?: Readonly<Record<string, string>> }
  readonly party_id: string | null
  readonly template_id: string | null
  readonly template_version: number | null
  /** The key of its contact, where a journey sends it. */
  readonly occurrence: string
}

/** Makes a message from the version of a template it names, for the customer it goes to. */
export async function makeOwnMail(
  ctx: Ctx,
  desk: MailDesk,
  { locale, details, party_id: partyId, template_id, template_version, occurrence }: OwnMessage,
): Promise<{ subject: string; html: string; text: string }> {
  assert(template_id !== null && template_version !== null && partyId !== null, 'a message of one’s own has a version')
  const version = await versionContent(ctx.db, template_id, template_version)
  assert(version !== undefined, 'a version that is sent is there')
  const { content, purpose } = version
  const name = await nameOfParty(ctx.db, partyId)
  const values = { ...details.values, ...name }
  // Preferences hold for what can be refused; a service message that shows them leads to those of marketing.
  const of = purpose === 'service' ? 'marketing' : purpose
  const token = writeConsentToken(ctx.config, { may: 'prefer', partyId, medium: 'email', purpose: of })
  const ofJourney = await isContact(ctx.db, partyId, occurrence)
  const followed = ofJourney ? linksThroughUs(ctx.config, partyId, occurrence) : undefined
  return makeMail(ctx, ctx.db, desk, { purpose, content, locale, values, token, followed })
}
