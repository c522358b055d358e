import type { Locale } from '@ecluse/contracts/scalars.ts'
import { rawText, text } from './messages.ts'

/** Why the engine cannot answer, in the reader’s language: its own words for things too; names that came with the data stay as they are. */
export function engineWords(
  locale: Locale,
  reason: string,
  details: Readonly<Record<string, string | number | Date>>,
): string {
  const told = Object.entries(details).map(([name, value]) => [name, inLanguage(locale, value)])
  return text(locale, `engine.${reason}`, Object.fromEntries(told) as Record<string, string | number>)
}

function inLanguage(locale: Locale, value: string | number | Date): string | number | Date {
  if (typeof value !== 'string') return value
  return rawText(locale, `engine.word.${value.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`) ?? value
}
