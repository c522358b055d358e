import type { Locale } from '@ecluse/contracts/scalars.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { engineWords } from '../../../kernel/engine-words.ts'
import { refuse } from '../../../kernel/errors.ts'

/** What the engine answers. @throws strategy.unanswerable in the reader's words, where it says why there is no answer */
export function answerable<T>(locale: Locale, ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    throw refuse('strategy.unanswerable', { explanation: engineWords(locale, error.reason, error.details) })
  }
}
