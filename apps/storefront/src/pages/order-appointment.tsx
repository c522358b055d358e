/** @jsxRuntime automatic @jsxImportSource preact */
import type { Order } from '@ecluse/contracts/orders.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'

/** The appointment an order was bought with. */
export function AppointmentCard({ visit: { t, locale }, order: { appointment } }: { visit: Visit; order: Order }) {
  if (!appointment) return null
  const { name, siteName, startsAt, timeZone } = appointment
  return (
    <section class="card">
      <h2>{t('appointment.title')}</h2>
      <p>
        <strong>{name}</strong>
        <br />
        {formatDate(startsAt, locale, 'weekday', timeZone)}, {formatDate(startsAt, locale, 'time', timeZone)}
        <br />
        {siteName}
      </p>
    </section>
  )
}
