import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { retentionStates, type Retention, type RetentionCase } from '@ecluse/contracts/retention.ts'
import { rightsObstacles } from '@ecluse/contracts/rights.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiPages, apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import type { RetentionSearch } from '../app/search.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { RetentionRuleForm } from './retention-rule-form.tsx'
import { RightsTabs } from './rights-tabs.tsx'

const route = getRouteApi('/rights/retention')
const filterNames = ['state'] as const
const tones: Readonly<Record<RetentionCase['state'], StateTone>> = {
  planned: 'waiting',
  announced: 'waiting',
  waiting: 'waiting',
  held: 'done',
  erasing: 'urgent',
  kept: 'done',
}

/** Who was not heard of for long, what becomes of them and when, and the rule it follows. */
export function RetentionPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<RetentionSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const query = useQuery({ ...apiQuery(endpoints.getRetention, {}), refetchInterval: 15_000 })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listRetentionCases, { query: search.state ? { state: search.state } : {} }),
    placeholderData: keepPreviousData,
  })
  const run = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.runRetention, {}, { idempotencyKey }),
    touches: ['/rights/retention'],
    done: () => t('retention.running'),
  })
  const data = query.data
  return (
    <Page
      title={t('nav.rights')}
      summary={t('retention.lead')}
      acts={
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {t(data?.rule.on ? 'retention.run' : 'retention.dryRun')}
        </Button>
      }
    >
      <RightsTabs here="retention" />
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <div className="bo-stack">
        {data && (
          <div className="bo-grid-2">
            <RetentionRuleForm key={data.version} retention={data} />
            <LastRun retention={data} />
          </div>
        )}
        <ListScreen
          name={t('retention.file')}
          label={t('retention.cases')}
          columns={useColumns()}
          pages={pages}
          rowId={(row) => row.customerId}
          rowName={(row) => row.name}
          search={search}
          onSearch={setSearch}
          filterNames={filterNames}
          views={[
            { id: 'all', label: t('retention.all'), filters: {} },
            ...retentionStates.map((state) => ({
              id: state,
              label: t(`retention.state.${state}`),
              filters: { state },
            })),
          ]}
          onOpen={({ customerId }) => void navigate({ to: '/customers/$customerId', params: { customerId } })}
          empty={<EmptyState title={t('retention.nobody')} hint={t('retention.nobody.help')} />}
        />
      </div>
    </Page>
  )
}

/** What the last look at everybody found. */
function LastRun({ retention: { runs } }: { retention: Retention }) {
  const t = useT()
  const { locale } = useLocale()
  const [last] = runs
  return (
    <Card title={t('retention.last')}>
      {last ? (
        <>
          <p className="bo-line">
            {t(last.live ? 'retention.live' : 'retention.dry', { at: formatDate(last.startedAt, locale, 'dateTime') })}
          </p>
          <Facts
            facts={(['examined', 'planned', 'announced', 'waiting', 'held', 'erasing', 'spared'] as const).map(
              (name) => [
                t(`retention.count.${name}`),
                name === 'examined' || last.counts[name] > 0 ? formatNumber(last.counts[name], locale) : null,
              ],
            )}
          />
        </>
      ) : (
        <p className="bo-line bo-quiet">{t('retention.never')}</p>
      )}
    </Card>
  )
}

function useColumns(): readonly Column<RetentionCase>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(() => {
    const day = (on: string): string => formatDate(`${on}T12:00:00Z`, locale, 'day')
    const state = (row: RetentionCase) => (
      <StateBadge tone={tones[row.state]}>{t(`retention.state.${row.state}`)}</StateBadge>
    )
    const why = (row: RetentionCase): string =>
      [
        t(row.lastAct.kind === null ? 'retention.known' : 'retention.act', {
          kind: row.lastAct.kind === null ? '' : t(`retention.kind.${actName(row.lastAct.kind)}`),
          day: day(row.lastAct.on),
        }),
        row.announcedOn && t('retention.announcedOn', { day: day(row.announcedOn) }),
        ...rightsObstacles.filter((one) => row.obstacles.includes(one)).map((one) => t(`rights.obstacle.${one}`)),
      ]
        .filter(Boolean)
        .join(' · ')
    return [
      {
        id: 'name',
        header: t('retention.who'),
        cell: (row) => (
          <TwoLines
            first={
              <Link
                to="/customers/$customerId"
                params={{ customerId: row.customerId }}
                className="bo-link"
                tabIndex={-1}
              >
                {row.name || t('retention.gone')}
              </Link>
            }
            second={t(`retention.category.${row.category}`)}
            narrow={state(row)}
          />
        ),
        csv: (row) => row.name,
      },
      { id: 'why', header: t('retention.why'), cell: why, csv: why, from: 'md' },
      {
        id: 'state',
        header: t('rights.state'),
        cell: state,
        csv: (row) => t(`retention.state.${row.state}`),
        from: 'sm',
        width: 170,
      },
      {
        id: 'eraseOn',
        header: t('retention.eraseOn'),
        cell: (row) => (row.state === 'kept' ? null : day(row.eraseOn)),
        csv: (row) => row.eraseOn,
        width: 130,
      },
    ]
  }, [t, locale])
}

const named = [
  'order',
  'purchase',
  'return',
  'collection',
  'quote_acceptance',
  'reservation',
  'appointment',
  'answer',
  'click',
  'visit_signed_in',
  'store_visit',
  'call_answered',
  'consent',
] as const

const actName = (kind: string): (typeof named)[number] | 'other' => named.find((one) => one === kind) ?? 'other'
