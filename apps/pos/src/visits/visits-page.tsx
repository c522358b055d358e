import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { AppointmentCalendar } from '@ecluse/ui/staff/appointments/appointment-calendar.tsx'
import { dateIn } from '@ecluse/ui/staff/appointments/calendar-data.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { Segments } from '../common/segments.tsx'
import { ReservationsList } from './reservations-list.tsx'

/** Who is expected in this shop: those who reserved articles to try, and those who have an appointment. */
export function VisitsPage() {
  const t = useT()
  const { site } = useShop()
  const search = useSearch({ from: '/visits' })
  const navigate = useNavigate({ from: '/visits' })
  useDocumentTitle(`${t('nav.visits')} · Écluse`)
  const { view = 'reservations' } = search
  const appointments = view !== 'reservations'
  return (
    <div className="pos-page" data-panel={search.open !== undefined || undefined} data-wide={appointments || undefined}>
      <div className="pos-page-list">
        <h1>{t('nav.visits')}</h1>
        <Segments<'reservations' | 'day'>
          label={t('visits.which')}
          value={appointments ? 'day' : 'reservations'}
          choices={[
            { value: 'reservations', label: t('visits.which.reservations') },
            { value: 'day', label: t('visits.which.appointments') },
          ]}
          onChange={(next) => void navigate({ search: { view: next }, replace: true })}
        />
        {appointments ? (
          <AppointmentCalendar
            site={site}
            place={{ view, date: search.date ?? dateIn(site.timeZone, new Date()), open: search.open }}
            onPlace={(patch) => void navigate({ search: { ...search, ...patch }, replace: true })}
          />
        ) : (
          <ReservationsList />
        )}
      </div>
    </div>
  )
}
