import { NumberInput, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { Availability } from '@ecluse/contracts/availability.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { PlotSvg, ValueAxis } from '../today/plot-svg.tsx'
import { Plot } from '../today/plot.tsx'
import { axisFor } from '../today/sales-figures.ts'
import { stepPath, timeAxis } from './step-path.ts'

const route = getRouteApi('/stock/availability/$variantId')
const height = 220
const margin = { top: 16, right: 96, bottom: 26, left: 44 }

/** Day by day: what will be left if nothing more is promised, and what can be promised; and the two questions asked of it. */
export function BalancePlot({ article }: { article: Availability }) {
  const t = useT()
  const { locale } = useLocale()
  const { steps, available } = article.together
  const day = (date: string) => formatDate(date, locale, 'day', 'UTC')
  const later = steps.slice(1).filter((step, index) => step.available !== steps[index]?.available)
  const answer = [
    t('availability.plot.today', { count: available }),
    ...later.slice(0, 3).map((step) => t('availability.plot.from', { count: step.available, date: day(step.from) })),
    ...(later.length === 0 ? [t('availability.plot.nothing')] : []),
  ].join(' ')
  return (
    <Plot
      question={t('availability.plot')}
      answer={answer}
      file={t('availability.file', { sku: article.sku })}
      table={[
        [t('availability.plot.date'), t('availability.plot.balance'), t('availability.plot.available')],
        ...steps.map((step) => [day(step.from), step.balance, step.available]),
      ]}
    >
      <Questions article={article} />
      {steps.length > 1 && (
        <PlotSvg height={height} label={`${t('availability.plot')} ${answer}`}>
          {(width) => <Drawing article={article} width={width} />}
        </PlotSvg>
      )}
    </Plot>
  )
}

/** How many by a day, from when so many: asked of the server, by the address. */
function Questions({ article }: { article: Availability }) {
  const t = useT()
  const { locale } = useLocale()
  const { by, units } = route.useSearch()
  const navigate = route.useNavigate()
  const ask = (patch: { by?: string | undefined; units?: number | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  return (
    <div className="av-questions">
      <div>
        <TextInput
          type="date"
          label={t('availability.ask.by')}
          value={by ?? ''}
          min={article.today}
          onChange={(event) => ask({ by: event.currentTarget.value || undefined })}
        />
        <output>{article.unitsBy !== null && t('availability.ask.by.answer', { count: article.unitsBy })}</output>
      </div>
      <div>
        <NumberInput
          label={t('availability.ask.units')}
          value={units ?? ''}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          onChange={(value) => ask({ units: value === '' ? undefined : Number(value) })}
        />
        <output>
          {units !== undefined &&
            (article.earliestOn === null
              ? t('availability.ask.units.never')
              : article.earliestOn === article.today
                ? t('availability.ask.units.now')
                : t('availability.ask.units.answer', {
                    date: formatDate(article.earliestOn, locale, 'weekday', 'UTC'),
                  }))}
        </output>
      </div>
    </div>
  )
}

function Drawing({ article, width }: { article: Availability; width: number }) {
  const t = useT()
  const { locale } = useLocale()
  const { steps } = article.together
  const { end, ticks } = axisFor(Math.max(1, ...steps.map(({ balance, available }) => Math.max(balance, available))))
  const least = Math.min(0, ...steps.map(({ balance }) => balance))
  const y = (value: number) =>
    margin.top + (height - margin.top - margin.bottom) * (1 - (value - least) / (end - least || 1))
  const axis = timeAxis(
    steps.map(({ from }) => from),
    margin.left,
    width - margin.right,
  )
  const last = steps.at(-1)
  const apart = last !== undefined && Math.abs(y(last.balance) - y(last.available)) > 14
  return (
    <>
      <ValueAxis ticks={ticks} y={y} left={margin.left} right={width - margin.right} format={String} />
      {axis.labels.map(({ x, date }, index) => (
        <text key={date} x={x} y={height - 8} className="bo-plot-tick" textAnchor={index === 0 ? 'start' : 'middle'}>
          {index === 0 ? t('availability.plot.now') : formatDate(date, locale, 'weekdayShort', 'UTC')}
        </text>
      ))}
      <path
        className="av-balance"
        d={stepPath(
          steps.map(({ from, balance }) => [axis.x(from), y(balance)]),
          axis.end,
        )}
      />
      <path
        className="av-available"
        d={stepPath(
          steps.map(({ from, available }) => [axis.x(from), y(available)]),
          axis.end,
        )}
      />
      {last && (
        <text x={axis.end + 8} y={y(last.available)} className="av-label" data-main dominantBaseline="middle">
          {t('availability.plot.label.available', { count: last.available })}
        </text>
      )}
      {last && apart && (
        <text x={axis.end + 8} y={y(last.balance)} className="av-label" dominantBaseline="middle">
          {t('availability.plot.label.balance', { count: last.balance })}
        </text>
      )}
    </>
  )
}
