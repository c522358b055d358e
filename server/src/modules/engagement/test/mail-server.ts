import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** A message as a mail server received it. */
export type Received = {
  readonly from: string
  readonly to: string
  /** Headers by lower-case name, unfolded and decoded. */
  readonly headers: Readonly<Record<string, string>>
  readonly parts: readonly { readonly type: string; readonly id: string | undefined; readonly content: Buffer }[]
}

export type MailServer = {
  readonly url: string
  readonly received: Received[]
  /** Codes it refuses the next messages with; it accepts once the list is empty. */
  readonly refusals: number[]
  /** How many of the next messages it takes without saying so: the line breaks first. */
  breaks: number
  close(): Promise<void>
}

/** A real SMTP server in this process, on a port of its own. */
export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const refusals: number[] = []
  const told = { breaks: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(address, _session, callback) {
      if (!address.address.startsWith('inconnu@')) return callback()
      callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal !== undefined)
          return callback(Object.assign(new Error(`refused for ${refusal}`), { responseCode: refusal }))
        received.push(parse(Buffer.concat(chunks).toString('latin1'), session))
        if (told.breaks > 0) {
          told.breaks -= 1
          for (const connection of server.connections) (connection as { _socket: Socket })._socket.destroy()
          return
        }
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refusals,
    get breaks() {
      return told.breaks
    },
    set breaks(count) {
      told.breaks = count
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function parse(source: string, { envelope }: SMTPServerSession): Received {
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address).join(),
    headers: entity(source).headers,
    parts: leaves(source),
  }
}

function entity(source: string): { headers: Record<string, string>; body: string } {
  const end = source.indexOf('\r\n\r\n')
  const headers: Record<string, string> = {}
  for (const line of source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim())
  }
  return { headers, body: source.slice(end + 4) }
}

/** The parts of a message that hold content, those of nested multiparts included (RFC 2046). */
function leaves(source: string): Received['parts'][number][] {
  const { headers, body } = entity(source)
  const type = headers['content-type'] ?? ''
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  if (boundary === undefined)
    return [
      {
        type: type.split(';')[0] ?? '',
        id: headers['content-id'],
        content: decodeBody(body, headers['content-transfer-encoding'] ?? ''),
      },
    ]
  const inner = body.split(`--${boundary}`).slice(1, -1)
  return inner.flatMap((part) => leaves(part.replace(/^\r\n/, '').replace(/\r\n$/, '')))
}

function decodeBody(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding === 'quoted-printable') return quotedPrintable(body.replace(/=\r\n/g, ''))
  return Buffer.from(body, 'latin1')
}

/** Encoded words of a header (RFC 2047). */
function decodeWords(text: string): string {
  return text
    .replace(/(=\?[^?]+\?[QB]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      (kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : quotedPrintable(word.replace(/_/g, ' '))).toString(),
    )
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
