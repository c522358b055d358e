import type { Medium } from '@ecluse/contracts/consents.ts'
import type { JourneyCandidate } from '@ecluse/contracts/journey-graph.ts'
import type { ContactPolicy } from '@ecluse/contracts/journeys.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { partsOf } from '../../domain/sms-parts.ts'

type Worded = { readonly medium: Medium; readonly content: JourneyCandidate['content'] }

/** The words somebody reads: French where nothing was written in their language. */
export function wordsFor(words: { readonly fr: string; readonly en: string }, locale: Locale): string {
  return words[locale] === '' ? words.fr : words[locale]
}

/** What one contact costs, in millionths of a euro, known before it is sent: of a text message, each part it is sent in. */
export function costOf({ medium, content }: Worded, locale: Locale, { costs }: Pick<ContactPolicy, 'costs'>): number {
  const micro = costs.find((one) => one.medium === medium)?.micro ?? 0
  return medium === 'sms' ? micro * partsOf(wordsFor(content.text, locale)).parts : micro
}
