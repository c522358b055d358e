import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'

const days = 30
const dayMs = 86_400_000

/** How often trying ends in a purchase, over the last month: the answer first, then the outcomes behind it. */
export function ReservationFigures({ siteId }: { siteId: string | undefined }) {
  const t = useT()
  const { locale } = useLocale()
  const span = useMemo(() => {
    const until = Math.ceil(Date.now() / dayMs) * dayMs
    return { from: new Date(until - days * dayMs).toISOString(), until: new Date(until).toISOString() }
  }, [])
  const figures = useQuery(apiQuery(endpoints.getReservationFigures, { query: { ...span, siteId } }))
  const { data } = figures
  if (!data) return null
  const share =
    data.conversionBasisPoints === null
      ? '–'
      : new Intl.NumberFormat(locale, { style: 'percent' }).format(data.conversionBasisPoints / 10_000)
  const shown = [
    [t('reservation.conversion'), share],
    [t('reservation.state.bought'), data.bought],
    [t('reservation.state.released'), data.released],
    [t('reservation.state.no_show'), data.noShow],
    [t('reservation.state.cancelled'), data.cancelled],
    [t('reservation.open'), data.open],
  ] as const
  return (
    <section aria-label={t('reservation.figures')}>
      <dl className="bo-figures">
        {shown.map(([name, value]) => (
          <div key={name} className="bo-figure">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="bo-dim">{t('reservation.figuresHelp', { units: data.units, bought: data.unitsBought })}</p>
    </section>
  )
}
