import type { LotSummary } from '@ecluse/contracts/lots.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones = {
  away: 'neutral',
  in_stock: 'done',
  kept_back: 'waiting',
  in_transit: 'waiting',
  sold: 'neutral',
} as const

/** Whether a lot is blocked, and where a unit with a serial number is. */
export function LotBadge({ lot }: { lot: Pick<LotSummary, 'blocked' | 'state'> }) {
  const t = useT()
  if (lot.blocked) return <StateBadge tone="urgent">{t('lots.blocked')}</StateBadge>
  return lot.state && <StateBadge tone={tones[lot.state]}>{t(`lots.state.${lot.state}`)}</StateBadge>
}
