import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { journeyStates, type JourneySummary } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { FilterSelect } from '../list/filter-select.tsx'
import { formatMicro } from './money.ts'
import { NewJourney } from './new-journey.tsx'
import { stateWords, toneOfState } from './use-journey.ts'
import './journeys.css'
import './journey-people.css'

const route = getRouteApi('/journeys')

/** Every campaign and journey: its state, who is in it, when it next begins, what it cost. */
export function JourneysPage() {
  const t = useT()
  const can = useCan()
  const { state } = route.useSearch()
  const navigate = route.useNavigate()
  const [making, setMaking] = useState(false)
  const query = useQuery({ ...apiQuery(endpoints.listJourneys, {}), refetchInterval: 15_000 })
  const all = query.data?.items ?? []
  const shown = state ? all.filter((journey) => journey.state === state) : all
  const create = can('campaigns:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('journeys.new')}
    </Button>
  )
  return (
    <Page
      title={t('nav.journeys')}
      summary={t('journeys.summary')}
      acts={
        all.length > 0 && (
          <>
            <Button component={Link} to="/journeys/calendar" variant="default">
              {t('nav.contactCalendar')}
            </Button>
            {create}
          </>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && all.length === 0 && (
        <EmptyState title={t('journeys.empty')} hint={t('journeys.empty.help')}>
          {create}
        </EmptyState>
      )}
      {all.length > 0 && (
        <div className="bo-stack">
          <div className="bo-journey-bar">
            <FilterSelect
              label={t('journeys.state')}
              value={state}
              options={journeyStates.map((value) => ({ value, label: t(`journeys.state.${value}`) }))}
              onChange={(value) => void navigate({ search: { state: value }, replace: true })}
            />
          </div>
          {shown.length === 0 && <EmptyState compact title={t('journeys.none')} />}
          <ul className="bo-journeys">
            {shown.map((journey) => (
              <JourneyItem key={journey.id} journey={journey} />
            ))}
          </ul>
        </div>
      )}
      {making && <NewJourney onClose={() => setMaking(false)} />}
    </Page>
  )
}

function JourneyItem({ journey }: { journey: JourneySummary }) {
  const t = useT()
  const { locale } = useLocale()
  const { id, name, description, kind, state, stateAt, people, startsAt, spentMicro } = journey
  const reason = stateWords(t, journey)
  const figure = (value: number, words: string) => (
    <span className="bo-journey-figure">
      <strong>{formatNumber(value, locale)}</strong> {words}
    </span>
  )
  return (
    <li className="bo-card bo-journey-item">
      <div>
        <p className="bo-journey-node-title">
          <Link to="/journeys/$journeyId" params={{ journeyId: id }} className="bo-link bo-journey-name">
            {name}
          </Link>
          <StateBadge tone={toneOfState[state]}>{t(`journeys.state.${state}`)}</StateBadge>
          <span className="bo-quiet">{t(`journeys.kind.${kind}`)}</span>
        </p>
        {description && <p className="bo-line bo-quiet">{description}</p>}
        {reason && (
          <p className="bo-line bo-journey-reason">
            {reason} · <RelativeTime at={stateAt} />
          </p>
        )}
        {startsAt && (
          <p className="bo-line">{t('journeys.startsAt', { at: formatDate(startsAt, locale, 'dateTime') })}</p>
        )}
      </div>
      <p className="bo-journey-numbers">
        {figure(people.entered, t('journeys.entered', { count: people.entered }))}
        {figure(people.inside, t('journeys.insideNow', { count: people.inside }))}
        {figure(people.goal, t('journeys.reached', { count: people.goal }))}
        <span className="bo-journey-figure">{t('journeys.spent', { amount: formatMicro(spentMicro, locale) })}</span>
      </p>
    </li>
  )
}
