/** The package has no types of its own. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  export type ImapServer = {
    readonly server: Server
    listen(port: number, host: string, done: () => void): void
    close(done: () => void): void
    appendMessage(mailbox: string, flags: string[], date: Date, raw: string): void
  }

  /** A real IMAP server in this process. */
  export default function createImapServer(options: object): ImapServer
}
