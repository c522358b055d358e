import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Appointment, Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '../api.ts'
import { currentLocale } from '../locale.tsx'

/** What a change of an appointment makes old. */
export const touchedByAppointment = ['/appointments', '/services'] as const

const dayMs = 86_400_000

/** A date so many days later. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  return plusDays(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7))
}

/** The date it is in a time zone. */
export function dateIn(timeZone: string, at: Date | string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at))
}

/** The hour of the day in a time zone, with its fraction. */
export function hourIn(timeZone: string, at: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const [hour = 0, minute = 0] = parts.format(new Date(at)).split(':').map(Number)
  return hour + minute / 60
}

/** The appointments of a shop from a date on, and what they are booked on. A day more on each side covers every time zone. */
export function useCalendar(site: Site, from: string, days: number) {
  const query = {
    siteId: site.id,
    from: `${plusDays(from, -1)}T00:00:00Z`,
    until: `${plusDays(from, days + 1)}T00:00:00Z`,
    locale: currentLocale(),
  }
  const appointments = useQuery({
    ...apiQuery(endpoints.listAppointments, { query }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  })
  const resources = useQuery(apiQuery(endpoints.listResources, { query: { siteId: site.id } }))
  const items: Appointment[] = appointments.data?.items ?? []
  return {
    error: appointments.error ?? resources.error,
    loading: appointments.isPending || resources.isPending,
    retry: () => void Promise.all([appointments.refetch(), resources.refetch()]),
    resources: (resources.data?.items ?? []).filter(
      (resource: Resource) => resource.active || items.some(({ resourceId }) => resourceId === resource.id),
    ),
    on: (date: string) => items.filter(({ startsAt }) => dateIn(site.timeZone, startsAt) === date),
    items,
  }
}
