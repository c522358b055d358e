import { Button, Skeleton } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Knowledge } from '@ecluse/contracts/knowledge.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { CatchmentCard } from './catchment-card.tsx'
import { ActiveCard, FitCard, RefusedNote } from './fit-parts.tsx'
import { RfmGrid } from './rfm-grid.tsx'
import './knowledge.css'

/** What is computed of all customers: who buys lately and often, who still does, what is to come, and how well that holds. */
export function KnowledgePage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const query = useQuery({ ...apiQuery(endpoints.getKnowledge, {}), refetchInterval: 15_000 })
  const data = query.data
  const compute = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.computeKnowledge, {}, { idempotencyKey }),
    touches: ['/customer-knowledge'],
    done: () => t('knowledge.computing'),
  })
  const act = can('customers:write') && (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={compute.isPending}
      onClick={() => compute.mutate()}
    >
      {t('knowledge.compute')}
    </Button>
  )
  return (
    <Page
      title={t('nav.knowledge')}
      summary={
        data?.fittedAt
          ? t('knowledge.asOf', { date: formatDate(data.fittedAt, locale, 'dateTime') })
          : t('knowledge.summary')
      }
      acts={act}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {data && !data.fit && <EmptyState title={t('knowledge.none')} hint={t('knowledge.none.help')} />}
      {data?.fit && data.buyers === 0 && <EmptyState title={t('knowledge.nobody')} hint={t('knowledge.nobody.help')} />}
      <div className="bo-stack">
        {data?.fit && data.buyers > 0 && <Known data={data} fit={data.fit} />}
        <CatchmentCard />
      </div>
    </Page>
  )
}

function Known({ data, fit }: { data: Knowledge; fit: NonNullable<Knowledge['fit']> }) {
  const t = useT()
  return (
    <div className="bo-stack">
      <Totals data={data} />
      <Card title={t('knowledge.rfm')}>
        {fit.thresholds === null ? (
          <p className="bo-line">{t('knowledge.rfm.few', { count: fit.customers })}</p>
        ) : (
          <RfmGrid grid={data.grid} />
        )}
      </Card>
      <ActiveCard active={data.active} fit={fit} />
      {fit.worth.state === 'refused' && fit.activity.state === 'fitted' && (
        <Card title={t('knowledge.worth')}>
          <RefusedNote refused={fit.worth} />
        </Card>
      )}
      <FitCard fit={fit} />
    </div>
  )
}

function Totals({ data }: { data: Knowledge }) {
  const t = useT()
  const { locale } = useLocale()
  const facts: (readonly [string, string])[] = [
    [
      t('knowledge.buyers'),
      t('knowledge.of', { count: formatNumber(data.buyers, locale), of: formatNumber(data.customers, locale) }),
    ],
    [
      t('knowledge.expectedPurchases'),
      data.expectedPurchases === null ? '–' : formatNumber(data.expectedPurchases, locale),
    ],
    [
      t('knowledge.expectedValue'),
      data.expectedValueMinor === null
        ? '–'
        : formatMoney({ amountMinor: data.expectedValueMinor, currency: 'EUR' }, locale, { whole: true }),
    ],
  ]
  return (
    <section className="bo-card">
      <dl className="bo-knowledge-totals">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="bo-line bo-quiet">{t('knowledge.expected.help')}</p>
      <p className="bo-line">
        <Link to="/treatments" className="bo-link">
          {t('nav.treatments')}
        </Link>
      </p>
    </section>
  )
}
