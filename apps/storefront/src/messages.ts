import { createIntl, createIntlCache } from '@formatjs/intl'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import en from '../messages/en.json' with { type: 'json' }
import fr from '../messages/fr.json' with { type: 'json' }

export type MessageId = keyof typeof fr
export type Translate = (id: MessageId, values?: Record<string, string | number>) => string

function translator(locale: Locale, messages: Record<string, string>): Translate {
  const intl = createIntl(
    {
      locale,
      messages,
      onError: (error) => {
        throw error
      },
    },
    createIntlCache(),
  )
  return (id, values) => intl.formatMessage({ id }, values)
}

/** The shop's words in one language. A missing key or value stops the page: a check keeps both catalogues complete. */
export const translators: Record<Locale, Translate> = { fr: translator('fr', fr), en: translator('en', en) }
