import { MultiSelect, Select, SimpleGrid } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ImportKind, ImportSettings } from '@ecluse/contracts/interchange.ts'
import { vatClasses } from '@ecluse/contracts/scalars.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { useChannelName, useChannels } from '../network/use-channels.ts'

export const defaultSettings: ImportSettings = {
  locale: 'fr',
  vatClass: 'standard',
  channels: null,
  place: null,
  stock: 'new',
}

/** Which settings each kind of file has. */
const settingsOf: Record<ImportKind, readonly (keyof ImportSettings)[]> = {
  'shopify-products': ['locale', 'vatClass', 'channels', 'stock', 'place'],
  stock: ['place'],
  customers: ['locale'],
  'postal-places': [],
  'past-sales': [],
  'past-contacts': [],
}

/** The settings as fields of the form that is sent; only those its kind has. */
export function settingFields(kind: ImportKind, settings: ImportSettings): [name: string, value: string][] {
  return settingsOf[kind].flatMap((name): [string, string][] => {
    const value = settings[name]
    if (value === null) return []
    return [[name, Array.isArray(value) ? value.join(',') : value]]
  })
}

/** What the file does not say of itself: its language, the VAT of its goods, where they are sold and lie. */
export function ImportSettingFields({
  kind,
  settings,
  onChange,
}: {
  kind: ImportKind
  settings: ImportSettings
  onChange: (patch: Partial<ImportSettings>) => void
}) {
  const t = useT()
  const channels = useChannels().filter(({ sells }) => sells)
  const channelName = useChannelName()
  const places = useQuery({ ...apiQuery(endpoints.listPlaces, {}), staleTime: 600_000 })
  const has = (name: keyof ImportSettings) => settingsOf[kind].includes(name)
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      {has('locale') && (
        <Select
          label={t('imports.locale')}
          data={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
          value={settings.locale}
          onChange={(locale) => onChange({ locale: locale === 'en' ? 'en' : 'fr' })}
        />
      )}
      {has('vatClass') && (
        <Select
          label={t('product.vatClass')}
          data={vatClasses.map((value) => ({ value, label: t(`vatClass.${value}`) }))}
          value={settings.vatClass}
          onChange={(value) => onChange({ vatClass: vatClasses.find((known) => known === value) ?? 'standard' })}
        />
      )}
      {has('channels') && (
        <MultiSelect
          label={t('imports.channels')}
          placeholder={settings.channels === null ? t('imports.channels.all') : undefined}
          data={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
          searchable
          value={settings.channels ?? []}
          onChange={(codes) => onChange({ channels: codes.length > 0 ? codes : null })}
        />
      )}
      {has('stock') && (
        <Select
          label={t('imports.stock')}
          data={(['new', 'count', 'none'] as const).map((value) => ({ value, label: t(`imports.stock.${value}`) }))}
          value={settings.stock}
          onChange={(stock) => onChange({ stock: stock === 'count' || stock === 'none' ? stock : 'new' })}
        />
      )}
      {has('place') && (
        <Select
          label={t('imports.place')}
          placeholder={t('imports.place.warehouse')}
          data={(places.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          searchable
          clearable
          value={settings.place}
          onChange={(place) => onChange({ place })}
        />
      )}
    </SimpleGrid>
  )
}
