import { useState, type FormEvent } from 'react'
import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { formatDate } from '../../format.ts'
import { apiQuery, call, messageOf } from '../api.ts'
import { useAct } from '../use-act.ts'
import { useWords } from '../words.ts'
import { touchedByAppointment } from './calendar-data.ts'
import { SlotPicker, type SlotWish } from './slot-picker.tsx'

type Props = {
  site: Site
  date: string
  resources: readonly Resource[]
  /** Whom it is for, where that is known: whoever is on the telephone. */
  start?: Visitor
  onBooked?: () => void
  onClose: () => void
}

/** Books for somebody on the telephone, or at the counter: staff are not held to the notice of the service. */
export function BookDialog({ site, date, resources, start, onBooked, onClose }: Props) {
  const t = useWords()
  const { locale } = useLocale()
  const services = useQuery(apiQuery(endpoints.listServices, { query: { locale } }))
  const offered = (services.data?.items ?? []).filter(({ active, siteIds }) => active && siteIds.includes(site.id))
  const [code, setCode] = useState<string | null>(null)
  const [wish, setWish] = useState<SlotWish>({ date, startsAt: '', resourceId: null })
  const [seats, setSeats] = useState(1)
  const [who, setWho] = useState<Visitor>(start ?? { name: '', phone: '', email: '', note: '' })
  const service = offered.find((one) => one.code === code) ?? (offered.length === 1 ? offered[0] : undefined)
  const book = useBooking({ site, serviceCode: service?.code ?? '', wish, seats, who }, () => {
    onClose()
    onBooked?.()
  })
  const ready = service && wish.startsAt !== '' && who.name.trim() !== '' && (who.phone.trim() || who.email.trim())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) book.mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ui.appointment.new')}
      closeButtonProps={{ 'aria-label': t('ui.panel.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {book.isError && (
            <Alert color="red" role="alert">
              {messageOf(book.error)}
            </Alert>
          )}
          <Select
            label={t('ui.appointment.service')}
            data={offered.map((one) => ({ value: one.code, label: one.name[locale] || one.name.fr }))}
            value={service?.code ?? null}
            allowDeselect={false}
            onChange={(value) => {
              setCode(value)
              setWish({ ...wish, startsAt: '', resourceId: null })
            }}
          />
          {service && service.mostSeats > 1 && (
            <NumberInput
              label={t('ui.appointment.seats')}
              min={1}
              max={service.mostSeats}
              allowDecimal={false}
              value={seats}
              onChange={(value) => setSeats(Math.max(1, Number(value)))}
            />
          )}
          {service && <SlotPicker {...{ site, seats, resources, wish }} serviceCode={service.code} onWish={setWish} />}
          <Who who={who} onWho={setWho} />
          <Group justify="flex-end">
            <Button type="submit" loading={book.isPending} disabled={!ready}>
              {t('ui.appointment.book')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type Visitor = { name: string; phone: string; email: string; note: string }
type Asked = { site: Site; serviceCode: string; wish: SlotWish; seats: number; who: Visitor }

function useBooking({ site, serviceCode, wish, seats, who }: Asked, onClose: () => void) {
  const t = useWords()
  const { locale } = useLocale()
  return useAct({
    act: (_: void, key) =>
      call(
        endpoints.bookAppointment,
        {
          body: {
            service: serviceCode,
            siteId: site.id,
            startsAt: wish.startsAt,
            seats,
            note: who.note.trim(),
            contact: { name: who.name.trim(), phone: who.phone.trim() || null, email: who.email.trim() || null },
            ...(wish.resourceId ? { resourceId: wish.resourceId } : {}),
            locale,
          },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByAppointment,
    done: (made) =>
      t('ui.appointment.booked', {
        name: made.contact.name,
        when: formatDate(made.startsAt, locale, 'dateTime', site.timeZone),
      }),
    quiet: true,
    onDone: onClose,
  })
}

function Who({ who, onWho }: { who: Visitor; onWho: (who: Visitor) => void }) {
  const t = useWords()
  const field = (name: keyof Visitor) => ({
    value: who[name],
    onChange: (event: { currentTarget: { value: string } }) => onWho({ ...who, [name]: event.currentTarget.value }),
  })
  return (
    <>
      <TextInput label={t('ui.appointment.name')} autoComplete="off" maxLength={120} {...field('name')} />
      <TextInput label={t('ui.appointment.phone')} type="tel" autoComplete="off" maxLength={30} {...field('phone')} />
      <TextInput
        label={t('ui.appointment.email')}
        description={t('ui.appointment.reach')}
        type="email"
        autoComplete="off"
        maxLength={254}
        {...field('email')}
      />
      <Textarea label={t('ui.appointment.note')} maxLength={500} autosize minRows={2} {...field('note')} />
    </>
  )
}
