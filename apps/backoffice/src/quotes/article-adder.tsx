import { useState } from 'react'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferedVariant, ProductPage } from '@ecluse/contracts/offers.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { DraftLine } from './quote-draft.ts'

/** Finds an article as the quote's channel sells it, and its variant when it has several. */
export function ArticleAdder({ channel, onAdd }: { channel: string; onAdd: (line: DraftLine) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [page, setPage] = useState<ProductPage | null>(null)
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useQuery({
    ...apiQuery(endpoints.suggestOffers, { query: { channel, locale, q: q || ' ' } }),
    enabled: q.length >= 2,
    placeholderData: (before) => before,
  })
  const add = (product: ProductPage, variant: OfferedVariant) => {
    onAdd(lineOf(product, variant))
    setPage(null)
    setText('')
  }
  const choose = async (handle: string | null) => {
    if (!handle) return
    const product = await call(endpoints.getOffer, { params: { handle }, query: { channel, locale } })
    const [only, ...others] = product.variants
    if (only && others.length === 0) add(product, only)
    else setPage(product)
  }
  return (
    <div className="bo-quote-add">
      <Select
        label={t('quotes.add')}
        placeholder={t('stock.search')}
        data={(q.length >= 2 ? (found.data?.items ?? []) : []).map(({ handle, name }) => ({
          value: handle,
          label: name,
        }))}
        searchable
        searchValue={text}
        onSearchChange={setText}
        filter={({ options }) => options}
        nothingFoundMessage={
          q.length < 2 ? t('quotes.add.type') : found.isFetching ? t('palette.searching') : t('list.nothing')
        }
        value={null}
        onChange={(handle) => void choose(handle)}
      />
      {page && (
        <Select
          label={t('quotes.variant', { name: page.name })}
          data={page.variants.map(({ variantId, label, sku }) => ({
            value: variantId,
            label: [label, sku].filter(Boolean).join(' · '),
          }))}
          searchable
          value={null}
          defaultDropdownOpened
          onChange={(variantId) => {
            const variant = page.variants.find((one) => one.variantId === variantId)
            if (variant) add(page, variant)
          }}
        />
      )}
    </div>
  )
}

function lineOf(page: ProductPage, variant: OfferedVariant): DraftLine {
  return {
    variantId: variant.variantId,
    productId: page.productId,
    name: page.name,
    label: variant.label,
    sku: variant.sku,
    imageUrl: variant.imageUrl ?? page.media[0]?.url ?? null,
    quantity: 1,
    listMinor: variant.price.amountMinor,
    unitMinor: variant.price.amountMinor,
    vatBasisPoints: page.vatRateBasisPoints,
    note: '',
  }
}
