import type { Appointment } from '@ecluse/contracts/appointments.ts'
import { StateBadge, type StateTone } from '../../state-badge.tsx'
import { useWords } from '../words.ts'

const tones: Record<Appointment['state'], StateTone> = {
  offered: 'waiting',
  booked: 'waiting',
  arrived: 'primary',
  done: 'done',
  no_show: 'urgent',
  cancelled: 'neutral',
}

/** Where an appointment stands. */
export function AppointmentBadge({ state }: Pick<Appointment, 'state'>) {
  const t = useWords()
  return <StateBadge tone={tones[state]}>{t(`ui.appointment.state.${state}`)}</StateBadge>
}
