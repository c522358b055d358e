import type { Site } from '@ecluse/contracts/channels.ts'
import { useIntl } from 'react-intl'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
/** 1 January 2024 was a Monday. */
const monday = Date.UTC(2024, 0, 1, 12)

/** Opening hours, one line per day, closed days said. */
export function Hours({ hours }: { hours: Site['openingHours'] }) {
  const t = useT()
  const intl = useIntl()
  if (hours.length === 0) return <p className="bo-line bo-quiet">{t('network.hours.none')}</p>
  const rows = weekdays.map((weekday) => {
    const day = intl.formatDate(monday + (weekday - 1) * 86_400_000, { weekday: 'long' })
    const spans = hours
      .filter((one) => one.weekday === weekday)
      .toSorted((a, b) => (a.opens < b.opens ? -1 : 1))
      .map(({ opens, closes }) => `${opens} – ${closes}`)
    return [day, spans.length > 0 ? spans.join(', ') : t('network.closed')] as const
  })
  return <Facts facts={rows} />
}
