import { useState } from 'react'
import { Button, Group, Stack } from '@mantine/core'
import type { Appointment, Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { formatDate } from '../../format.ts'
import { SidePanel } from '../../side-panel.tsx'
import { call } from '../api.ts'
import { useCan } from '../session.tsx'
import { useAct } from '../use-act.ts'
import { useWords } from '../words.ts'
import { AppointmentBadge } from './appointment-badge.tsx'
import { dateIn, touchedByAppointment } from './calendar-data.ts'
import { SlotPicker, type SlotWish } from './slot-picker.tsx'

type Props = { appointment: Appointment; site: Site; resources: readonly Resource[]; onClose: () => void }

/** One appointment: who comes, when and to whom; arrived, done or missed, moved or cancelled in place. */
export function AppointmentPanel({ appointment, site, resources, onClose }: Props) {
  const t = useWords()
  const { locale } = useLocale()
  const can = useCan()
  const { contact, state, startsAt, endsAt, note, seats } = appointment
  const time = (at: string) => formatDate(at, locale, 'time', site.timeZone)
  return (
    <SidePanel
      title={contact.name}
      badge={<AppointmentBadge state={state} />}
      itemKey={appointment.id}
      onClose={onClose}
      footer={can('fulfillment:write') && <Settle appointment={appointment} />}
    >
      <p>
        <strong>{appointment.serviceName}</strong>
        <br />
        {formatDate(startsAt, locale, 'weekday', site.timeZone)}, {time(startsAt)} – {time(endsAt)}
        <br />
        {[appointment.resourceName, appointment.alsoResourceName].filter(Boolean).join(' · ')}
        {seats > 1 && ` · ${t('ui.appointment.seatCount', { count: seats })}`}
      </p>
      <p>
        {contact.phone && (
          <a className="ec-phone" href={`tel:${contact.phone}`}>
            {formatPhone(contact.phone, locale)}
          </a>
        )}
        {contact.phone && contact.email && ' · '}
        {contact.email}
        <br />
        {t('ui.appointment.code', { code: appointment.code })}
      </p>
      {appointment.orderId && <p>{t('ui.appointment.bought')}</p>}
      {appointment.reservationId && <p>{t('ui.appointment.reserved')}</p>}
      {note && <p>{note}</p>}
      {state === 'booked' && can('fulfillment:write') && (
        <Change appointment={appointment} site={site} resources={resources} onClose={onClose} />
      )}
    </SidePanel>
  )
}

const next: Record<Appointment['state'], readonly ('arrived' | 'done' | 'no_show' | 'booked')[]> = {
  offered: [],
  booked: ['arrived', 'no_show'],
  arrived: ['done'],
  done: ['booked'],
  no_show: ['booked'],
  cancelled: [],
}

function Settle({ appointment }: { appointment: Appointment }) {
  const t = useWords()
  const { locale } = useLocale()
  const params = { appointmentId: appointment.id }
  const set = (state: 'arrived' | 'done' | 'no_show' | 'booked') =>
    call(endpoints.settleAppointment, { params, query: { locale }, body: { state } })
  const settle = useAct({
    act: set,
    touches: touchedByAppointment,
    done: ({ state }) => t('ui.appointment.noted', { state: t(`ui.appointment.state.${state}`) }),
  })
  return (
    <Group grow w="100%">
      {next[appointment.state].map((state, index) => (
        <Button
          key={state}
          size="md"
          variant={index === 0 && state !== 'booked' ? 'filled' : 'default'}
          loading={settle.isPending && settle.variables === state}
          onClick={() => settle.mutate(state)}
        >
          {t(`ui.appointment.to.${state}`)}
        </Button>
      ))}
    </Group>
  )
}

function Change({ appointment, site, resources, onClose }: Props) {
  const t = useWords()
  const { locale } = useLocale()
  const [wish, setWish] = useState<SlotWish | null>(null)
  const at = { params: { appointmentId: appointment.id }, query: { locale } }
  const move = useAct({
    act: ({ startsAt, resourceId }: SlotWish) =>
      call(endpoints.moveAppointment, { ...at, body: { startsAt, ...(resourceId ? { resourceId } : {}) } }),
    touches: touchedByAppointment,
    done: ({ startsAt }) =>
      t('ui.appointment.moved', { when: formatDate(startsAt, locale, 'dateTime', site.timeZone) }),
    onDone: () => setWish(null),
  })
  const cancel = useAct({
    act: () => call(endpoints.cancelAppointment, { ...at, body: {} }),
    touches: touchedByAppointment,
    done: () => t('ui.appointment.cancelled', { name: appointment.contact.name }),
    onDone: onClose,
  })
  if (!wish)
    return (
      <Group>
        <Button
          variant="default"
          onClick={() => setWish({ date: dateIn(site.timeZone, appointment.startsAt), startsAt: '', resourceId: null })}
        >
          {t('ui.appointment.move')}
        </Button>
        <Button variant="subtle" color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('ui.appointment.cancel')}
        </Button>
      </Group>
    )
  // With another person or in another room, at the same hour, is a move too.
  const target = wish.startsAt === '' && wish.resourceId ? { ...wish, startsAt: appointment.startsAt } : wish
  return (
    <Stack gap="sm">
      <SlotPicker
        {...{ site, resources, wish }}
        serviceCode={appointment.serviceCode}
        seats={appointment.seats}
        onWish={setWish}
      />
      <Group>
        <Button loading={move.isPending} disabled={target.startsAt === ''} onClick={() => move.mutate(target)}>
          {t('ui.appointment.moveHere')}
        </Button>
        <Button variant="default" onClick={() => setWish(null)}>
          {t('ui.appointment.keep')}
        </Button>
      </Group>
    </Stack>
  )
}
