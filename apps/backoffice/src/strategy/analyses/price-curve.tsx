import type { PriceResponseResults, PriceUnit } from '@ecluse/contracts/price-response.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { PlotSvg, ValueAxis } from '../../today/plot-svg.tsx'
import { lineAxis } from '../line-axis.ts'
import { useAnalysisWords } from './analysis-words.ts'

type Part = { unit: PriceUnit; name: string; per: PriceResponseResults['per'] }

const height = 280
const margin = { top: 14, right: 14, bottom: 28, left: 60 }
/** Steps of the curve: it is bent, and drawn in straight pieces. */
const steps = 40
const priceTicks = 4

/** What was sold at which price, the curve through it, what price would leave most, and each channel alone. */
export function PriceCurve({ unit, name, per }: Part) {
  const t = useT()
  const words = useAnalysisWords()
  const best = useBest(unit, per)
  const { elasticity, curve } = unit
  if (elasticity === null || curve === null) return null
  const written = (ratio: number): string =>
    per === 'product' ? words.money(ratio * unit.priceMinor) : words.share(ratio, 0)
  return (
    <Plot
      question={t('prices.curve', { name })}
      answer={`${t(elasticity.value < 0 ? 'prices.curve.answer' : 'prices.curve.odd', {
        change: words.number(Math.abs(elasticity.value), 1),
        low: words.number(elasticity.low, 1),
        high: words.number(elasticity.high, 1),
      })} ${best}`}
      file={t('prices.curve.file')}
      table={[
        [t(`prices.curve.price.${per}`), t('prices.curve.units')],
        ...curve.points.map(({ price, units }) => [
          per === 'product' ? Math.round(price * unit.priceMinor) / 100 : Math.round(price * 1000) / 1000,
          Math.round(units * 100) / 100,
        ]),
      ]}
    >
      <p className="bo-line bo-quiet">
        <WithFormula name={t('prices.curve.how')} formula={t('prices.curve.formula')} />
      </p>
      <PlotSvg height={height} label={t('prices.curve', { name })}>
        {(width) => <Drawing curve={curve} slope={elasticity.value} width={width} written={written} />}
      </PlotSvg>
      <p className="bo-line bo-quiet">{t(`prices.curve.axes.${per}`)}</p>
      {unit.soldShare < 0.5 && (
        <p className="bo-line bo-quiet">{t('prices.rare', { share: words.share(unit.soldShare, 0) })}</p>
      )}
      <Channels unit={unit} />
    </Plot>
  )
}

/** Which price would leave most margin, or why none is said. */
function useBest({ best, costMinor, elasticity }: PriceUnit, per: Part['per']): string {
  const t = useT()
  const words = useAnalysisWords()
  if (best === null) return t((elasticity?.value ?? 0) < 0 ? 'prices.best.none' : 'prices.best.odd')
  const rate = words.share(best.marginRate, 0)
  if (best.priceMinor === null)
    return t(costMinor === null && per === 'product' ? 'prices.best.noCost' : 'prices.best.rate', { rate })
  const told = t(best.highMinor === null ? 'prices.best.open' : 'prices.best.told', {
    price: words.money(best.priceMinor),
    low: words.money(best.lowMinor ?? 0),
    high: words.money(best.highMinor ?? 0),
  })
  return best.outside ? `${told} ${t('prices.best.outside')}` : told
}

function Drawing({
  curve: { scale, points },
  slope,
  width,
  written,
}: {
  curve: NonNullable<PriceUnit['curve']>
  slope: number
  width: number
  written: (ratio: number) => string
}) {
  const prices = points.map(({ price }) => price)
  const [first, last] = [Math.min(...prices), Math.max(...prices)]
  const at = (share: number): number => first + (last - first) * share
  const line = Array.from({ length: steps + 1 }, (_, step) => at(step / steps)).map((price) => ({
    price,
    units: scale * price ** slope,
  }))
  const { least, most, ticks } = lineAxis([...points, ...line].map(({ units }) => units))
  const right = width - margin.right
  const bottom = height - margin.bottom
  const x = (price: number) => margin.left + ((right - margin.left) * (price - first)) / Math.max(1e-9, last - first)
  const y = (units: number) => margin.top + ((bottom - margin.top) * (most - units)) / (most - least)
  return (
    <>
      <ValueAxis ticks={ticks} y={y} left={margin.left} right={right} format={(value) => String(value)} />
      {points.map(({ price, units }, index) => (
        <circle key={index} cx={x(price)} cy={y(units)} r={3} className="bo-price-point" />
      ))}
      <polyline
        points={line.map(({ price, units }) => `${x(price)},${y(units)}`).join(' ')}
        className="bo-scenario-line"
      />
      {Array.from({ length: priceTicks }, (_, tick) => (
        <text
          key={tick}
          x={x(at(tick / (priceTicks - 1)))}
          y={height - 6}
          className="bo-plot-tick"
          textAnchor={tick === 0 ? 'start' : tick === priceTicks - 1 ? 'end' : 'middle'}
        >
          {written(at(tick / (priceTicks - 1)))}
        </text>
      ))}
    </>
  )
}

/** The same of each channel that says enough alone. */
function Channels({ unit: { channels } }: Pick<Part, 'unit'>) {
  const t = useT()
  const words = useAnalysisWords()
  if (channels.length === 0) return null
  return (
    <>
      <h3>{t('prices.byChannel')}</h3>
      <FigureTable label={t('prices.byChannel')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('orders.channel')}</th>
            <th scope="col">{t('prices.elasticity')}</th>
            <th scope="col">{t('analysis.error')}</th>
            <th scope="col">{t('prices.between')}</th>
            <th scope="col">{t('prices.observations')}</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((one) => (
            <tr key={one.channel}>
              <th scope="row">{words.channel(one.channel)}</th>
              <td>{words.number(one.value, 2)}</td>
              <td>{words.number(one.standardError, 2)}</td>
              <td>{t('prices.range', { low: words.number(one.low, 2), high: words.number(one.high, 2) })}</td>
              <td>{words.number(one.observations, 0)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </>
  )
}
