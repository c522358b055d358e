import PostalMime, { type Attachment, type Email } from 'postal-mime'

/** What a message in our mailbox is to us. */
export type Incoming =
  /** A report that a message of ours did not arrive, or arrives later (RFC 3464). */
  | {
      readonly kind: 'report'
      readonly about: string | null
      readonly recipients: readonly {
        readonly address: string
        readonly action: string
        readonly status: string
        readonly why: string
      }[]
    }
  /** Somebody answers one of ours. */
  | {
      readonly kind: 'answer'
      readonly about: string
      readonly from: string
      readonly subject: string
      readonly text: string
    }
  /** Written by a program (RFC 3834), or nothing of ours. */
  | { readonly kind: 'other' }

const longestText = 5_000

/**
 * Reads a message as it lies in the mailbox.
 * @param domain what our Message-IDs end with: what names another answers something else
 */
export async function readMail(source: Uint8Array, domain: string): Promise<Incoming> {
  const mail = await PostalMime.parse(source, { forceRfc822Attachments: true, maxNestingDepth: 20 })
  const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
  if (report) {
    const about = originalOf(mail, domain) ?? ownIdIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`, domain)
    return { kind: 'report', about, recipients: recipientsOf(textOf(report)) }
  }
  const about = ownIdIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`, domain)
  const from = mail.from?.address
  if (about === null || !from || isAutomatic(mail)) return { kind: 'other' }
  const text = (mail.text ?? (mail.html ?? '').replace(/<[^>]+>/g, ' ')).trim().slice(0, longestText)
  return { kind: 'answer', about, from: from.toLowerCase(), subject: (mail.subject ?? '').slice(0, 200), text }
}

/** The message a report is about: its headers travel in the report (RFC 3462). */
function originalOf(mail: Email, domain: string): string | null {
  const original = mail.attachments.find(({ mimeType }) =>
    /^(?:message\/rfc822|text\/rfc822-headers|message\/rfc822-headers)$/.test(mimeType),
  )
  return original ? ownIdIn(/^message-id:(.*(?:\r?\n[ \t].*)*)/im.exec(textOf(original))?.[1] ?? '', domain) : null
}

/** Our own message of the first Message-ID that is ours. */
function ownIdIn(text: string, domain: string): string | null {
  for (const [, id = '', at = ''] of text.matchAll(/<([0-9a-f-]{36})@([^>\s]+)>/gi))
    if (at.toLowerCase() === domain.toLowerCase()) return id.toLowerCase()
  return null
}

/** The recipients of a report: its first block is about the message, each other about one of them (RFC 3464, 2.1). */
function recipientsOf(report: string): Extract<Incoming, { kind: 'report' }>['recipients'] {
  const blocks = report
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
  return blocks.flatMap((block) => {
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? ''
    const named = field('original-recipient') || field('final-recipient')
    const action = field('action').toLowerCase()
    if (named === '' || action === '') return []
    const address = named
      .replace(/^[^;]*;\s*/, '')
      .replace(/^<|>$/g, '')
      .toLowerCase()
    return [
      {
        address,
        action,
        status: /\d\.\d{1,3}\.\d{1,3}/.exec(field('status'))?.[0] ?? '',
        why: field('diagnostic-code').slice(0, 300),
      },
    ]
  })
}

/** Out of the office, lists, loops: nobody wrote it (RFC 3834). */
function isAutomatic({ headers }: Email): boolean {
  const of = (name: string) =>
    headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  const submitted = of('auto-submitted')
  return (
    (submitted !== '' && submitted !== 'no') ||
    /^(?:bulk|junk|list|auto_reply)$/.test(of('precedence')) ||
    of('x-autoreply') !== '' ||
    of('x-auto-response-suppress') !== ''
  )
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('latin1')
}
