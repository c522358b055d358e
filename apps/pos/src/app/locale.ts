import type { Locale } from '@ecluse/contracts/scalars.ts'

let current: Locale = 'fr'

/** The language of the screens, for the API client, which lives outside React and asks for answers in it. */
export function currentLocale(): Locale {
  return current
}

/** Told by `LocaleBridge` before anything below it renders. */
export function tellLocale(locale: Locale): void {
  current = locale
}
