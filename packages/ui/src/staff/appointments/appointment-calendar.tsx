import { useState, type KeyboardEvent } from 'react'
import { ActionIcon, Button, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import type { Appointment, Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { EmptyState } from '../../empty-state.tsx'
import { formatDate } from '../../format.ts'
import { ErrorNote } from '../error-note.tsx'
import { useCan } from '../session.tsx'
import { useWords } from '../words.ts'
import { AppointmentPanel } from './appointment-panel.tsx'
import { BookDialog } from './book-dialog.tsx'
import { dateIn, hourIn, mondayOf, plusDays, useCalendar } from './calendar-data.ts'
import { hoursShown, lanesOf } from './day-lanes.ts'
import './appointments.css'

export type CalendarPlace = { view: 'day' | 'week'; date: string; open: string | undefined }

type Props = { site: Site; place: CalendarPlace; onPlace: (patch: Partial<CalendarPlace>) => void }

/**
 * The appointments of a shop, a day by resource or a week by day. Arrows go from one to the next, Enter opens it; the same in the
 * back office and at the till.
 */
export function AppointmentCalendar({ site, place, onPlace }: Props) {
  const t = useWords()
  const can = useCan()
  const [booking, setBooking] = useState(false)
  const { view, date } = place
  const first = view === 'week' ? mondayOf(date) : date
  const step = view === 'week' ? 7 : 1
  const calendar = useCalendar(site, first, step)
  const chosen = calendar.items.find(({ id }) => id === place.open)
  const open = (appointment: Appointment) => onPlace({ open: appointment.id })
  return (
    <div className="ec-calendar">
      <Group justify="space-between" gap="sm">
        <Dates site={site} place={place} onPlace={onPlace} />
        <Group gap="xs">
          <SegmentedControl<'day' | 'week'>
            aria-label={t('ui.appointment.view')}
            value={view}
            onChange={(next) => onPlace({ view: next, open: undefined })}
            data={(['day', 'week'] as const).map((value) => ({ value, label: t(`ui.appointment.view.${value}`) }))}
          />
          {can('fulfillment:write') && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setBooking(true)}>
              {t('ui.appointment.new')}
            </Button>
          )}
        </Group>
      </Group>
      {calendar.error && <ErrorNote error={calendar.error} onRetry={calendar.retry} />}
      {calendar.loading && <Skeleton height={320} />}
      {!calendar.loading && calendar.resources.length === 0 && (
        <EmptyState title={t('ui.appointment.none')} hint={t('ui.appointment.none.help')} />
      )}
      {view === 'day' && openingOn(site, date).length === 0 && (
        <p className="ec-calendar-note">{t('ui.appointment.closed')}</p>
      )}
      {calendar.resources.length > 0 &&
        (view === 'day' ? (
          <Day {...{ site, date, open }} chosen={place.open} resources={calendar.resources} items={calendar.on(date)} />
        ) : (
          <Week
            {...{ site, open }}
            chosen={place.open}
            days={Array.from({ length: 7 }, (_, index) => plusDays(first, index))}
            on={calendar.on}
            onDay={(day) => onPlace({ view: 'day', date: day, open: undefined })}
          />
        ))}
      {chosen && (
        <AppointmentPanel
          key={chosen.id}
          appointment={chosen}
          site={site}
          resources={calendar.resources}
          onClose={() => onPlace({ open: undefined })}
        />
      )}
      {booking && <BookDialog {...{ site, date }} resources={calendar.resources} onClose={() => setBooking(false)} />}
    </div>
  )
}

/** Which days are shown, and the way to others. */
function Dates({ site, place: { view, date }, onPlace }: Props) {
  const t = useWords()
  const { locale } = useLocale()
  const first = view === 'week' ? mondayOf(date) : date
  const step = view === 'week' ? 7 : 1
  const today = dateIn(site.timeZone, new Date())
  const long = (day: string) => formatDate(`${day}T12:00:00Z`, locale, 'weekday', site.timeZone)
  return (
    <Group gap="xs">
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t(view === 'week' ? 'ui.appointment.weekBefore' : 'ui.appointment.dayBefore')}
        onClick={() => onPlace({ date: plusDays(date, -step), open: undefined })}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" disabled={date === today} onClick={() => onPlace({ date: today, open: undefined })}>
        {t('ui.appointment.today')}
      </Button>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t(view === 'week' ? 'ui.appointment.weekAfter' : 'ui.appointment.dayAfter')}
        onClick={() => onPlace({ date: plusDays(date, step), open: undefined })}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <h2 className="ec-calendar-title" aria-live="polite">
        {view === 'week' ? t('ui.appointment.weekOf', { date: long(first) }) : long(date)}
      </h2>
    </Group>
  )
}

