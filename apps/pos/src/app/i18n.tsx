import { useMemo, type ReactNode } from 'react'
import { useIntl } from 'react-intl'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import type messagesOfFrench from '../../messages/fr.json'
import { tellLocale } from './locale.ts'

export type MessageId = keyof typeof messagesOfFrench
export type Translate = (id: MessageId, values?: Record<string, string | number | Date | null | undefined>) => string

/** The words of the screens: `t('orders.title')`. Unknown keys do not compile. */
export function useT(): Translate {
  const intl = useIntl()
  return useMemo<Translate>(() => (id, values) => intl.formatMessage({ id }, values), [intl])
}

/** Lets the API client follow the language of the screens. */
export function LocaleBridge({ children }: { children: ReactNode }) {
  const { locale } = useLocale()
  tellLocale(locale)
  return children
}
