import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { rawText, text } from '../kernel/messages.ts'
import { StartError } from '../kernel/start-error.ts'

/** Data or terms the engine finds no answer in, told in the reader's language: the engine's own words for things too. */
export class EngineRefusal extends StartError {
  constructor({ reason, details }: Unanswerable, cause: unknown) {
    super(`engine.${reason}`, details, cause)
    this.name = 'EngineRefusal'
  }

  override lines(locale: Locale): string[] {
    const told = Object.entries(this.values).map(([name, value]) => [name, inLanguage(locale, value)])
    return [text(locale, this.key, Object.fromEntries(told) as Record<string, string | number>)]
  }
}

/** A word of the engine, such as “holding cost”; names that came with the data stay as they are. */
function inLanguage(locale: Locale, value: string | number): string | number {
  if (typeof value === 'number') return value
  return rawText(locale, `engine.word.${value.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`) ?? value
}
