import type { Locale } from '@ecluse/contracts/scalars.ts'
import { engineWords } from '../../../kernel/engine-words.ts'
import { text } from '../../../kernel/messages.ts'
import type { Problem } from './queries/computations.ts'

/** Why nothing came of a computation, in words. */
export function problemWords({ reason, details }: Problem, locale: Locale): string {
  return reason === 'failed' ? text(locale, 'strategy.run_failed') : engineWords(locale, reason, details)
}
