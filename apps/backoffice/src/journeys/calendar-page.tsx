import { ActionIcon, Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatList, formatNumber } from '@ecluse/ui/format.ts'
import { singleKeysEnabled } from '@ecluse/ui/shortcuts.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { dateOr } from '../windows/week.ts'
import { datesOf, pressureOf, turned, type CalendarView } from './calendar-days.ts'
import { weekdayNames } from './node-words.ts'
import './calendar.css'
import './journeys.css'

const route = getRouteApi('/journeys/calendar')
type Entry = ResponseOf<typeof endpoints.getContactCalendar>['items'][number]
type Wait = ResponseOf<typeof endpoints.getContactCalendar>['waits'][number]
type Day = { date: string; entries: readonly Entry[]; waits: readonly Wait[]; holiday: string | undefined }
const weekdays = [1, 2, 3, 4, 5, 6, 7]

/** What was sent and what is to begin, day by day, and how much each day asks of customers. */
export function ContactCalendarPage() {
  const t = useT()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const view = search.view ?? 'month'
  const date = dateOr(search.date)
  const dates = datesOf(view, date)
  const days = useDays(dates)
  const go = (patch: { view?: CalendarView; date?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const turn = (by: -1 | 1) => go({ date: turned(view, date, by) })
  const onKey = (by: -1 | 1) => () => singleKeysEnabled() && turn(by)
  useHotkeys([
    ['n', onKey(1)],
    ['p', onKey(-1)],
  ])
  const title =
    view === 'month'
      ? formatDate(`${date}T12:00:00Z`, locale, 'month')
      : `${formatDate(`${dates[0]}T12:00:00Z`, locale, 'day')} – ${formatDate(`${dates[6]}T12:00:00Z`, locale, 'day')}`
  return (
    <Page
      title={t('nav.contactCalendar')}
      summary={t('calendar.summary')}
      back={{ to: '/journeys', label: t('nav.journeys') }}
    >
      <div className="bo-stack">
        <div className="bo-journey-bar">
          <ActionIcon variant="default" size={36} aria-label={t(`calendar.before.${view}`)} onClick={() => turn(-1)}>
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={36} aria-label={t(`calendar.after.${view}`)} onClick={() => turn(1)}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          <Button variant="default" onClick={() => go({ date: dateOr(undefined) })}>
            {t('calendar.today')}
          </Button>
          <SegmentedControl
            aria-label={t('calendar.view')}
            data={(['month', 'week'] as const).map((value) => ({ value, label: t(`calendar.view.${value}`) }))}
            value={view}
            onChange={(value) => go({ view: value === 'week' ? 'week' : 'month' })}
          />
          <h2 className="bo-calendar-title" aria-live="polite">
            {title}
          </h2>
        </div>
        <Quiet />
        {days.isError && <ErrorNote error={days.error} onRetry={() => void days.refetch()} />}
        {days.isPending && <Skeleton height={320} />}
        {days.all && (narrow ? <DayList days={days.all} /> : <DayGrid days={days.all} month={date.slice(0, 7)} />)}
      </div>
    </Page>
  )
}

function useDays(dates: readonly string[]) {
  const can = useCan()
  const query = { from: dates[0] ?? '', until: dates.at(-1) ?? '' }
  const calendar = useQuery({
    ...apiQuery(endpoints.getContactCalendar, { query }),
    placeholderData: keepPreviousData,
  })
  // The public holidays of France are those of the delivery calendar.
  const holidays = useQuery({ ...apiQuery(endpoints.listWindows, { query }), enabled: can('orders:read') }).data
    ?.holidays
  const all: Day[] | undefined =
    calendar.data &&
    dates.map((date) => ({
      date,
      entries: calendar.data.items.filter((item) => item.date === date),
      waits: calendar.data.waits.filter((wait) => wait.date === date),
      holiday: holidays?.find((one) => one.date === date)?.name,
    }))
  const { isPending, isError, error, refetch } = calendar
  return { all, isPending, isError, error, refetch }
}

/** The hours in which nothing leaves, as they are set. */
function Quiet() {
  const t = useT()
  const policy = useQuery(apiQuery(endpoints.getContactPolicy, {}))
  if (!policy.data) return null
  const { quiet } = policy.data
  return (
    <p className="bo-line bo-quiet">
      {quiet ? t('calendar.quiet', { from: quiet.from, until: quiet.until }) : t('calendar.quiet.law')}{' '}
      <Link to="/contact-policy" className="bo-link bo-journey-inline">
        {t('nav.contactPolicy')}
      </Link>
    </p>
  )
}

function DayGrid({ days, month }: { days: readonly Day[]; month: string }) {
  const t = useT()
  const { locale } = useLocale()
  const today = dateOr(undefined)
  return (
    <div className="bo-calendar">
      {weekdayNames(locale, weekdays).map((name) => (
        <div key={name} className="bo-calendar-head" aria-hidden>
          {name}
        </div>
      ))}
      {days.map((day) => (
        <section
          key={day.date}
          className="bo-calendar-day"
          aria-label={formatDate(`${day.date}T12:00:00Z`, locale, 'weekday')}
          data-outside={(days.length > 7 && !day.date.startsWith(month)) || undefined}
          data-today={day.date === today || undefined}
        >
          <span className="bo-calendar-date" aria-hidden>
            {Number(day.date.slice(8))}
          </span>
          {day.holiday && <span className="bo-quiet"> {t('calendar.holiday', { name: day.holiday })}</span>}
          <DayContent day={day} />
        </section>
      ))}
    </div>
  )
}

/** On a telephone: the days that have something, one under the other. */
function DayList({ days }: { days: readonly Day[] }) {
  const t = useT()
  const { locale } = useLocale()
  const busy = days.filter(({ entries, waits, holiday }) => entries.length > 0 || waits.length > 0 || holiday)
  if (busy.length === 0) return <EmptyState compact title={t('calendar.empty')} hint={t('calendar.empty.help')} />
  return (
    <ul className="bo-calendar-list">
      {busy.map((day) => (
        <li key={day.date} className="bo-card">
          <h3 className="bo-line">
            {formatDate(`${day.date}T12:00:00Z`, locale, 'weekday')}
            {day.holiday && <span className="bo-quiet"> {t('calendar.holiday', { name: day.holiday })}</span>}
          </h3>
          <DayContent day={day} />
        </li>
      ))}
    </ul>
  )
}

function DayContent({ day: { entries, waits } }: { day: Day }) {
  const t = useT()
  const { locale } = useLocale()
  if (entries.length === 0 && waits.length === 0) return null
  const number = (people: number) => formatNumber(people, locale)
  const pressure = pressureOf(entries).map(({ medium, people }) =>
    medium
      ? t('calendar.pressure.by', { medium: t(`journeys.medium.${medium}`), number: number(people) })
      : t('calendar.pressure.entries', { number: number(people), count: people }),
  )
  return (
    <>
      <ul>
        {entries.map(({ journeyId, name, medium, planned, people }) => (
          <li key={`${journeyId} ${medium ?? ''} ${String(planned)}`}>
            <span className="bo-calendar-entry" data-planned={planned || undefined}>
              <Link to="/journeys/$journeyId" params={{ journeyId }} className="bo-link">
                {name}
              </Link>
              <span className="bo-block">
                {planned
                  ? t('calendar.planned', { number: number(people), count: people })
                  : t('calendar.sent', {
                      number: number(people),
                      medium: medium ? t(`journeys.medium.${medium}`) : '',
                    })}
              </span>
            </span>
          </li>
        ))}
        {waits.map(({ journeyId, name, people }) => (
          <li key={`${journeyId} wait`}>
            <span className="bo-calendar-entry" data-planned>
              <Link
                to="/journeys/$journeyId"
                params={{ journeyId }}
                search={{ tab: 'people' }}
                className="bo-link"
                aria-label={t('calendar.waits.of', { name })}
              >
                {name}
              </Link>
              <span className="bo-block">{t('calendar.waits', { number: number(people), count: people })}</span>
            </span>
          </li>
        ))}
      </ul>
      {entries.length > 1 && (
        <p className="bo-calendar-pressure">{t('calendar.pressure', { of: formatList(pressure, locale) })}</p>
      )}
    </>
  )
}
