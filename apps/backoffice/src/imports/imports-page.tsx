import { Button } from '@mantine/core'
import { IconDownload, IconFileDescription } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { exportKinds, type Import } from '@ecluse/contracts/interchange.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiPages, call } from '@ecluse/ui/staff/api.ts'
import { tellDone, tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { download, fileName } from '../list/csv.ts'
import { ListFoot } from '../list/list-foot.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { ImportHistory } from './import-history.tsx'
import { ImportForm } from './import-form.tsx'
import { PastCard } from './past-card.tsx'

/** Files in, files out, and what earlier files did. */
export function ImportsPage() {
  const t = useT()
  return (
    <Page
      title={t('nav.imports')}
      summary={t('imports.summary')}
      acts={
        <Button
          component={Link}
          to="/imports/formats"
          variant="default"
          leftSection={<IconFileDescription size={16} aria-hidden />}
        >
          {t('imports.formats')}
        </Button>
      }
    >
      <div className="bo-grid-2">
        <div className="bo-stack">
          <Card title={t('imports.start')}>
            <ImportForm />
          </Card>
          <Card title={t('imports.history')}>
            <History />
          </Card>
        </div>
        <div className="bo-stack">
          <Card title={t('exports.title')}>
            <Exports />
          </Card>
          <PastCard />
        </div>
      </div>
    </Page>
  )
}

function History() {
  const t = useT()
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listImports, { query: { limit: 20 } }),
    // Imports under way move their own numbers.
    refetchInterval: ({ state }) => {
      const first = (state.data as { pages: { items: Import[] }[] } | undefined)?.pages[0]?.items ?? []
      return first.some((one) => one.state === 'running' || one.state === 'waiting') ? 1_500 : false
    },
  })
  if (pages.isError) return <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <PanelLoading />
  const imports = pages.data.pages.flatMap(({ items }) => items)
  if (imports.length === 0) return <EmptyState title={t('imports.none')} hint={t('imports.none.help')} compact />
  return (
    <>
      <ImportHistory imports={imports} />
      <ListFoot
        shown={imports.length}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </>
  )
}

function Exports() {
  const t = useT()
  const write = useMutation({
    mutationFn: async (kind: (typeof exportKinds)[number]) => {
      const text = (await call(endpoints.exportData, { params: { kind }, query: {} })) as unknown as string
      download(fileName(kind), text)
    },
    onSuccess: () => tellDone(t('exports.done')),
    onError: tellRefusal,
  })
  return (
    <>
      <p className="bo-line bo-quiet">{t('exports.help')}</p>
      <ul className="bo-plain-list">
        {exportKinds.map((kind) => (
          <li key={kind} className="bo-row-between">
            <span>{t(`importKind.${kind}`)}</span>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              loading={write.isPending && write.variables === kind}
              onClick={() => write.mutate(kind)}
              aria-label={t('exports.get.of', { kind: t(`importKind.${kind}`) })}
            >
              {t('exports.get')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
