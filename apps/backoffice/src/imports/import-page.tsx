import { Alert, Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Import } from '@ecluse/contracts/interchange.ts'
import { ProgressLine, type ProgressState } from '@ecluse/ui/progress-line.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { ImportBadge } from './import-history.tsx'
import { ImportIssues } from './import-issues.tsx'

const route = getRouteApi('/imports/$importId')
const isOpen = ({ state }: Pick<Import, 'state'>) => state === 'waiting' || state === 'running'

/** One import: how far it is, what it did, and line by line what was refused or doubtful. */
export function ImportPage() {
  const t = useT()
  const { importId } = route.useParams()
  const query = useQuery({
    ...apiQuery(endpoints.getImport, { params: { importId } }),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? 500 : false),
  })
  const one = query.data
  return (
    <Page
      title={one?.fileName ?? t('imports.one')}
      badge={one && <ImportBadge state={one.state} />}
      summary={one && <Summary one={one} />}
      back={{ to: '/imports', label: t('nav.imports') }}
      acts={
        one &&
        !isOpen(one) && (
          <Button component={Link} to="/imports" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
            {t('imports.another')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {one && (
        <div className="bo-stack">
          <Progress one={one} />
          {one.error && (
            <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('imports.failed')}>
              {one.error}
            </Alert>
          )}
          <Counts one={one} />
          <ImportIssues importId={one.id} state={one.state} refused={one.refusedLines} warnings={one.warnings} />
        </div>
      )}
    </Page>
  )
}

function Summary({ one }: { one: Import }) {
  const t = useT()
  return (
    <>
      {t(`importKind.${one.kind}`)}
      {one.dryRun && ` · ${t('imports.dryRun.short')}`} · <RelativeTime at={one.createdAt} />
      {one.createdBy && ` · ${one.createdBy}`}
    </>
  )
}

const progressStates: Record<Import['state'], ProgressState> = {
  waiting: 'running',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'failed',
}

function Progress({ one }: { one: Import }) {
  const t = useT()
  const cancel = useAct({
    act: () => call(endpoints.cancelImport, { params: { importId: one.id } }),
    touches: ['/imports'],
    done: () => t('imports.cancelled'),
    onDone: () => void refresh('/catalog/products', '/stock', '/customers', '/categories'),
  })
  const kilo = (bytes: number) => Math.round(bytes / 1024)
  return (
    <Card title={t('imports.progress')}>
      <ProgressLine
        label={t('imports.read')}
        done={kilo(one.bytesRead)}
        total={one.bytesTotal > 0 ? kilo(one.bytesTotal) : null}
        state={cancel.isPending ? 'cancelling' : progressStates[one.state]}
        secondsLeft={isOpen(one) ? secondsLeft(one) : null}
        {...(isOpen(one) ? { onCancel: () => cancel.mutate() } : {})}
      />
    </Card>
  )
}

/** From the speed so far; nothing in the first two seconds, when it would only guess. */
function secondsLeft({ startedAt, bytesRead, bytesTotal }: Import): number | null {
  if (!startedAt || bytesRead === 0) return null
  const elapsed = (Date.now() - Date.parse(startedAt)) / 1_000
  return elapsed < 2 ? null : Math.round((elapsed * (bytesTotal - bytesRead)) / bytesRead)
}

function Counts({ one }: { one: Import }) {
  const t = useT()
  const figures = [
    [t('imports.created'), one.created],
    [t('imports.updated'), one.updated],
    [t('imports.unchanged'), one.unchanged],
    [t('imports.refused'), one.refused],
    [t('imports.warnings'), one.warnings],
  ] as const
  return (
    <section aria-label={t('imports.result')}>
      {one.dryRun && one.state === 'done' && <p className="bo-line">{t('imports.dryRun.result')}</p>}
      <p className="bo-line bo-quiet">{t(`imports.counted.${one.kind}`, { lines: one.counts.lines ?? 0 })}</p>
      <dl className="bo-figures">
        {figures.map(([name, value]) => (
          <div key={name} className="bo-figure">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
