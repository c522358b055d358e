import { SegmentedControl } from '@mantine/core'
import { useIntl } from 'react-intl'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useColourScheme, useLocale } from './ecluse-provider.tsx'

/** Language names are always in their own language: who reads only one must find the other. */
const localeNames: Record<Locale, string> = { fr: 'Français', en: 'English' }

/** Language and appearance, as every application offers them; the choice is remembered on this device. */
export function Preferences() {
  const intl = useIntl()
  const { locale, setLocale } = useLocale()
  const { scheme, setScheme } = useColourScheme()
  const schemes = (['light', 'dark', 'auto'] as const).map((value) => ({
    value,
    label: intl.formatMessage({ id: `ui.preferences.scheme_${value}` }),
  }))
  return (
    <div className="ec-preferences">
      <SegmentedControl
        fullWidth
        aria-label={intl.formatMessage({ id: 'ui.preferences.locale' })}
        value={locale}
        onChange={(value) => setLocale(value as Locale)}
        data={Object.entries(localeNames).map(([value, label]) => ({ value, label }))}
      />
      <SegmentedControl
        fullWidth
        aria-label={intl.formatMessage({ id: 'ui.preferences.scheme' })}
        value={scheme}
        onChange={(value) => setScheme(value)}
        data={schemes}
      />
    </div>
  )
}
