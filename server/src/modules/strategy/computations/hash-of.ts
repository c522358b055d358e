import { createHash } from 'node:crypto'

/** SHA-256 of what was computed from or came out, in hexadecimal: whoever has the same bytes has the same. */
export const hashOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
