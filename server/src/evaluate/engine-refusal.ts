import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { engineWords } from '../kernel/engine-words.ts'
import { StartError } from '../kernel/start-error.ts'

/** Data or terms the engine finds no answer in, told in the reader's language: the engine's own words for things too. */
export class EngineRefusal extends StartError {
  readonly reason: string

  constructor({ reason, details }: Unanswerable, cause: unknown) {
    super(`engine.${reason}`, details, cause)
    this.name = 'EngineRefusal'
    this.reason = reason
  }

  override lines(locale: Locale): string[] {
    return [engineWords(locale, this.reason, this.values)]
  }
}
