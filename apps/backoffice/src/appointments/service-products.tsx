import { useState } from 'react'
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'

type Props = { productIds: readonly string[]; onChange: (productIds: string[]) => void }

/** Products whose buyers are offered a service at the checkout. */
export function ServiceProducts({ productIds, onChange }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, { query: { q, limit: 20, locale } }),
    placeholderData: (before) => before,
  })
  const chosen = useQueries({
    queries: productIds.map((productId) => apiQuery(endpoints.getCatalogProduct, { params: { productId } })),
  })
  const names = new Map([
    ...chosen.flatMap(({ data }) => (data ? [[data.id, data.name[locale] || data.name.fr] as const] : [])),
    ...(found.data?.items ?? []).map(({ id, name }) => [id, name] as const),
  ])
  return (
    <MultiSelect
      label={t('appointments.products')}
      description={t('appointments.products.help')}
      data={[...new Set([...productIds, ...names.keys()])].map((id) => ({ value: id, label: names.get(id) ?? '…' }))}
      value={[...productIds]}
      onChange={onChange}
      searchable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t('list.nothing')}
      hidePickedOptions
    />
  )
}
