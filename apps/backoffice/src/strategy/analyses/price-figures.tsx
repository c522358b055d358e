import { useState } from 'react'
import { Select } from '@mantine/core'
import { enoughSold, type PriceResponseResults, type PriceUnit } from '@ecluse/contracts/price-response.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../../app/i18n.ts'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing } from '../scenarios/plots.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { PriceCurve } from './price-curve.tsx'
import { PriceTable } from './price-table.tsx'

type Told = PriceUnit & { elasticity: NonNullable<PriceUnit['elasticity']> }
const isTold = (unit: PriceUnit): unit is Told => unit.elasticity !== null

/** More bars are no picture any more; the table has all. */
const mostBars = 24
/** Intervals run off the picture here: what lies beyond says only that hardly anything is known. */
const edges = { least: -8, most: 4 }

/** Elasticities of all with their intervals, one of them drawn, and the table. */
export function PriceFigures({ results }: { results: PriceResponseResults }) {
  const t = useT()
  const nameOf = useGoodsName()
  const [chosen, setChosen] = useState<string | null>(null)
  const told = results.units.filter(isTold)
  const shown = told.find(({ unit }) => unit === chosen) ?? told[0]
  if (!shown) return null
  return (
    <>
      <Forest results={results} told={told} nameOf={nameOf} />
      <Select
        label={t('planning.shown')}
        searchable
        allowDeselect={false}
        data={told.map((one) => ({ value: one.unit, label: nameOf(one) }))}
        value={shown.unit}
        onChange={setChosen}
      />
      <PriceCurve unit={shown} name={nameOf(shown)} per={results.per} />
      <PriceTable results={results} nameOf={nameOf} />
    </>
  )
}

function useGoodsName(): (unit: PriceUnit) => string {
  const t = useT()
  const { locale } = useLocale()
  return ({ name }) => name?.[locale] ?? t('prices.unnamed')
}

/** Each elasticity with its interval, in one or two sentences what they mean. */
function Forest({
  results,
  told,
  nameOf,
}: {
  results: PriceResponseResults
  told: readonly Told[]
  nameOf: (unit: PriceUnit) => string
}) {
  const t = useT()
  const words = useAnalysisWords()
  const sure = told.filter(({ elasticity }) => elasticity.high < 0)
  const strongest = sure.toSorted((a, b) => a.elasticity.value - b.elasticity.value)[0]
  const rare = told.filter(({ soldShare }) => soldShare < enoughSold).length
  const inside = (value: number): number => Math.min(edges.most, Math.max(edges.least, value))
  const interval = ({ elasticity: { value, low, high } }: Told): string =>
    t('prices.interval', {
      value: words.number(value, 2),
      low: words.number(low, 2),
      high: words.number(high, 2),
    })
  return (
    <Plot
      question={t('prices.forest')}
      answer={
        strongest
          ? t('prices.forest.answer', {
              told: told.length,
              all: results.units.length,
              sure: sure.length,
              elastic: told.filter(({ elasticity }) => elasticity.high < -1).length,
              name: nameOf(strongest),
              value: words.number(-strongest.elasticity.value, 1),
            })
          : t('prices.forest.unsure', { told: told.length, all: results.units.length })
      }
      file={t('prices.forest.file')}
      table={[
        [t(`prices.per.${results.per}`), t('prices.elasticity'), t('analysis.error'), '2,5 %', '97,5 %'],
        ...told.map((unit) => {
          const { value, standardError, low, high } = unit.elasticity
          return [nameOf(unit), ...[value, standardError, low, high].map((one) => Math.round(one * 1000) / 1000)]
        }),
      ]}
    >
      {rare > 0 && (
        <p className="bo-line bo-quiet">
          {t('prices.forest.rare', { count: rare })} {results.per === 'product' && t('prices.forest.byCategory')}
        </p>
      )}
      <p className="bo-line bo-quiet">
        <WithFormula name={t('prices.elasticity')} formula={t('prices.elasticity.formula')} />
      </p>
      <BarDrawing
        label={t('prices.forest')}
        rows={told.slice(0, mostBars).map((unit) => ({
          label: nameOf(unit),
          from: inside(unit.elasticity.low),
          to: inside(unit.elasticity.high),
          middle: inside(unit.elasticity.value),
          told: interval(unit),
          bad: unit.elasticity.low > 0,
        }))}
      />
      {told.length > mostBars && (
        <p className="bo-line bo-quiet">{t('prices.forest.more', { count: told.length - mostBars })}</p>
      )}
    </Plot>
  )
}
