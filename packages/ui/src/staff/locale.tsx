import type { ReactNode } from 'react'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '../ecluse-provider.tsx'

let current: Locale = 'fr'

/** The language of the screens, for the API client, which lives outside React and asks for answers in it. */
export function currentLocale(): Locale {
  return current
}

function tellLocale(locale: Locale): void {
  current = locale
}

/** Lets the API client follow the language of the screens: told before anything below it renders. */
export function LocaleBridge({ children }: { children: ReactNode }) {
  const { locale } = useLocale()
  tellLocale(locale)
  return children
}
