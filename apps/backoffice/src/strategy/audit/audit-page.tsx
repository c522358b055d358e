import { Button, Group, Select, Skeleton } from '@mantine/core'
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Audit, AuditReport, Weakness } from '@ecluse/contracts/audits.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Page } from '../../common/page.tsx'
import { AuditTables } from './audit-tables.tsx'
import { useAuditWords } from './audit-words.ts'
import '../../knowledge/knowledge.css'

const route = getRouteApi('/audits/$auditId')

/** One report: what is weak first, then the figures behind; beside another, what is new and what is gone. */
export function AuditPage() {
  const t = useT()
  const { locale } = useLocale()
  const { auditId } = route.useParams()
  const { with: otherId } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    ...apiQuery(endpoints.getAudit, { params: { auditId } }),
    refetchInterval: ({ state: { data } }) => (data && ['waiting', 'running'].includes(data.state) ? 1_000 : false),
  })
  const all = useQuery(apiQuery(endpoints.listAudits, {}))
  const other = useQuery({
    ...apiQuery(endpoints.getAudit, { params: { auditId: otherId ?? auditId } }),
    enabled: otherId !== undefined,
  })
  const { data } = query
  // Not asked for, the other is this one.
  const before = otherId === undefined ? null : (other.data?.report ?? null)
  const others = (all.data?.items ?? []).filter(({ id, state }) => id !== auditId && state === 'done')
  return (
    <Page
      title={data ? t('audits.of', { at: formatDate(data.at, locale, 'dateTime') }) : t('nav.audits')}
      summary={
        data &&
        t('audits.by', {
          by: data.by ?? '',
          from: formatDate(data.from, locale, 'day'),
          until: formatDate(data.until, locale, 'day'),
        })
      }
      back={{ to: '/audits', label: t('nav.audits') }}
      acts={data?.report && <Papers auditId={auditId} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Progress audit={data} />}
      {data?.report && (
        <div className="bo-stack">
          {others.length > 0 && (
            <Select
              label={t('audits.compare')}
              clearable
              w="fit-content"
              data={others.map(({ id, at }) => ({ value: id, label: formatDate(at, locale, 'dateTime') }))}
              value={otherId ?? null}
              onChange={(value) => void navigate({ search: { with: value ?? undefined }, replace: true })}
            />
          )}
          <Weak report={data.report} before={before} />
          <AuditTables audit={data} report={data.report} before={before} />
          <p className="bo-line bo-quiet">{t('audits.hash', { hash: data.hash ?? '' })}</p>
        </div>
      )}
    </Page>
  )
}

/** The report on paper. */
function Papers({ auditId }: { auditId: string }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Group gap="xs">
      <Button
        component="a"
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        href={`/api/v1/audits/${auditId}/page?locale=${locale}`}
        target="_blank"
      >
        {t('audits.print')}
      </Button>
      <Button
        component="a"
        variant="default"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
        href={`/api/v1/audits/${auditId}/report.pdf?locale=${locale}`}
        target="_blank"
      >
        {t('audits.pdf')}
      </Button>
    </Group>
  )
}

function Progress({ audit }: { audit: Audit }) {
  const t = useT()
  const can = useCan()
  const cancel = useAct({
    act: () => call(endpoints.cancelAudit, { params: { auditId: audit.id } }),
    touches: ['/audits'],
  })
  if (audit.state === 'done') return null
  if (audit.state === 'failed') return <p role="alert">{t('audits.failed')}</p>
  if (audit.state === 'cancelled') return <p className="bo-line">{t('audits.stopped')}</p>
  const stop = can('strategy:write') ? { onCancel: () => cancel.mutate() } : {}
  return (
    <ProgressLine
      label={t('audits.making')}
      done={Math.round(audit.progress * 100)}
      total={100}
      state={cancel.isPending ? 'cancelling' : 'running'}
      {...stop}
    />
  )
}

const keyOf = ({ kind, channel, other }: Weakness): string => [kind, channel, other].join(' ')

function Weak({ report, before }: { report: AuditReport; before: AuditReport | null }) {
  const t = useT()
  const words = useAuditWords()
  const earlier = new Map((before?.weaknesses ?? []).map((one) => [keyOf(one), one]))
  const now = new Set(report.weaknesses.map(keyOf))
  const gone = (before?.weaknesses ?? []).filter((one) => !now.has(keyOf(one)))
  return (
    <Card title={t('audits.weak', { count: report.weaknesses.length })}>
      {report.weaknesses.length === 0 && <p className="bo-line">{t('audits.weak.none')}</p>}
      <ol>
        {report.weaknesses.map((one) => {
          const was = earlier.get(keyOf(one))
          return (
            <li key={keyOf(one)}>
              {words.weakness(one)}
              {before && (
                <span className="bo-quiet">
                  {' '}
                  ({was ? t('audits.weak.before', { value: words.figure(one.kind, was.value) }) : t('audits.weak.new')})
                </span>
              )}{' '}
              {one.channel !== null && (
                <Link to="/insights" search={{ channel: one.channel }} className="bo-link">
                  {t('audits.see')}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
      {gone.length > 0 && (
        <>
          <h3>{t('audits.gone')}</h3>
          <ul>
            {gone.map((one) => (
              <li key={keyOf(one)}>{words.weakness(one)}</li>
            ))}
          </ul>
        </>
      )}
      {report.unsaid.map((one) => (
        <p key={one} className="bo-line bo-quiet">
          {t(`audits.unsaid.${one}`)}
        </p>
      ))}
    </Card>
  )
}
