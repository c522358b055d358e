import { useMemo } from 'react'
import { useIntl } from 'react-intl'
import type french from '../../messages/fr.json'

type Values = Record<string, string | number | Date | null | undefined>

/** Words of one catalogue: `t('orders.title')`. Keys it does not have do not compile. */
export type Translate<Key extends string> = (id: Key, values?: Values) => string

/** The words of an application, typed by the keys of its own catalogue. */
export function useTranslate<Key extends string>(): Translate<Key> {
  const intl = useIntl()
  return useMemo<Translate<Key>>(() => (id, values) => intl.formatMessage({ id }, values), [intl])
}

/** The words of this package, for what the screens of staff share. */
export const useWords = useTranslate<keyof typeof french>
