import type { HouseholdProposal } from '@ecluse/contracts/households.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'
import { PairCard } from './pair-card.tsx'

export type HomeDecision = 'confirm' | 'apart' | 'later' | 'reopen'

/** From which weight on a reason speaks strongly. */
const much = 0.5

/** Two people who may live together. */
export function HomeCard({
  proposal,
  busy,
  onDecide,
}: {
  proposal: HouseholdProposal
  busy: boolean
  onDecide: (decision: HomeDecision) => void
}) {
  const t = useT()
  const waits = proposal.state === 'open' || proposal.state === 'later'
  const decisions: readonly HomeDecision[] = waits
    ? ['confirm', 'apart', proposal.state === 'open' ? 'later' : 'reopen']
    : ['reopen']
  const names = { one: proposal.customer?.name ?? '', other: proposal.other?.name ?? '' }
  const words = t('homes.score', { percent: Math.round(proposal.score * 100) })
  return (
    <PairCard
      title={t('matches.pair', names)}
      words={proposal.actor === null ? words : `${words} · ${proposal.actor}`}
      customers={[proposal.customer, proposal.other]}
      reasons={
        <ul className="bo-plain-list">
          {proposal.reasons.map(({ evidence, weight }) => (
            <li key={evidence} className="bo-row-between">
              <span className="bo-wrap">{t(`homes.evidence.${evidence}`)}</span>
              <StateBadge tone="done">{t(weight >= much ? 'matches.for.much' : 'matches.for.some')}</StateBadge>
            </li>
          ))}
        </ul>
      }
      acts={decisions.map((act) => ({ act, label: t(`homes.decide.${act}`), of: t(`homes.decide.${act}.of`, names) }))}
      busy={busy}
      onAct={onDecide}
    />
  )
}
