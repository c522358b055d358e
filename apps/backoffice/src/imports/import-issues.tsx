import { useEffect, useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Import, ImportIssue } from '@ecluse/contracts/interchange.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages, readAll, refresh } from '@ecluse/ui/staff/api.ts'
import { tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { download, fileName, toCsv } from '../list/csv.ts'
import { ListScreen } from '../list/list-screen.tsx'

const route = getRouteApi('/imports/$importId')
const filterNames = ['severity'] as const

/** The report, line by line; the whole of it can be taken away as CSV. */
export function ImportIssues({
  importId,
  state,
  refused,
  warnings,
}: {
  importId: string
  state: Import['state']
  refused: number
  warnings: number
}) {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listImportIssues, { params: { importId }, query: { severity: search.severity } }),
    placeholderData: keepPreviousData,
  })
  const count = refused + warnings
  useEffect(() => {
    if (count > 0) void refresh('/imports/{importId}/issues')
  }, [count, state])
  return (
    <div className="bo-card">
      <div className="bo-card-head">
        <h2>{t('issues.title')}</h2>
        {count > 0 && <DownloadReport importId={importId} />}
      </div>
      <ListScreen
        name={t('issues.fileName')}
        label={t('issues.title')}
        columns={useColumns()}
        pages={pages}
        rowId={(issue) => `${issue.line}-${issue.code}-${issue.field ?? ''}-${issue.message}`}
        rowName={(issue) => t('issues.lineNumber', { line: issue.line })}
        search={search}
        onSearch={(patch) =>
          void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'refused', label: t('issues.refused', { count: refused }), filters: { severity: 'refused' } },
          { id: 'warning', label: t('issues.warnings', { count: warnings }), filters: { severity: 'warning' } },
        ]}
        selectable={false}
        exportable={false}
        empty={
          <EmptyState
            title={state === 'running' || state === 'waiting' ? t('issues.soFar') : t('issues.none')}
            compact
          />
        }
      />
    </div>
  )
}

/** The whole report as CSV, whatever the list shows of it. */
function DownloadReport({ importId }: { importId: string }) {
  const t = useT()
  const whole = useMutation({
    mutationFn: async () => {
      const issues = await readAll(endpoints.listImportIssues, { params: { importId }, query: {} })
      const head = [t('issues.line'), t('issues.severity'), t('issues.key'), t('issues.field'), t('issues.message')]
      const rows = issues.map((issue) => [
        issue.line,
        t(`severity.${issue.severity}`),
        issue.key,
        issue.field,
        issue.message,
      ])
      download(fileName(t('issues.fileName')), toCsv([head, ...rows]))
    },
    onError: tellRefusal,
  })
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={whole.isPending}
      onClick={() => whole.mutate()}
    >
      {t('issues.download')}
    </Button>
  )
}

function useColumns(): readonly Column<ImportIssue>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'line',
        header: t('issues.line'),
        cell: (issue) => <span className="tabular">{issue.line}</span>,
        sort: (issue) => issue.line,
        csv: (issue) => issue.line,
        width: 76,
      },
      {
        id: 'message',
        header: t('issues.message'),
        cell: (issue) => (
          <span className="bo-issue">
            {issue.message}
            <span className="bo-quiet bo-block">{[issue.key, issue.field].filter(Boolean).join(' · ')}</span>
          </span>
        ),
        csv: (issue) => issue.message,
      },
      {
        id: 'key',
        header: t('issues.key'),
        cell: (issue) => <TwoLines first={issue.key} second={issue.field} />,
        sort: (issue) => issue.key,
        csv: (issue) => issue.key,
        from: 'lg',
        width: 240,
      },
      {
        id: 'severity',
        header: t('issues.severity'),
        cell: (issue) => (
          <StateBadge tone={issue.severity === 'refused' ? 'urgent' : 'waiting'}>
            {t(`severity.${issue.severity}`)}
          </StateBadge>
        ),
        csv: (issue) => t(`severity.${issue.severity}`),
        width: 124,
      },
    ],
    [t],
  )
}
