import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { text } from '../../../kernel/messages.ts'
import { writeConsentToken } from '../../customers/public.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { nameOfParty } from '../queries/contacts.ts'
import type { MailDesk } from '../templates/mail-desk.ts'
import { makeMail } from '../templates/make-mail.ts'
import { queueMails } from '../templates/queue-mails.ts'
import { linksThroughUs } from './follow-link.ts'
import type { ContactSender, OutgoingContact } from './send-contacts.ts'
import { insertJourneyMessage } from './queries/journey-messages.ts'

/**
 * Carries e-mails by handing them to the messages that leave by the mail server, each once for its key: made with a template, or from
 * the words of its node. Preferences and the one-click end are in each.
 */
export function createMailSender(desk: MailDesk): ContactSender {
  return {
    takesKey: true,
    async send(ctx, outgoing) {
      const { key, contact, candidate } = outgoing
      if (candidate.templateId === null) return sendWords(ctx, desk, outgoing)
      const wish = { partyId: contact.party_id, templateId: candidate.templateId, occurrence: key }
      const [queued] = await inTransaction(ctx.db, (tx) => queueMails(ctx, tx, [wish]))
      if (!queued?.message_id) throw Object.assign(new Error('no address, or no version'), { responseCode: 550 })
    },
  }
}

async function sendWords(ctx: Ctx, desk: MailDesk, { key, contact, candidate }: OutgoingContact): Promise<void> {
  const { party_id: partyId, purpose, locale, recipient, subject: topic } = contact
  const token = writeConsentToken(ctx.config, { may: 'prefer', partyId, medium: 'email', purpose })
  const values = await nameOfParty(ctx.db, partyId)
  const content = contentOf(candidate.content)
  const followed = linksThroughUs(ctx.config, partyId, key)
  const made = await makeMail(ctx, ctx.db, desk, { purpose, content, locale, values, token, followed })
  await inTransaction(ctx.db, async (tx) => {
    const message = {
      id: ctx.ids.next(),
      party_id: partyId,
      occurrence: key,
      locale,
      recipient,
      purpose,
      topic,
      ...made,
    }
    await insertJourneyMessage(tx, message, ctx.clock.now())
    await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  })
}

/** The words of a node as blocks; French where nothing was written in another language. */
export function contentOf({ title, text: words, link }: OutgoingContact['candidate']['content']): MailContent {
  const both = ({ fr, en }: { fr: string; en: string }) => ({ fr, en: en === '' ? fr : en })
  return {
    subject: both(title),
    preheader: { fr: '', en: '' },
    title: both(title),
    accent: null,
    variables: [],
    blocks: [
      { kind: 'text', text: both(words) },
      ...(link ? [{ kind: 'button' as const, label: both(link.label), href: link.url }] : []),
      {
        kind: 'preferences',
        label: { fr: text('fr', 'mail.journey.preferences'), en: text('en', 'mail.journey.preferences') },
      },
    ],
  }
}
