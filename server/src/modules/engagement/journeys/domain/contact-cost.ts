import type { JourneyCandidate } from '@ecluse/contracts/journey-graph.ts'
import type { ContactPolicy } from '@ecluse/contracts/journeys.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { partsOf } from '../../domain/sms-parts.ts'
import { withStop } from '../../media/weigh-text.ts'

type Worded = Pick<JourneyCandidate, 'medium' | 'purpose' | 'content'>

/** The words somebody reads: French where nothing was written in their language. */
export function wordsFor(words: { readonly fr: string; readonly en: string }, locale: Locale): string {
  return words[locale] === '' ? words.fr : words[locale]
}

/** A text message as it leaves: its words, where they lead to, and how to stop them. */
export function textFor({ content, purpose }: Pick<Worded, 'content' | 'purpose'>, locale: Locale): string {
  const words = wordsFor(content.text, locale)
  return withStop(content.link === null ? words : `${words} ${content.link.url}`, purpose, locale)
}

/** What one contact costs, in millionths of a euro, known before it is sent: of a text message, each part it is sent in. */
export function costOf(
  { medium, purpose, content }: Worded,
  locale: Locale,
  { costs }: Pick<ContactPolicy, 'costs'>,
): number {
  const micro = costs.find((one) => one.medium === medium)?.micro ?? 0
  return medium === 'sms' ? micro * partsOf(textFor({ content, purpose }, locale)).parts : micro
}
