import { Button, SegmentedControl } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { householdProposalStates } from '@ecluse/contracts/households.ts'
import { matchStates, type Match } from '@ecluse/contracts/matching.ts'
import { singleKeysEnabled } from '@ecluse/ui/shortcuts.ts'
import { apiPages, call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { HomesQueue } from './homes-queue.tsx'
import { MatchCard, type Decision } from './match-card.tsx'
import { PairTabs } from './pair-tabs.tsx'

const route = getRouteApi('/customers/matches')
const touched = ['/customer-matches', '/household-proposals', '/customers', '/orders']

const decide = ({ match: { customerId, otherId }, decision }: Asked, idempotencyKey?: string) =>
  call(
    endpoints.decideMatch,
    { params: { customerId, otherId }, body: { decision } },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  )
type Asked = { match: Match; decision: Decision }

/** Decides pairs, and the first of those that wait by a key. */
function useDecisions(first: Match | undefined, waiting: boolean) {
  const t = useT()
  const can = useCan()
  const act = useAct({
    act: (asked: Asked, key) => decide(asked, key),
    touches: touched,
    done: (_, { decision }) => t(`matches.done.${decision}`),
    undo: (_, { match, decision }) =>
      decision === 'reopen' ? Promise.resolve() : decide({ match, decision: 'reopen' }),
  })
  const decideFirst = (decision: Decision) => () => {
    if (first && waiting && can('customers:write') && singleKeysEnabled() && !act.isPending)
      act.mutate({ match: first, decision })
  }
  useHotkeys([
    ['f', decideFirst('merge')],
    ['n', decideFirst('not_same')],
    ['l', decideFirst('later')],
  ])
  return act
}

const abouts = ['person', 'household'] as const

/** Customers that may be one person, or live together: somebody says. */
export function MatchesPage() {
  const t = useT()
  const can = useCan()
  const { about = 'person', state } = route.useSearch()
  const navigate = route.useNavigate()
  const search = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.findMatches, {}, { idempotencyKey }),
    touches: touched,
    done: () => t('matches.searching'),
  })
  const onState = (state: NonNullable<ReturnType<typeof route.useSearch>['state']>) =>
    void navigate({ search: (before) => ({ ...before, state }), replace: true })
  return (
    <Page
      title={t('nav.matches')}
      summary={t(about === 'person' ? 'matches.summary' : 'homes.summary')}
      acts={
        can('customers:write') && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={search.isPending}
            onClick={() => search.mutate()}
          >
            {t('matches.search')}
          </Button>
        )
      }
    >
      <SegmentedControl
        mb="md"
        aria-label={t('matches.about')}
        value={about}
        data={abouts.map((value) => ({ value, label: t(`matches.about.${value}`) }))}
        onChange={(value) => void navigate({ search: { about: abouts.find((one) => one === value) }, replace: true })}
      />
      {about === 'person' ? (
        <PeopleQueue state={matchStates.find((one) => one === state) ?? 'open'} onState={onState} />
      ) : (
        <HomesQueue state={householdProposalStates.find((one) => one === state) ?? 'open'} onState={onState} />
      )}
    </Page>
  )
}

/** Files that may be of one person. The first of the list is decided by a key. */
function PeopleQueue({ state, onState }: { state: Match['state']; onState: (state: Match['state']) => void }) {
  const t = useT()
  const pages = useInfiniteQuery(apiPages(endpoints.listMatches, { query: { state, limit: 20 } }))
  const matches = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const act = useDecisions(matches[0], state === 'open')
  return (
    <PairTabs
      states={matchStates}
      state={state}
      label={(one) => t(`matches.state.${one}`)}
      onState={onState}
      pages={pages}
      shown={matches.length}
      empty={{ title: t('matches.empty'), hint: t('matches.empty.help') }}
    >
      {matches.map((match) => (
        <MatchCard
          key={`${match.customerId} ${match.otherId}`}
          match={match}
          busy={act.isPending}
          onDecide={(decision) => act.mutate({ match, decision })}
        />
      ))}
    </PairTabs>
  )
}
