import { useInfiniteQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { householdProposalStates, type HouseholdProposal } from '@ecluse/contracts/households.ts'
import { apiPages, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { HomeCard, type HomeDecision } from './home-card.tsx'
import { PairTabs } from './pair-tabs.tsx'

type State = HouseholdProposal['state']
type Asked = { proposal: HouseholdProposal; decision: HomeDecision }

const decide = ({ proposal: { customerId, otherId }, decision }: Asked, idempotencyKey?: string) =>
  call(
    endpoints.decideHouseholdProposal,
    { params: { customerId, otherId }, body: { decision } },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  )

/** People who may live together: somebody says. */
export function HomesQueue({ state, onState }: { state: State; onState: (state: State) => void }) {
  const t = useT()
  const pages = useInfiniteQuery(apiPages(endpoints.listHouseholdProposals, { query: { state, limit: 20 } }))
  const proposals = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const act = useAct({
    act: (asked: Asked, key) => decide(asked, key),
    touches: ['/household-proposals', '/customers'],
    done: (_, { decision }) => t(`homes.done.${decision}`),
    undo: (_, { proposal, decision }) =>
      decision === 'reopen' ? Promise.resolve() : decide({ proposal, decision: 'reopen' }),
  })
  return (
    <PairTabs
      states={householdProposalStates}
      state={state}
      label={(one) => t(`homes.state.${one}`)}
      onState={onState}
      pages={pages}
      shown={proposals.length}
      empty={{ title: t('homes.empty'), hint: t('homes.empty.help') }}
    >
      {proposals.map((proposal) => (
        <HomeCard
          key={`${proposal.customerId} ${proposal.otherId}`}
          proposal={proposal}
          busy={act.isPending}
          onDecide={(decision) => act.mutate({ proposal, decision })}
        />
      ))}
    </PairTabs>
  )
}
