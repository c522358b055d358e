/// <reference path="./css.d.ts" />
import '@mantine/core/styles.css'
import './fonts.css'
import './tokens.css'
import './base.css'
import './styles/controls.css'
import './styles/marks.css'
import './styles/reading.css'
import './styles/overlays.css'
import {
  localStorageColorSchemeManager,
  MantineProvider,
  mergeThemeOverrides,
  useMantineColorScheme,
  type MantineThemeOverride,
} from '@mantine/core'
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { IntlProvider } from 'react-intl'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import english from '../messages/en.json' with { type: 'json' }
import french from '../messages/fr.json' with { type: 'json' }
import { defaultTimeZone } from './format.ts'
import { cssVariablesResolver, theme } from './theme.ts'

export type Messages = Record<Locale, Record<string, string>>

/** Texts of the components of this package; applications add their own through `EcluseProvider`. */
export const uiMessages: Messages = { fr: french, en: english }

const known: readonly Locale[] = ['fr', 'en']
const localeKey = 'ecluse.locale'
const colorSchemeManager = localStorageColorSchemeManager({ key: 'ecluse.colour-scheme' })

interface LocaleChoice {
  locale: Locale
  setLocale: (locale: Locale) => void
}

const LocaleContext = createContext<LocaleChoice>({ locale: 'fr', setLocale: () => undefined })

/**
 * Puts theme, language and texts around an application. The language and the colour scheme chosen are remembered on this
 * device; until one is chosen the browser's own preferences hold.
 */
export function EcluseProvider({ messages, children }: { messages: Messages; children: ReactNode }) {
  const [locale, setLocale] = useState(rememberedLocale)
  const choice = useMemo(() => ({ locale, setLocale }), [locale])
  const texts = useMemo(() => ({ ...uiMessages[locale], ...messages[locale] }), [locale, messages])

  const written = useMemo(() => mergeThemeOverrides(theme, writtenIn(locale)), [locale])

  useLayoutEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  useEffect(() => remember(localeKey, locale), [locale])

  return (
    <LocaleContext value={choice}>
      <IntlProvider locale={locale === 'fr' ? 'fr-FR' : 'en-GB'} messages={texts} timeZone={defaultTimeZone}>
        <MantineProvider
          theme={written}
          cssVariablesResolver={cssVariablesResolver}
          colorSchemeManager={colorSchemeManager}
          defaultColorScheme="auto"
        >
          <ThemeAttribute />
          {children}
        </MantineProvider>
      </IntlProvider>
    </LocaleContext>
  )
}

/** Numbers are typed as the language writes them; either mark is understood. */
function writtenIn(locale: Locale): MantineThemeOverride {
  const defaultProps = { decimalSeparator: locale === 'fr' ? ',' : '.', allowedDecimalSeparators: [',', '.'] }
  return { components: { NumberInput: { defaultProps } } }
}

/** The language of the screen and how to change it. */
export function useLocale(): LocaleChoice {
  return useContext(LocaleContext)
}

/** The colour scheme chosen (`auto` follows the device) and how to change it. */
export function useColourScheme(): {
  scheme: 'auto' | 'light' | 'dark'
  setScheme: (scheme: 'auto' | 'light' | 'dark') => void
} {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return { scheme: colorScheme, setScheme: setColorScheme }
}

/** Keeps `data-theme`, which our tokens follow, equal to the scheme that Mantine follows. */
function ThemeAttribute() {
  const { colorScheme } = useMantineColorScheme()
  useLayoutEffect(() => {
    if (colorScheme === 'auto') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.dataset.theme = colorScheme
  }, [colorScheme])
  return null
}

function rememberedLocale(): Locale {
  const remembered = recall(localeKey)
  const wanted = [remembered, ...(typeof navigator === 'undefined' ? [] : navigator.languages)]
  for (const tag of wanted) {
    const locale = known.find((code) => tag?.toLowerCase().startsWith(code))
    if (locale) return locale
  }
  return 'fr'
}

/** Storage can be refused (private windows, strict settings); the choice then lasts as long as the page. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Nothing to do: the choice lasts as long as the page.
  }
}
