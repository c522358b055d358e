import type { Match } from '@ecluse/contracts/matching.ts'
import { useT } from '../app/i18n.ts'
import { MatchReasons } from './match-reasons.tsx'
import { PairCard } from './pair-card.tsx'

export type Decision = 'merge' | 'not_same' | 'later' | 'reopen'

/** Two files that may be of one person. */
export function MatchCard({
  match,
  busy,
  onDecide,
}: {
  match: Match
  busy: boolean
  onDecide: (decision: Decision) => void
}) {
  const t = useT()
  const waits = match.state === 'open' || match.state === 'later'
  const decisions: readonly Decision[] = waits
    ? match.state === 'open'
      ? ['merge', 'not_same', 'later']
      : ['merge', 'not_same', 'reopen']
    : ['reopen']
  const names = { one: match.customer?.name ?? '', other: match.other?.name ?? '' }
  const words = t('matches.probability', { percent: Math.round(match.probability * 100) })
  return (
    <PairCard
      title={t('matches.pair', names)}
      words={waits ? words : `${words} · ${match.actor ?? t('matches.byRule')}`}
      customers={[match.customer, match.other]}
      reasons={<MatchReasons reasons={match.reasons} />}
      acts={decisions.map((act) => ({
        act,
        label: t(`matches.decide.${act}`),
        of: t(`matches.decide.${act}.of`, names),
      }))}
      busy={busy}
      onAct={onDecide}
    />
  )
}
