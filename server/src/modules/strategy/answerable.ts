import type { Locale } from '@ecluse/contracts/scalars.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { engineWords } from '../../kernel/engine-words.ts'
import { refuse, type Refusal } from '../../kernel/errors.ts'

/** What the engine answers. @throws strategy.unanswerable in the reader's words, where it says why there is no answer */
export function answerable<T>(locale: Locale, ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    throw unanswerable(locale, error)
  }
}

/** The engine's reason why there is no answer, in the reader's words. */
export function unanswerable(locale: Locale, { reason, details }: Pick<Unanswerable, 'reason' | 'details'>): Refusal {
  return refuse('strategy.unanswerable', { explanation: engineWords(locale, reason, details) })
}
