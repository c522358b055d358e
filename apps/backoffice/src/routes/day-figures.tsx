import type { DayRoutes } from '@ecluse/contracts/windows.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'

/** The day in numbers: deliveries, kilometres, vehicles, and what is late or on no route. */
export function DayFigures({ day }: { day: DayRoutes }) {
  const t = useT()
  const { locale } = useLocale()
  const stops = [...day.routes.flatMap((one) => one.stops), ...day.unserved]
  const count = (test: (stop: (typeof stops)[number]) => boolean): number => stops.filter(test).length
  const kilometres = day.routes.reduce((sum, one) => sum + one.kilometres, 0)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const late = count(({ late: isLate }) => isLate)
  return (
    <ul className="bo-day-figures">
      <li>{t('routes.figure.stops', { count: stops.length })}</li>
      <li>{t('routes.figure.vehicles', { count: day.routes.length, idle: day.idle.length })}</li>
      <li>{t('routes.figure.distance', { kilometres: number.format(kilometres) })}</li>
      <li>{t('routes.figure.done', { count: count(({ state }) => state === 'delivered') })}</li>
      {late > 0 && (
        <li>
          <StateBadge tone="urgent">{t('routes.figure.late', { count: late })}</StateBadge>
        </li>
      )}
      {day.unserved.length > 0 && (
        <li>
          <StateBadge tone="urgent">{t('routes.figure.unserved', { count: day.unserved.length })}</StateBadge>
        </li>
      )}
    </ul>
  )
}
