import { useId } from 'react'
import type { Proposal } from '@ecluse/contracts/replenishment.ts'
import { formatNumber } from '@ecluse/ui/format.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { daysLeft, projectStock, type ProjectedDay } from './projection.ts'

const width = 320
const height = 150
const left = 30
const bottom = 18

/** When would it run out? The stock of the days to come, without an order and with the proposed one. */
export function ProjectionPlot({ proposal, units }: { proposal: Proposal; units: number }) {
  const t = useT()
  const { locale } = useLocale()
  const id = useId()
  const { figures } = proposal
  const days = projectStock(figures, units)
  const runsOut = daysLeft(figures)
  const top = Math.max(1, figures.safetyUnits, ...days.map(({ withOrder }) => withOrder))
  const x = (day: number) => left + ((width - left - 8) * day) / (days.length - 1)
  const y = (n: number) => 8 + (height - bottom - 8) * (1 - n / top)
  const line = (of: (one: ProjectedDay) => number) => days.map((one) => `${x(one.day)},${y(of(one))}`).join(' ')
  return (
    <figure className="bo-projection">
      <figcaption id={id}>
        {runsOut === null
          ? t('replenishment.plot.neverSold')
          : t('replenishment.plot.answer', { days: runsOut, lead: Math.ceil(figures.leadDays) })}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
        <line className="bo-projection-axis" x1={left} x2={width - 8} y1={y(0)} y2={y(0)} />
        <line
          className="bo-projection-safety"
          x1={left}
          x2={width - 8}
          y1={y(figures.safetyUnits)}
          y2={y(figures.safetyUnits)}
        />
        <polyline className="bo-projection-without" points={line(({ without }) => without)} />
        <polyline className="bo-projection-with" points={line(({ withOrder }) => withOrder)} />
        <text x={left - 4} y={y(top) + 8} textAnchor="end">
          {formatNumber(top, locale)}
        </text>
        <text x={left - 4} y={y(0)} textAnchor="end">
          0
        </text>
        <text x={left} y={height - 4}>
          {t('replenishment.plot.today')}
        </text>
        <text x={width - 8} y={height - 4} textAnchor="end">
          {t('replenishment.plot.days', { days: days.length - 1 })}
        </text>
      </svg>
      <ul className="bo-projection-key">
        <li data-line="with">{t('replenishment.plot.with')}</li>
        <li data-line="without">{t('replenishment.plot.without')}</li>
        <li data-line="safety">{t('replenishment.plot.safety')}</li>
      </ul>
      <Figures days={days} />
    </figure>
  )
}

/** What is drawn, in figures. */
function Figures({ days }: { days: readonly ProjectedDay[] }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Disclosure label={t('replenishment.plot.table')}>
      <table className="bo-doc-table">
        <thead>
          <tr>
            <th scope="col">{t('replenishment.plot.day')}</th>
            <th scope="col" data-end>
              {t('replenishment.plot.without')}
            </th>
            <th scope="col" data-end>
              {t('replenishment.plot.with')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one.day}>
              <td>{one.day}</td>
              <td data-end>{formatNumber(one.without, locale, 1)}</td>
              <td data-end>{formatNumber(one.withOrder, locale, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Disclosure>
  )
}
