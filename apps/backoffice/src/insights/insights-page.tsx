import { Button, Select, Skeleton, Tabs, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { figureGroups, type FigureGroup, type Figures, type Kpi } from '@ecluse/contracts/insights.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useMySites, useSession } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { InsightsSearch } from '../app/search.ts'
import { Card } from '../common/card.tsx'
import { dayOf } from '../common/company-day.ts'
import { Page } from '../common/page.tsx'
import { BarsFigure } from '../knowledge/bars-figure.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import { CohortsCard } from './cohorts-card.tsx'
import { FiguresTable } from './figures-table.tsx'
import { Change, formatKpi, KpiName } from './kpi.tsx'
import { PathsCards } from './paths-cards.tsx'
import { RatingsCard } from './ratings-card.tsx'
import '../knowledge/knowledge.css'
import './insights.css'

const route = getRouteApi('/insights')
const dayMs = 86_400_000

/** The figures of the firm over a period, beside the one before: the whole, its course, and by channel, shop, category and product. */
export function InsightsPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const patch = (next: Partial<InsightsSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), resetScroll: false, replace: true })
  const asked = {
    from: search.from ?? dayOf(new Date(Date.now() - 29 * dayMs)),
    until: search.until ?? dayOf(new Date()),
    by: search.by ?? 'channel',
    ...(search.channel ? { channel: search.channel } : {}),
    ...(search.site ? { siteId: search.site } : {}),
  }
  const query = useQuery({
    ...apiQuery(endpoints.getFigures, { query: asked }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const { data } = query
  return (
    <Page
      title={t('nav.insights')}
      summary={t('insights.summary')}
      acts={
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`/api/v1/insights/figures/export?${new URLSearchParams(asked).toString()}`}
          download
        >
          {t('insights.export')}
        </Button>
      }
    >
      <Filters asked={asked} onChange={patch} />
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Told data={data} asked={asked} onGroup={(by) => patch({ by })} />}
    </Page>
  )
}

export type Asked = { from: string; until: string; by: FigureGroup; channel?: string; siteId?: string }

function Filters({ asked, onChange }: { asked: Asked; onChange: (patch: Partial<InsightsSearch>) => void }) {
  const t = useT()
  const channelName = useChannelName()
  const channels = useChannels()
  const sites = useMySites()
  return (
    <div className="bo-insights-filters">
      <TextInput
        type="date"
        label={t('insights.from')}
        value={asked.from}
        max={asked.until}
        onChange={({ currentTarget: { value } }) => value && value <= asked.until && onChange({ from: value })}
      />
      <TextInput
        type="date"
        label={t('insights.until')}
        value={asked.until}
        min={asked.from}
        onChange={({ currentTarget: { value } }) => value && value >= asked.from && onChange({ until: value })}
      />
      <Select
        label={t('orders.channel')}
        placeholder={t('insights.all')}
        clearable
        searchable
        data={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
        value={asked.channel ?? null}
        onChange={(channel) => onChange({ channel: channel ?? undefined })}
      />
      <Select
        label={t('orders.site')}
        placeholder={t('insights.all')}
        clearable
        searchable
        data={sites.map(({ id, name }) => ({ value: id, label: name }))}
        value={asked.siteId ?? null}
        onChange={(site) => onChange({ site: site ?? undefined })}
      />
    </div>
  )
}

function Told({ data, asked, onGroup }: { data: Figures; asked: Asked; onGroup: (by: FigureGroup) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { before, fresh, past, total } = data
  // People belong to no shop: who works in some is not told of all.
  const everySite = useSession().siteIds === null
  const day = (text: string) => formatDate(text, locale, 'day')
  return (
    <div className="bo-stack">
      <p className="bo-line bo-quiet">
        {t('insights.compared', { from: day(before.from), until: day(before.until) })}{' '}
        {fresh.countedAt === null || fresh.staleDays > 0
          ? t('insights.counting', { count: fresh.staleDays })
          : t('insights.counted', { at: formatDate(fresh.countedAt, locale, 'dateTime') })}{' '}
        {fresh.recountedAt !== null &&
          t('insights.recounted', {
            at: formatDate(fresh.recountedAt, locale, 'dateTime'),
            different: fresh.differentDays ?? 0,
          })}{' '}
        {past !== null && t('insights.past', { from: day(past.from), until: day(past.until) })}
      </p>
      <Whole total={total} />
      {data.series.length === 0 ? (
        <EmptyState title={t('insights.none')} hint={t('insights.none.help')} />
      ) : (
        <Card title={t('insights.course')}>
          <BarsFigure
            title={t('insights.course')}
            data={data.series.map(({ key, values }) => ({
              day: key.length === 7 ? formatDate(`${key}-01`, locale, 'month') : formatDate(key, locale, 'day'),
              netRevenue: values.netRevenue ?? 0,
              margin: values.margin ?? 0,
            }))}
            by={{ name: 'day', label: t('insights.day') }}
            series={[
              { name: 'netRevenue', label: t('kpi.netRevenue'), color: 'var(--color-primary)' },
              { name: 'margin', label: t('kpi.margin'), color: 'var(--color-ink)' },
            ]}
            format={(value) =>
              formatMoney({ amountMinor: Math.round(value), currency: 'EUR' }, locale, { whole: true })
            }
          />
        </Card>
      )}
      <Tabs value={asked.by} onChange={(by) => onGroup(figureGroups.find((one) => one === by) ?? 'channel')}>
        <Tabs.List aria-label={t('insights.by')}>
          {figureGroups.map((by) => (
            <Tabs.Tab key={by} value={by}>
              {t(`insights.by.${by}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {figureGroups.map((by) => (
          <Tabs.Panel key={by} value={by} pt="md">
            {data.by === by && <FiguresTable data={data} />}
          </Tabs.Panel>
        ))}
      </Tabs>
      <RatingsCard asked={asked} />
      {everySite && (
        <>
          <PathsCards from={asked.from} until={asked.until} />
          <CohortsCard until={asked.until} channel={asked.channel} />
        </>
      )}
    </div>
  )
}

/** Figures of the whole, in the order a director asks for them. */
const parts: readonly { readonly title: 'sales' | 'costs' | 'customers' | 'service'; readonly ids: readonly Kpi[] }[] =
  [
    {
      title: 'sales',
      ids: ['netRevenue', 'orders', 'basket', 'units', 'visits', 'conversion', 'discount', 'returnRate'],
    },
    {
      title: 'costs',
      ids: [
        'margin',
        'marginRate',
        'goods',
        'payment',
        'picking',
        'parcel',
        'commission',
        'contacts',
        'fixed',
        'outreach',
        'contribution',
        'assumedShare',
      ],
    },
    {
      title: 'customers',
      ids: ['newCustomers', 'knownCustomers', 'newShare', 'retention', 'acquisitionCost', 'returnOnSpend'],
    },
    {
      title: 'service',
      ids: ['satisfaction', 'ratings', 'promisesKept', 'answerSeconds', 'stockOuts', 'notFound', 'cancelled'],
    },
  ]

function Whole({ total }: { total: Figures['total'] }) {
  const t = useT()
  const { locale } = useLocale()
  return parts.map(({ title, ids }) => (
    <Card key={title} title={t(`insights.${title}`)}>
      <dl className="bo-knowledge-totals">
        {ids.map((id) => (
          <div key={id}>
            <dt>
              <KpiName id={id} />
            </dt>
            <dd>{formatKpi(id, total.now[id], locale)}</dd>
            <dd className="bo-kpi-change">
              <Change id={id} now={total.now[id]} before={total.before[id]} locale={locale} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  ))
}