/** Arrows go from one appointment to the next, as they are read. */
function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const by =
    event.key === 'ArrowDown' || event.key === 'ArrowRight'
      ? 1
      : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
        ? -1
        : 0
  if (by === 0) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.ec-appointment')]
  const at = all.indexOf(document.activeElement as HTMLElement)
  const to = all[at < 0 ? 0 : at + by]
  if (!to) return
  event.preventDefault()
  to.focus()
}

/** The opening hours of a shop on a day of its week. */
function openingOn(site: Site, date: string) {
  const weekday = ((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1
  return site.openingHours.filter((hours) => hours.weekday === weekday)
}

type DayProps = {
  site: Site
  date: string
  resources: readonly Resource[]
  items: readonly Appointment[]
  chosen: string | undefined
  open: (appointment: Appointment) => void
}

/** Rows of a quarter of an hour. */
const rowsPerHour = 4

function Day({ site, date, resources, items, chosen, open }: DayProps) {
  const t = useWords()
  const opening = openingOn(site, date)
  const hour = (at: string) => hourIn(site.timeZone, at)
  const { first, last } = hoursShown(items, hour, opening)
  const rows = (last - first) * rowsPerHour
  const row = (at: string) => Math.round((hour(at) - first) * rowsPerHour) + 1
  return (
    <div className="ec-day" onKeyDown={onArrows} role="group" aria-label={t('ui.appointment.dayLabel')} tabIndex={0}>
      <div className="ec-day-hours" aria-hidden style={{ gridTemplateRows: `repeat(${rows}, var(--ec-quarter))` }}>
        {Array.from({ length: last - first }, (_, index) => (
          <span key={index} style={{ gridRow: index * rowsPerHour + 1 }}>
            {String(first + index).padStart(2, '0')}:00
          </span>
        ))}
      </div>
      {resources.map((resource) => {
        const lanes = lanesOf(
          items.filter(({ resourceId, alsoResourceId }) => [resourceId, alsoResourceId].includes(resource.id)),
        )
        const count = Math.max(1, ...lanes.map(({ lane }) => lane + 1))
        return (
          <section key={resource.id} className="ec-day-column" aria-label={resource.name}>
            <h3>
              {resource.name}
              {resource.capacity > 1 && (
                <span className="ec-dim"> {t('ui.appointment.capacity', { count: resource.capacity })}</span>
              )}
            </h3>
            <div
              className="ec-day-slots"
              style={{
                gridTemplateRows: `repeat(${rows}, var(--ec-quarter))`,
                gridTemplateColumns: `repeat(${count}, 1fr)`,
              }}
            >
              {lanes.map(({ item, lane }) => (
                <Entry
                  key={item.id}
                  appointment={item}
                  site={site}
                  chosen={item.id === chosen}
                  onOpen={() => open(item)}
                  style={{
                    gridRow: `${row(item.startsAt)} / ${Math.max(row(item.endsAt), row(item.startsAt) + 1)}`,
                    gridColumn: lane + 1,
                  }}
                />
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}

type WeekProps = {
  site: Site
  days: readonly string[]
  on: (date: string) => readonly Appointment[]
  chosen: string | undefined
  open: (appointment: Appointment) => void
  onDay: (date: string) => void
}

function Week({ site, days, on, chosen, open, onDay }: WeekProps) {
  const t = useWords()
  const { locale } = useLocale()
  return (
    <div className="ec-week" onKeyDown={onArrows} role="group" aria-label={t('ui.appointment.weekLabel')}>
      {days.map((date) => {
        const items = on(date)
        return (
          <section key={date} className="ec-week-day">
            <h3>
              <button type="button" className="ec-week-head" onClick={() => onDay(date)}>
                {formatDate(`${date}T12:00:00Z`, locale, 'weekday', site.timeZone)}
              </button>
            </h3>
            {items.length === 0 && <p className="ec-dim">{t('ui.appointment.nobody')}</p>}
            {items.map((item) => (
              <Entry
                key={item.id}
                appointment={item}
                site={site}
                chosen={item.id === chosen}
                onOpen={() => open(item)}
              />
            ))}
          </section>
        )
      })}
    </div>
  )
}

type EntryProps = {
  appointment: Appointment
  site: Site
  chosen: boolean
  onOpen: () => void
  style?: { gridRow: string; gridColumn: number }
}

function Entry({ appointment, site, chosen, onOpen, style }: EntryProps) {
  const t = useWords()
  const { locale } = useLocale()
  const { startsAt, contact, serviceName, state, seats } = appointment
  return (
    <button
      type="button"
      className="ec-appointment"
      data-state={state}
      aria-current={chosen || undefined}
      style={style}
      onClick={onOpen}
    >
      <span className="ec-appointment-time">{formatDate(startsAt, locale, 'time', site.timeZone)}</span>{' '}
      <span className="ec-appointment-name">{contact.name}</span>
      {seats > 1 && <span> ×{seats}</span>}
      <span className="ec-dim">
        {' '}
        {serviceName}
        {state !== 'booked' && ` · ${t(`ui.appointment.state.${state}`)}`}
      </span>
    </button>
  )
}
