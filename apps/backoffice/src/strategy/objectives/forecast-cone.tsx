import type { Objective } from '@ecluse/contracts/objectives.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { NameAxis, PlotSvg, ValueAxis } from '../../today/plot-svg.tsx'
import { Plot } from '../../today/plot.tsx'
import { lineAxis } from '../line-axis.ts'
import { formatValue } from './kpi-unit.ts'
import { useObjectiveWords } from './objective-words.ts'

const height = 280
const margin = { top: 12, right: 12, bottom: 26, left: 76 }

/** The months that were, the ways they may go on, and what each month to come must bring. */
export function ForecastCone({ objective }: { objective: Objective }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useObjectiveWords()
  const { reading, kpi, measure, target } = objective
  // One month alone draws nothing.
  if (!reading || reading.history.length + reading.cone.length < 2) return null
  const { history, cone } = reading
  // What a month must be: its share of what is still wanted, or the target itself.
  const wanted = measure === 'sum' ? reading.pace : target
  const value = (of: number | null) => formatValue(kpi, of, locale)
  const answer =
    reading.probability === null || !reading.expected
      ? (reading.problem ?? t('objectives.unknown'))
      : t('objectives.cone.answer', {
          share: formatPercent(reading.probability, locale, 0),
          middle: value(reading.expected.middle),
          low: value(reading.expected.low),
          high: value(reading.expected.high),
        })
  const table = [
    [t('objectives.month'), t('objectives.was'), '5 %', '25 %', '50 %', '75 %', '95 %'],
    ...history.map(({ month, value: was }) => [month, was, '', '', '', '', '']),
    ...cone.map(({ month, low, lower, middle, upper, high }) => [month, '', low, lower, middle, upper, high]),
  ]
  return (
    <Plot
      question={t('objectives.cone.question', { kpi: t(`kpi.${kpi}`), until: words.month(objective.until) })}
      answer={answer}
      file={t('objectives.cone.file')}
      table={table}
    >
      <PlotSvg height={height} label={t('objectives.cone.label')}>
        {(width) => (
          <Drawing
            width={width}
            history={history}
            cone={cone}
            wanted={wanted}
            wantedLabel={wanted === null ? '' : t('objectives.cone.wanted', { value: value(wanted) })}
            format={value}
            monthLabel={(month) => formatDate(`${month}-15T12:00:00Z`, locale, 'month')}
          />
        )}
      </PlotSvg>
    </Plot>
  )
}

type Reading = NonNullable<Objective['reading']>

function Drawing({
  width,
  history,
  cone,
  wanted,
  wantedLabel,
  format,
  monthLabel,
}: Pick<Reading, 'history' | 'cone'> & {
  width: number
  wanted: number | null
  wantedLabel: string
  format: (value: number) => string
  monthLabel: (month: string) => string
}) {
  const months = [...history, ...cone].map(({ month }) => month)
  const { least, most, ticks } = lineAxis([
    ...history.map(({ value }) => value),
    ...cone.flatMap(({ low, high }) => [low, high]),
    wanted ?? 0,
  ])
  const x = (at: number) => margin.left + ((width - margin.left - margin.right) * at) / Math.max(1, months.length - 1)
  const y = (value: number) =>
    margin.top + ((height - margin.top - margin.bottom) * (most - value)) / Math.max(Number.MIN_VALUE, most - least)
  const last = history.at(-1)
  // The cone opens from the last month that is known.
  const start = last
    ? [{ low: last.value, lower: last.value, middle: last.value, upper: last.value, high: last.value }]
    : []
  const steps = [...start, ...cone]
  const first = months.length - steps.length
  const points = (values: readonly number[]) => values.map((value, at) => `${x(first + at)},${y(value)}`)
  const band = (low: 'low' | 'lower', high: 'upper' | 'high') =>
    [...points(steps.map((step) => step[high])), ...points(steps.map((step) => step[low])).reverse()].join(' ')
  return (
    <>
      <ValueAxis ticks={ticks} y={y} left={margin.left} right={width - margin.right} format={format} />
      {cone.length > 0 && (
        <>
          <polygon points={band('low', 'high')} className="bo-cone-wide" />
          <polygon points={band('lower', 'upper')} className="bo-cone-narrow" />
          <polyline points={points(steps.map(({ middle }) => middle)).join(' ')} className="bo-cone-middle" />
        </>
      )}
      <polyline points={history.map(({ value }, at) => `${x(at)},${y(value)}`).join(' ')} className="bo-cone-past" />
      {wanted !== null && (
        <>
          <line x1={margin.left} x2={width - margin.right} y1={y(wanted)} y2={y(wanted)} className="bo-cone-target" />
          <text x={margin.left + 4} y={Math.max(margin.top + 8, y(wanted) - 6)} className="bo-cone-label">
            {wantedLabel}
          </text>
        </>
      )}
      <NameAxis names={months.map(monthLabel)} x={x} y={height - 6} room={width - margin.left - margin.right} />
    </>
  )
}
