import { Skeleton } from '@mantine/core'
import { useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery, call, newIdempotencyKey, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { copyOf, newDraft, type Draft } from './draft.ts'
import { ProductEditor } from './product-editor.tsx'
import { useDraft } from './use-draft.ts'

const route = getRouteApi('/products/new')

/** A product from nothing, or from another one. */
export function NewProductPage() {
  const t = useT()
  const { copy } = route.useSearch()
  const query = useQuery({
    ...apiQuery(endpoints.getCatalogProduct, { params: { productId: copy ?? '' } }),
    enabled: copy !== undefined,
  })
  return (
    <Page title={t('act.newProduct')} back={{ to: '/products', label: t('nav.products') }}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {copy !== undefined && query.isPending && <Skeleton height={640} />}
      {copy === undefined && <Creating key="new" name="new" start={newDraft()} />}
      {query.data && <Creating key={copy} name={`copy-${copy}`} start={copyOf(query.data)} />}
    </Page>
  )
}

function Creating({ name, start }: { name: string; start: Draft }) {
  const t = useT()
  const can = useCan()
  const navigate = route.useNavigate()
  const state = useDraft(name, start, 0)
  const attempt = useRef({ body: '', key: '' })
  const save = (body: ProductInput) => {
    // The same product sent again after a lost answer carries the same key; a corrected one is another attempt.
    const text = JSON.stringify(body)
    if (attempt.current.body !== text) attempt.current = { body: text, key: newIdempotencyKey() }
    return call(endpoints.createProduct, { body }, { idempotencyKey: attempt.current.key })
  }
  const copied = name !== 'new'
  return (
    <ProductEditor
      state={copied ? { ...state, dirty: true } : state}
      readOnly={!can('catalog:write')}
      save={save}
      onSaved={(product) => {
        state.settle(start)
        tellDone(t('product.created', { name: product.name.fr }))
        void refresh('/catalog/products', '/stock')
        void navigate({ to: '/products/$productId', params: { productId: product.id }, replace: true })
      }}
    />
  )
}
