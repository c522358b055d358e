import { enoughSold, type PriceResponseResults, type PriceUnit } from '@ecluse/contracts/price-response.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { CurveDrawing } from './curve-drawing.tsx'

type Part = { unit: PriceUnit; name: string; per: PriceResponseResults['per'] }

/** Steps of the curve: it is bent, and drawn in straight pieces. */
const steps = 40

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
      <CurveDrawing
        label={t('prices.curve', { name })}
        points={curve.points.map(({ price, units }) => ({ x: price, y: units }))}
        line={lineOf(curve, elasticity.value)}
        writeX={written}
        writeY={(value) => words.number(value, value < 10 ? 1 : 0)}
      />
      <p className="bo-line bo-quiet">
        {t(`prices.curve.axes.${per}`)} {t(`prices.curve.level.${unit.level}`)}
      </p>
      {unit.soldShare < enoughSold && (
        <p className="bo-line bo-quiet">{t('prices.rare', { share: words.share(unit.soldShare, 0) })}</p>
      )}
      <Channels unit={unit} />
    </Plot>
  )
}

/** Which price would leave most margin, or why none is said. */
function useBest({ best, costMinor, elasticity, soldShare }: PriceUnit, per: Part['per']): string {
  const t = useT()
  const words = useAnalysisWords()
  if (soldShare < enoughSold) return t('prices.best.rare')
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

/** The curve between the lowest price and the highest. */
function lineOf({ scale, points }: NonNullable<PriceUnit['curve']>, slope: number): { x: number; y: number }[] {
  const prices = points.map(({ price }) => price)
  const [first, last] = [Math.min(...prices), Math.max(...prices)]
  return Array.from({ length: steps + 1 }, (_, step) => first + ((last - first) * step) / steps).map((x) => ({
    x,
    y: scale * x ** slope,
  }))
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
