import { useState } from 'react'
import { Button, Skeleton, Textarea } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { Page } from '../../common/page.tsx'
import { askEveryMs, isOpen } from '../computation.tsx'

const route = getRouteApi('/audits')
const tones = {
  waiting: 'waiting',
  running: 'primary',
  done: 'done',
  failed: 'urgent',
  cancelled: 'neutral',
} as const satisfies Record<string, StateTone>

/** Audits that were made, the button that makes one, and the prices of competitors the next one compares with. */
export function AuditsPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const navigate = route.useNavigate()
  const query = useQuery({
    ...apiQuery(endpoints.listAudits, {}),
    refetchInterval: ({ state: { data } }) => (data?.items.some(({ state }) => isOpen(state)) ? askEveryMs : false),
  })
  const items = query.data?.items ?? []
  const start = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.startAudit, {}, { idempotencyKey }),
    touches: ['/audits'],
    done: () => t('audits.started'),
    onDone: ({ id }) => void navigate({ to: '/audits/$auditId', params: { auditId: id } }),
  })
  const button = can('strategy:write') && (
    <Button
      leftSection={<IconClipboardCheck size={16} aria-hidden />}
      loading={start.isPending}
      onClick={() => start.mutate()}
    >
      {t('audits.start')}
    </Button>
  )
  return (
    <Page title={t('nav.audits')} summary={t('audits.summary')} acts={button}>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data && items.length === 0 && <EmptyState title={t('audits.none')} hint={t('audits.none.help')} />}
        {items.map(({ id, at, by, from, until, state, weaknesses }) => (
          <Card
            key={id}
            title={t('audits.of', { at: formatDate(at, locale, 'dateTime') })}
            acts={<StateBadge tone={tones[state]}>{t(`audits.state.${state}`)}</StateBadge>}
          >
            <p className="bo-line">
              <Link to="/audits/$auditId" params={{ auditId: id }} className="bo-link">
                {weaknesses === null ? t('audits.see') : t('audits.weak', { count: weaknesses })}
              </Link>{' '}
              {t('audits.by', {
                by: by ?? '',
                from: formatDate(from, locale, 'day'),
                until: formatDate(until, locale, 'day'),
              })}
            </p>
          </Card>
        ))}
        {can('strategy:write') && <CompetitorPrices />}
      </div>
    </Page>
  )
}

function CompetitorPrices() {
  const t = useT()
  const [csv, setCsv] = useState('')
  const send = useAct({
    act: () => call(endpoints.importCompetitorPrices, { body: { csv } }),
    touches: ['/audits'],
    done: ({ written }) => t('audits.prices.done', { count: written }),
    quiet: true,
    onDone: () => setCsv(''),
  })
  return (
    <Card title={t('audits.prices.import')}>
      <form
        className="bo-stack"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <FormProblem error={send.error} />
        <Textarea
          label={t('audits.prices.csv')}
          description={t('audits.prices.help')}
          autosize
          minRows={4}
          maxRows={16}
          value={csv}
          onChange={({ currentTarget: { value } }) => setCsv(value)}
        />
        <Button type="submit" variant="default" w="fit-content" loading={send.isPending} disabled={csv.trim() === ''}>
          {t('audits.prices.send')}
        </Button>
      </form>
    </Card>
  )
}
