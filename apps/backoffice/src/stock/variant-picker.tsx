import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { labelOf } from '../catalog/variants-of-options.ts'

/** Finds an article by name, SKU or GTIN, then its variant when it has several. */
export function VariantPicker({ error, onChange }: { error: ReactNode; onChange: (variantId: string) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [productId, setProductId] = useState<string | null>(null)
  const [variantId, setVariantId] = useState<string | null>(null)
  const [q] = useDebouncedValue(text.trim(), 200)
  const found = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, {
      query: { q: q || undefined, limit: 20, sort: 'name', order: 'asc', locale },
    }),
    placeholderData: (before) => before,
  })
  const product = useQuery({
    ...apiQuery(endpoints.getCatalogProduct, { params: { productId: productId ?? '' } }),
    enabled: productId !== null,
  })
  const variants = product.data?.variants ?? []
  const only = variants.length === 1 ? variants[0]?.id : undefined
  const choose = (id: string | null) => {
    setVariantId(id)
    onChange(id ?? '')
  }
  const tellOnly = useEffectEvent((id: string) => onChange(id))
  // A product with one variant needs no second question.
  useEffect(() => {
    if (only) tellOnly(only)
  }, [only])
  return (
    <>
      <Select
        label={t('orders.article')}
        placeholder={t('stock.search')}
        data={(found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        searchValue={text}
        onSearchChange={setText}
        // The server has searched, by more than the name.
        filter={({ options }) => options}
        nothingFoundMessage={found.isFetching ? t('palette.searching') : t('list.nothing')}
        value={productId}
        error={productId === null ? error : undefined}
        onChange={(id) => {
          setProductId(id)
          choose(null)
        }}
      />
      {variants.length > 1 && product.data && (
        <Select
          label={t('variants.variant')}
          data={variants.map(({ id, sku, options }) => ({
            value: id,
            label: [labelOf(product.data.options, options, locale), sku].filter(Boolean).join(' · '),
          }))}
          searchable
          value={variantId}
          error={error}
          onChange={choose}
        />
      )}
    </>
  )
}
