import type { PriceResponseResults, PriceUnit } from '@ecluse/contracts/price-response.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAnalysisWords } from './analysis-words.ts'

type Part = { results: PriceResponseResults; nameOf: (unit: PriceUnit) => string }

/** Every article or category: what was found, what prices were seen, what margin is and would be best; or why nothing is said. */
export function PriceTable({ results, nameOf }: Part) {
  const t = useT()
  const rows = results.units.map((unit) => csvRow(unit, nameOf(unit)))
  const untold = results.units.filter(({ problem }) => problem !== null).length
  return (
    <Plot
      question={t(`prices.table.${results.per}`)}
      answer={t('prices.table.answer', { weeks: results.weeks, untold, fewest: results.fewestWeeks })}
      file={t('prices.table.file')}
      table={[
        [
          t(`prices.per.${results.per}`),
          t('prices.elasticity'),
          t('analysis.error'),
          '2,5 %',
          '97,5 %',
          t('prices.observations'),
          t('prices.sold'),
          t('prices.price'),
          t('prices.lowest'),
          t('prices.highest'),
          t('prices.cost'),
          t('prices.best'),
        ],
        ...rows,
      ]}
    >
      <FigureTable label={t(`prices.table.${results.per}`)}>
        <Head per={results.per} serving={results.servingShare} />
        <tbody>
          {results.units.map((unit) => (
            <Row key={unit.unit} unit={unit} name={nameOf(unit)} per={results.per} />
          ))}
        </tbody>
      </FigureTable>
    </Plot>
  )
}

function csvRow(unit: PriceUnit, name: string): (string | number)[] {
  const { elasticity, priceMinor, seen, costMinor, best } = unit
  const cents = (minor: number | null | undefined): string | number => (minor == null ? '' : Math.round(minor) / 100)
  const thousandths = (value: number | undefined): string | number =>
    value === undefined ? '' : Math.round(value * 1000) / 1000
  return [
    name,
    ...[elasticity?.value, elasticity?.standardError, elasticity?.low, elasticity?.high].map(thousandths),
    elasticity?.observations ?? '',
    unit.sold,
    ...[priceMinor, priceMinor * seen.low, priceMinor * seen.high, costMinor, best?.priceMinor].map(cents),
  ]
}

function Head({ per, serving }: { per: PriceResponseResults['per']; serving: number }) {
  const t = useT()
  const words = useAnalysisWords()
  return (
    <thead>
      <tr>
        <th scope="col">{t(`prices.per.${per}`)}</th>
        <th scope="col">{t('prices.elasticity')}</th>
        <th scope="col">
          <WithFormula name={t('prices.observations')} formula={t('prices.observations.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('prices.seen')} formula={t('prices.seen.formula')} />
        </th>
        <th scope="col">
          <WithFormula
            name={t('prices.margin')}
            formula={t('prices.margin.formula', { share: words.share(serving, 1) })}
          />
        </th>
        <th scope="col">
          <WithFormula name={t('prices.best')} formula={t('prices.best.formula')} />
        </th>
      </tr>
    </thead>
  )
}

function Row({ unit, name, per }: { unit: PriceUnit; name: string; per: PriceResponseResults['per'] }) {
  const t = useT()
  const words = useAnalysisWords()
  const { elasticity, problem, priceMinor, seen, marginRate, best } = unit
  const price = (ratio: number): string => (per === 'product' ? words.money(ratio * priceMinor) : words.share(ratio, 0))
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {elasticity
          ? t('prices.interval', {
              value: words.number(elasticity.value, 2),
              low: words.number(elasticity.low, 2),
              high: words.number(elasticity.high, 2),
            })
          : t(`prices.problem.${problem ?? 'untold'}`)}
      </td>
      <td>{words.number(elasticity?.observations ?? unit.weeks, 0)}</td>
      <td>{t('prices.range', { low: price(seen.low), high: price(seen.high) })}</td>
      <td>
        {marginRate === null ? '–' : words.share(marginRate, 0)}
        {best && ` → ${words.share(best.marginRate, 0)}`}
      </td>
      <td>
        {best?.priceMinor == null
          ? '–'
          : best.highMinor === null
            ? t('prices.best.atLeast', { low: words.money(best.lowMinor ?? 0) })
            : words.money(best.priceMinor)}
      </td>
    </tr>
  )
}
