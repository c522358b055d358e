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

/** Where a pick-up stands; late only while someone can still do something about it. */
export function PickupBadge({ pickup }: { pickup: Fulfillment }) {
  const t = useT()
  if (pickup.late && pickup.state === 'to_prepare') return <StateBadge tone="urgent">{t('pickups.late')}</StateBadge>
  return <StateBadge tone={tones[pickup.state]}>{t(`pickups.badge.${pickup.state}`)}</StateBadge>
}
