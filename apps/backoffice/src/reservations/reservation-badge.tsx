import type { Reservation } from '@ecluse/contracts/reservations.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<Reservation['state'], StateTone> = {
  to_put_aside: 'waiting',
  ready: 'primary',
  trying: 'primary',
  bought: 'done',
  released: 'neutral',
  cancelled: 'neutral',
  no_show: 'urgent',
}

/** Where a reservation stands. */
export function ReservationBadge({ state }: Pick<Reservation, 'state'>) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`reservation.state.${state}`)}</StateBadge>
}
