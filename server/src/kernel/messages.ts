import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl'
import { withFirstOfMonth } from '@ecluse/contracts/french-dates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import fr from '../../messages/fr.json' with { type: 'json' }
import en from '../../messages/en.json' with { type: 'json' }

/** A message of the server's catalogues. */
export type MessageKey = keyof typeof fr

const cache = createIntlCache()
const catalogues: Record<Locale, Record<string, string>> = { fr, en }
const intls = new Map<Locale, IntlShape<string>>()

/** The texts and formats of a language. A missing key throws: the check on catalogues makes that a bug. */
export function intlOf(locale: Locale): IntlShape<string> {
  let intl = intls.get(locale)
  if (!intl) {
    const made = createIntl<string>(
      {
        locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
        messages: catalogues[locale],
        onError: (error) => {
          throw error
        },
      },
      cache,
    )
    intl = { ...made, formatDate: (...asked) => withFirstOfMonth(made.formatDate(...asked), locale) }
    intls.set(locale, intl)
  }
  return intl
}

/** One text in a language. */
export function text(locale: Locale, id: string, values?: Record<string, string | number | Date>): string {
  return intlOf(locale).formatMessage({ id }, values)
}

/** One text as the catalogue has it, with its places for values still open. */
export function rawText(locale: Locale, id: string): string | undefined {
  return catalogues[locale][id]
}

/** The language asked for: by the first of ours that the Accept-Language header names; French otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2)
    if (tag === 'fr' || tag === 'en') return tag
  }
  return 'fr'
}
