import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text, type MessageKey } from './messages.ts'

/**
 * A failure that a person can mend: a bad setting, a taken port, a folder that cannot be written. It is told in one line and
 * ends the program with a status other than 0; any other error is a bug and keeps its stack trace.
 */
export class StartError extends Error {
  readonly key: MessageKey
  readonly values: Record<string, string | number>

  constructor(key: MessageKey, values: Record<string, string | number> = {}, cause?: unknown) {
    super(text('en', key, values), { cause })
    this.name = 'StartError'
    this.key = key
    this.values = values
  }

  /** The lines to print, without a stack trace. */
  lines(locale: Locale): string[] {
    return [text(locale, this.key, this.values)]
  }
}

/** The `code` of a Node or PostgreSQL error (`EACCES`, `3D000`), or an empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What an error says, on one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || errorCode(error) || error.name : String(error)
  return text.replace(/\s+/g, ' ').trim()
}
