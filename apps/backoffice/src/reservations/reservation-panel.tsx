import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Reservation } from '@ecluse/contracts/reservations.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { ReservationBadge } from './reservation-badge.tsx'

/** One reservation: who, what, where and what became of each article. */
export function ReservationPanel({ reservationId, onClose }: { reservationId: string; onClose: () => void }) {
  const { locale } = useLocale()
  const query = { params: { reservationId }, query: { locale } }
  const reservation = useQuery(apiQuery(endpoints.getReservation, query))
  if (reservation.isError)
    return (
      <SidePanel title="–" itemKey={reservationId} onClose={onClose}>
        <ErrorNote error={reservation.error} onRetry={() => void reservation.refetch()} />
      </SidePanel>
    )
  return reservation.data ? <Shown reservation={reservation.data} onClose={onClose} /> : null
}

function Shown({ reservation, onClose }: { reservation: Reservation; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const can = useCan()
  const { contact, state } = reservation
  const when = (at: string | null) => at && formatDate(at, locale, 'dateTime')
  const open = reservation.endedAt === null
  const cancel = useAct({
    act: () =>
      call(endpoints.cancelReservation, { params: { reservationId: reservation.id }, query: { locale }, body: {} }),
    touches: ['/reservations', '/reservation-figures', '/stock'],
    done: () => t('reservation.cancelled', { name: contact.name }),
  })
  return (
    <SidePanel
      title={contact.name}
      badge={<ReservationBadge state={state} />}
      itemKey={reservation.id}
      onClose={onClose}
      footer={
        open &&
        can('fulfillment:write') && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('reservation.cancel')}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          [t('reservation.code'), reservation.code],
          [t('orders.site'), reservation.siteName],
          [t('orders.channel'), <ChannelOf key="channel" code={reservation.channelCode} variant="plain" />],
          [t('reservation.email'), contact.email],
          [t('reservation.phone'), contact.phone && <PhoneLink key="phone" phone={contact.phone} />],
          [t('reservation.made'), when(reservation.createdAt)],
          [t('reservation.readyAt'), when(reservation.readyAt)],
          [t('reservation.shelf'), reservation.shelf],
          [t('reservation.cameAt'), when(reservation.cameAt)],
          [open ? t('reservation.until') : t('reservation.ended'), when(reservation.endedAt ?? reservation.expiresAt)],
        ]}
      />
      <h3>{t('reservation.articles')}</h3>
      <ul className="bo-reserved">
        {reservation.lines.map((line) => (
          <li key={line.variantId}>
            <Thumb url={line.imageUrl} size={48} />
            <TwoLines
              first={line.name}
              second={[line.variantLabel, line.sku, line.placeName].filter(Boolean).join(' · ')}
            />
            <span className="bo-reserved-end">
              <span>
                {line.quantity} × <Money value={line.unitPrice} />
              </span>
              {line.bought !== null && <span>{t('reservation.boughtOf', { count: line.bought })}</span>}
            </span>
          </li>
        ))}
      </ul>
      {reservation.orderId && (
        <Link to="/orders/$orderId" params={{ orderId: reservation.orderId }} className="bo-link">
          {t('reservation.order')}
        </Link>
      )}
    </SidePanel>
  )
}
