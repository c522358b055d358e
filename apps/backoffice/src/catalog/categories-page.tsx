import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { CategoryForm } from './category-form.tsx'
import { CategoryTree } from './category-list.tsx'
import { flattened } from './category-tree.ts'

/** The tree of categories; one is edited beside it. */
export function CategoriesPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [open, setOpen] = useState<string | 'new' | null>(null)
  const query = useQuery(apiQuery(endpoints.listCategories, {}))
  const categories = query.data?.items ?? []
  const chosen = categories.find(({ code }) => code === open)
  const writable = can('catalog:write')
  const create = writable && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
      {t('categories.create')}
    </Button>
  )
  return (
    <Page title={t('nav.categories')} summary={t('categories.summary')} acts={create} narrow>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {query.data && categories.length === 0 && (
        <EmptyState title={t('categories.empty')} hint={t('categories.empty.help')}>
          {create}
        </EmptyState>
      )}
      {categories.length > 0 && (
        <CategoryTree nodes={flattened(categories, locale)} writable={writable} openCode={open} onOpen={setOpen} />
      )}
      {open && (open === 'new' || chosen) && (
        <SidePanel
          itemKey={open}
          title={chosen ? chosen.name[locale] || chosen.name.fr : t('categories.create')}
          onClose={() => setOpen(null)}
        >
          <CategoryForm
            key={open}
            category={chosen ?? null}
            categories={categories}
            readOnly={!writable}
            onDone={() => setOpen(null)}
          />
        </SidePanel>
      )}
    </Page>
  )
}
