import { useState } from 'react'
import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Product, ProductInput } from '@ecluse/contracts/catalog.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call, queryClient, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { PromisesMenu } from '../availability/promises-menu.tsx'
import { Page } from '../common/page.tsx'
import { TrackingCard } from '../lots/tracking-card.tsx'
import { draftOf } from './draft.ts'
import { FilesCard } from './files-card.tsx'
import { ProductEditor } from './product-editor.tsx'
import { keptRevision, useDraft } from './use-draft.ts'

const route = getRouteApi('/products/$productId')

export function ProductPage() {
  const t = useT()
  const can = useCan()
  const { productId } = route.useParams()
  // Never read again behind the reader's back: an edited page must not change under the hand.
  const query = useQuery({
    ...apiQuery(endpoints.getCatalogProduct, { params: { productId } }),
    staleTime: Infinity,
    gcTime: 0,
  })
  const product = query.data
  return (
    <Page
      title={product?.name.fr ?? t('product.one')}
      summary={product && <LastChange product={product} />}
      back={{ to: '/products', label: t('nav.products') }}
      acts={
        product && (
          <>
            <Button component={Link} to={`/stock?product=${product.id}`} variant="default">
              {t('product.seeStock')}
            </Button>
            {can('stock:read') && <PromisesMenu product={product} />}
            {can('catalog:write') && (
              <Button
                component={Link}
                to={`/products/new?copy=${product.id}`}
                variant="default"
                leftSection={<IconCopy size={16} aria-hidden />}
              >
                {t('product.duplicate')}
              </Button>
            )}
          </>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={640} />}
      {product && <Editing key={product.id} product={product} readOnly={!can('catalog:write')} />}
      {product && can('stock:read') && <TrackingCard productId={product.id} />}
    </Page>
  )
}

function LastChange({ product }: { product: Product }) {
  const t = useT()
  return (
    <>
      {t('product.changed')} <RelativeTime at={product.updatedAt} />
    </>
  )
}

function Editing({ product, readOnly }: { product: Product; readOnly: boolean }) {
  const t = useT()
  const state = useDraft(product.id, draftOf(product), product.revision)
  const [revision, setRevision] = useState(() => keptRevision(product.id) ?? product.revision)
  const [conflict, setConflict] = useState<number | null>(null)
  const save = async (body: ProductInput) => {
    try {
      return await call(endpoints.updateProduct, { params: { productId: product.id }, query: { revision }, body })
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === 'catalog.changed_meanwhile') {
        setConflict(Number(error.problem.details?.['revision'] ?? revision + 1))
      }
      throw error
    }
  }
  const takeTheirs = async () => {
    const theirs = await call(endpoints.getCatalogProduct, { params: { productId: product.id } })
    const mine = state.draft
    state.settle(draftOf(theirs))
    setRevision(theirs.revision)
    setConflict(null)
    tellDone(t('product.conflict.taken'), { label: t('app.undo'), run: () => state.change(mine) })
  }
  return (
    <div className="bo-stack">
      {conflict !== null && (
        <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('product.conflict')}>
          {t('product.conflict.help')}
          <Group gap="sm" mt="sm">
            <Button size="compact-sm" variant="default" onClick={() => void takeTheirs()}>
              {t('product.conflict.theirs')}
            </Button>
            <Button
              size="compact-sm"
              onClick={() => {
                setRevision(conflict)
                setConflict(null)
                tellDone(t('product.conflict.saveNow'))
              }}
            >
              {t('product.conflict.mine')}
            </Button>
          </Group>
        </Alert>
      )}
      <ProductEditor
        files={product.kind === 'digital' && <FilesCard product={product} readOnly={readOnly} />}
        state={state}
        readOnly={readOnly}
        save={save}
        onSaved={(saved) => {
          state.settle(draftOf(saved))
          setRevision(saved.revision)
          setConflict(null)
          queryClient.setQueryData(
            apiQuery(endpoints.getCatalogProduct, { params: { productId: saved.id } }).queryKey,
            saved,
          )
          tellDone(t('product.saved.toast', { name: saved.name.fr }))
          void refresh('/stock')
          void queryClient.invalidateQueries({ queryKey: [endpoints.listCatalogProducts.path] })
        }}
      />
    </div>
  )
}
