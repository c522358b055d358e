import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<Fulfillment['state'], StateTone> = {
  to_prepare: 'waiting',
  ready: 'primary',
  handed_over: 'done',
  shipped: 'done',
  cancelled: 'neutral',
}

/** How far a preparation is; "late" says more than "to prepare", so it takes its place. */
export function PreparationBadge({ preparation }: { preparation: Pick<Fulfillment, 'state' | 'late'> }) {
  const t = useT()
  const late = preparation.late && preparation.state === 'to_prepare'
  if (late) return <StateBadge tone="urgent">{t('preparation.late')}</StateBadge>
  return <StateBadge tone={tones[preparation.state]}>{t(`shipment.${preparation.state}`)}</StateBadge>
}
