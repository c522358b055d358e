/** @jsxRuntime automatic @jsxImportSource preact */
import type { AgreedHour } from '@ecluse/contracts/kept-hours.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'
import { hoursWords } from './when.ts'

type Props = { visit: Visit; hours: readonly AgreedHour[]; open: boolean }

/** The hours that were agreed upon, and until when they are kept for whoever reads it. */
export function AgreedHours({ visit, hours, open }: Props) {
  const { t, locale } = visit
  if (hours.length === 0) return null
  return (
    <ul class="plain">
      {hours.map(({ kind, name, siteName, startsAt, endsAt, heldUntil }) => {
        const what = name ?? t(kind === 'window' ? 'quote.hour.window' : 'quote.hour.bay')
        const when = `${formatDate(startsAt, locale, 'weekday')}, ${hoursWords(visit, startsAt, endsAt)}`
        const until =
          heldUntil === null
            ? t('quote.hour.lapsed')
            : t('quote.hour.until', { date: formatDate(heldUntil, locale, 'dateTime') })
        return (
          <li key={kind}>
            {name === null ? `${what} ${when}` : [what, siteName, when].filter(Boolean).join(' · ')}
            {open && <span class="muted"> ({until})</span>}
          </li>
        )
      })}
    </ul>
  )
}
