import { useState, type FormEvent } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconBasket, IconDoorEnter } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { Reservation } from '@ecluse/contracts/reservations.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { pickUp, putOnCounter } from '../sell/pick-up-pass.ts'
import { ReservationBadge } from './reservation-badge.tsx'
import { touchedByReservation } from './reservation-queries.ts'

type Props = { reservation: Reservation; onClose: () => void }

/** One reservation, from the shelf to the till: put aside, the customer comes, what they keep goes onto the counter. */
export function ReservationPanel({ reservation, onClose }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const { state, contact, lines, expiresAt, shelf, itemCount } = reservation
  const open = state === 'to_put_aside' || state === 'ready' || state === 'trying'
  return (
    <SidePanel
      title={contact.name}
      badge={<ReservationBadge state={state} />}
      itemKey={reservation.id}
      onClose={onClose}
      footer={
        open &&
        (state === 'to_put_aside' ? <PutAside reservation={reservation} /> : <Counter reservation={reservation} />)
      }
    >
      <p className="pos-dim">
        {reservation.code} · {t('visits.units', { count: itemCount })}
        {contact.phone && ` · ${formatPhone(contact.phone, locale)}`}
        {contact.email && ` · ${contact.email}`}
      </p>
      {open && <p>{t('visits.keptUntil', { date: formatDate(expiresAt, locale, 'dateTime') })}</p>}
      {shelf && <p className="pos-strong">{t('visits.shelfIs', { shelf })}</p>}
      <h3>{t('pickups.articles')}</h3>
      <ul className="pos-picking">
        {lines.map((line) => (
          <li key={line.variantId}>
            <Article line={line} />
          </li>
        ))}
      </ul>
      {open && state !== 'to_put_aside' && <Release reservation={reservation} />}
      {reservation.orderId && (
        <Link to="/receipts/$orderId" params={{ orderId: reservation.orderId }} className="pos-link">
          {t('pickups.receipt')}
        </Link>
      )}
    </SidePanel>
  )
}

function Article({ line }: { line: Reservation['lines'][number] }) {
  const t = useT()
  return (
    <span className="pos-article">
      <Thumb url={line.imageUrl} size={64} />
      <span className="pos-grow">
        <span className="pos-strong">{line.name}</span>
        {line.variantLabel && <span className="pos-dim">{line.variantLabel}</span>}
        <span className="pos-dim">
          {line.sku} · {line.placeName}
        </span>
        <span className="pos-dim">
          <Money value={line.unitPrice} />
          {line.bought !== null && ` · ${t('visits.boughtOf', { bought: line.bought, quantity: line.quantity })}`}
        </span>
      </span>
      <span className="pos-times" aria-label={t('visits.units', { count: line.quantity })}>
        ×{line.quantity}
      </span>
    </span>
  )
}

/** Says where it was laid; the customer is told that it is ready. */
function PutAside({ reservation }: { reservation: Reservation }) {
  const t = useT()
  const [shelf, setShelf] = useState('')
  const act = useAct({
    act: () =>
      call(endpoints.putReservationAside, {
        params: { reservationId: reservation.id },
        query: { locale: currentLocale() },
        body: { shelf: shelf.trim() || null },
      }),
    touches: touchedByReservation,
    done: () => t('visits.putAsideDone', { name: reservation.contact.name }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    act.mutate()
  }
  return (
    <form onSubmit={submit} className="pos-put-aside">
      <TextInput
        size="lg"
        label={t('visits.shelf')}
        placeholder="A-12"
        value={shelf}
        maxLength={60}
        onChange={(event) => setShelf(event.currentTarget.value)}
      />
      <Button type="submit" size="lg" fullWidth loading={act.isPending}>
        {t('visits.putAside')}
      </Button>
    </form>
  )
}

/** The customer is there; what they keep is sold with its kept price. */
function Counter({ reservation }: { reservation: Reservation }) {
  const t = useT()
  const { site, channelCode } = useShop()
  const navigate = useNavigate()
  const came = useAct({
    act: () =>
      call(endpoints.receiveVisitor, { params: { reservationId: reservation.id }, query: { locale: currentLocale() } }),
    touches: touchedByReservation,
  })
  const sell = useAct({
    act: () => pickUp(reservation.code.replace('-', ''), channelCode),
    touches: touchedByReservation,
    onDone: ({ pass, cart }) => {
      const { name, email } = reservation.contact
      putOnCounter(site.id, pass, cart, new Date(), { customer: email === null ? null : { name, email } })
      void navigate({ to: '/' })
    },
  })
  return (
    <Group grow w="100%">
      {reservation.state === 'ready' && (
        <Button
          size="lg"
          variant="default"
          leftSection={<IconDoorEnter size={22} aria-hidden />}
          loading={came.isPending}
          onClick={() => came.mutate()}
        >
          {t('visits.came')}
        </Button>
      )}
      <Button
        size="lg"
        leftSection={<IconBasket size={22} aria-hidden />}
        loading={sell.isPending}
        onClick={() => sell.mutate()}
      >
        {t('visits.sell')}
      </Button>
    </Group>
  )
}

function Release({ reservation }: { reservation: Reservation }) {
  const t = useT()
  const release = useAct({
    act: () =>
      call(endpoints.releaseReservation, {
        params: { reservationId: reservation.id },
        query: { locale: currentLocale() },
        body: {},
      }),
    touches: touchedByReservation,
    done: () => t('visits.released', { name: reservation.contact.name }),
  })
  return (
    <Button
      variant="subtle"
      leftSection={<IconArrowBackUp size={18} aria-hidden />}
      loading={release.isPending}
      onClick={() => release.mutate()}
    >
      {t('visits.release')}
    </Button>
  )
}
