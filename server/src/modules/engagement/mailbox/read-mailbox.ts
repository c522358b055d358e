import { ImapFlow } from 'imapflow'
import type { Ctx } from '../../../kernel/context.ts'
import { noteRead, readUpTo } from './queries/mailbox.ts'
import { takeMail } from './take-mail.ts'

/** As many messages a minute; what is left waits for the next. */
const batchSize = 100
/** What is larger is nobody's answer: it is passed over. */
const largestMail = 2_000_000

/** Opens the mailbox of a setting: `imaps://user:password@host:993/INBOX`. */
export function openMailbox(imapUrl: string): { client: ImapFlow; folder: string } {
  const url = new URL(imapUrl)
  const secure = url.protocol === 'imaps:'
  const client = new ImapFlow({
    host: url.hostname,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    socketTimeout: 60_000,
  })
  // A connection that breaks later fails the command that is under way; without this it would end the process.
  client.on('error', () => undefined)
  return { client, folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX' }
}

/**
 * Reads what came into the mailbox since it was last read, in its order. Nobody's flags are changed. A message that cannot be read is
 * passed over; a failure of ours stops the reading there, and the next one begins with it again.
 * @returns how many were taken, by what they were
 */
export async function readMailbox(ctx: Ctx, imapUrl: string): Promise<Record<string, number>> {
  const taken: Record<string, number> = {}
  const { client, folder } = openMailbox(imapUrl)
  try {
    await client.connect()
    const mailbox = await client.mailboxOpen(folder, { readOnly: true })
    const uidValidity = String(mailbox.uidValidity)
    const from = (await readUpTo(ctx.db, folder, uidValidity)) + 1
    // `*` is the last message even when its number is lower: it was read then.
    const found = (await client.search({ uid: `${from}:*` }, { uid: true })) || []
    const uids = found.filter((uid) => uid >= from).toSorted((a, b) => a - b)
    for (const uid of uids.slice(0, batchSize)) {
      const message = await client.fetchOne(
        String(uid),
        { source: { maxLength: largestMail }, internalDate: true },
        { uid: true },
      )
      if (message && message.source) {
        const kind = await takeMail(ctx, message.source, new Date(message.internalDate ?? ctx.clock.now())).catch(
          (error: unknown) => {
            if (!isUnreadable(error)) throw error
            ctx.log.warn({ err: error, uid }, 'mail not read')
            return 'unreadable'
          },
        )
        taken[kind] = (taken[kind] ?? 0) + 1
      }
      await noteRead(ctx.db, { name: folder, uidValidity, uid })
    }
  } finally {
    // Also when it never opened: a connection that is left over would outlive the job.
    if (client.usable) await client.logout().catch(() => undefined)
    client.close()
  }
  return taken
}

/** What the reading of a message says of the message itself: nested too deep, headers without end. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && /nesting|header/i.test(error.message)
}
