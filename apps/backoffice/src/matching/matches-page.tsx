import { Button, Skeleton, Tabs } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { matchStates, type Match } from '@ecluse/contracts/matching.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { singleKeysEnabled } from '@ecluse/ui/shortcuts.ts'
import { apiPages, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { MatchCard, type Decision } from './match-card.tsx'

const route = getRouteApi('/customers/matches')
const touched = ['/customer-matches', '/customers', '/orders']

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

/** Customers that may be one: somebody says. The first of the list is decided by a key. */
export function MatchesPage() {
  const t = useT()
  const can = useCan()
  const { state = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const pages = useInfiniteQuery(apiPages(endpoints.listMatches, { query: { state, limit: 20 } }))
  const matches = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const act = useDecisions(matches[0], state === 'open')
  const search = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.findMatches, {}, { idempotencyKey }),
    touches: touched,
    done: () => t('matches.searching'),
  })
  return (
    <Page
      title={t('nav.matches')}
      summary={t('matches.summary')}
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
      <Tabs
        value={state}
        onChange={(value) =>
          void navigate({ search: { state: matchStates.find((one) => one === value) }, replace: true })
        }
      >
        <Tabs.List mb="md">
          {matchStates.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`matches.state.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {matchStates.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {one === state && <Pairs pages={pages} matches={matches} act={act} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

function Pairs({
  pages,
  matches,
  act,
}: {
  pages: UseInfiniteQueryResult
  matches: readonly Match[]
  act: ReturnType<typeof useDecisions>
}) {
  const t = useT()
  return (
    <div className="bo-stack">
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={240} />}
      {!pages.isPending && !pages.isError && matches.length === 0 && (
        <EmptyState title={t('matches.empty')} hint={t('matches.empty.help')} />
      )}
      {matches.map((match) => (
        <MatchCard
          key={`${match.customerId} ${match.otherId}`}
          match={match}
          busy={act.isPending}
          onDecide={(decision) => act.mutate({ match, decision })}
        />
      ))}
      <ListFoot
        shown={matches.length}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </div>
  )
}
