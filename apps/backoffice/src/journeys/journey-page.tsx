import { Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { journeyTabs, type JourneySearch, type JourneyTab } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { JourneyActs } from './journey-acts.tsx'
import { JourneyEditor } from './journey-editor.tsx'
import { JourneyPeople } from './journey-people.tsx'
import { JourneyResultsTab } from './journey-results.tsx'
import { JourneySettingsForm } from './journey-settings.tsx'
import { JourneyVersions } from './journey-versions.tsx'
import { SaveProblem } from './save-note.tsx'
import { useDraft } from './use-draft.ts'
import { stateWords, toneOfState } from './use-journey.ts'
import './journeys.css'
import './journey-people.css'

const route = getRouteApi('/journeys/$journeyId')

/** One campaign or journey: its graph, who is in it, what it brings, how it is held. */
export function JourneyPage() {
  const t = useT()
  const { journeyId } = route.useParams()
  const query = useQuery({
    ...apiQuery(endpoints.getJourney, { params: { journeyId } }),
    // What is written here must not be replaced under the writer's hands; conflicts are told when it is kept.
    refetchOnWindowFocus: false,
  })
  if (query.data) return <OpenJourney key={journeyId} journey={query.data} />
  return (
    <Page title={t('journeys.one')} back={{ to: '/journeys', label: t('nav.journeys') }}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
    </Page>
  )
}

function OpenJourney({ journey }: { journey: Journey }) {
  const t = useT()
  const can = useCan()
  const { tab = 'graph' } = route.useSearch()
  const navigate = route.useNavigate()
  const desk = useDraft(journey)
  const editable = can('campaigns:write') && journey.state !== 'stopped'
  const go = (search: JourneySearch) => void navigate({ search, replace: true, resetScroll: false })
  return (
    <Page
      title={desk.draft.name || t('journeys.nameless')}
      badge={<StateBadge tone={toneOfState[journey.state]}>{t(`journeys.state.${journey.state}`)}</StateBadge>}
      summary={summaryOf()}
      back={{ to: '/journeys', label: t('nav.journeys') }}
      acts={can('campaigns:write') && <JourneyActs journey={journey} desk={desk} />}
    >
      <SaveProblem desk={desk} />
      <Tabs value={tab} onChange={(value) => go({ tab: value as JourneyTab })} keepMounted={false}>
        <Tabs.List mb="md">
          {journeyTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`journeys.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>{panelOf()}</Tabs.Panel>
      </Tabs>
    </Page>
  )

  function summaryOf(): string {
    const reason = stateWords(t, journey)
    if (reason !== null) return reason
    if (journey.publishedVersion === null) return t('journeys.unpublished')
    return t(journey.changedSince ? 'journeys.version.changed' : 'journeys.version.of', {
      version: journey.publishedVersion,
    })
  }

  function panelOf() {
    switch (tab) {
      case 'graph':
        return <GraphTab journey={journey} desk={desk} editable={editable} />
      case 'settings':
        return <JourneySettingsForm desk={desk} editable={editable} />
      case 'people':
        return <JourneyPeople journey={journey} />
      case 'results':
        return <JourneyResultsTab journey={journey} />
      case 'versions':
        return <JourneyVersions journey={journey} />
    }
  }
}

function GraphTab(props: { journey: Journey; desk: ReturnType<typeof useDraft>; editable: boolean }) {
  const { view } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <JourneyEditor
      {...props}
      view={view}
      onView={(next) => void navigate({ search: { view: next }, replace: true, resetScroll: false })}
    />
  )
}
