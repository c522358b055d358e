import type { MediaMixResults, Medium } from '@ecluse/contracts/media-mix.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAnalysisWords } from './analysis-words.ts'

export type Named = Pick<Medium, 'medium' | 'isChannel'>
export type NameOf = (medium: Named) => string

type Part = { results: MediaMixResults; nameOf: NameOf }

/** Each medium: what it cost and brought, how sure that is, what comes back for a euro, and how long it acts. */
export function MediaTable({ results, nameOf }: Part) {
  const t = useT()
  const words = useAnalysisWords()
  const best = results.media.filter(({ low }) => low > 0).toSorted((a, b) => b.nextReturn - a.nextReturn)[0]
  return (
    <Plot
      question={t('media.returns')}
      answer={
        best
          ? t('media.returns.answer', { name: nameOf(best), next: words.number(best.nextReturn, 2) })
          : t('media.returns.none')
      }
      file={t('media.returns.file')}
      table={[
        [
          t('media.medium'),
          t('media.spent'),
          t('media.brought'),
          t('media.share'),
          t('analysis.error'),
          '2,5 %',
          '97,5 %',
          t('media.back'),
          t('media.next'),
          t('media.retention'),
        ],
        ...results.media.map((one) => [
          nameOf(one),
          ...[one.spentMinor, one.broughtMinor].map((minor) => Math.round(minor) / 100),
          ...[one.share, one.standardError, one.low, one.high, one.returnOnSpend, one.nextReturn, one.retention].map(
            (value) => Math.round(value * 10_000) / 10_000,
          ),
        ]),
      ]}
    >
      <FigureTable label={t('media.returns')}>
        <Head />
        <tbody>
          {results.media.map((one) => (
            <Row key={nameOf(one)} medium={one} name={nameOf(one)} marginRate={results.marginRate} />
          ))}
        </tbody>
      </FigureTable>
      <p className="bo-line bo-quiet">
        {t(results.reductions ? 'media.apart.reductions' : 'media.apart', { weeks: results.weeks.length })}
      </p>
    </Plot>
  )
}

function Row({ medium, name, marginRate }: { medium: Medium; name: string; marginRate: number | null }) {
  const t = useT()
  const words = useAnalysisWords()
  const { share, low, high, returnOnSpend, returnLow, returnHigh, halfLife } = medium
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{words.euros(medium.spentMinor)}</td>
      <td>{words.euros(medium.broughtMinor)}</td>
      <td>
        {t('prices.interval', {
          value: words.share(share, 1),
          low: words.share(Math.max(0, low), 1),
          high: words.share(high, 1),
        })}
      </td>
      <td>
        {t('prices.interval', {
          value: words.number(returnOnSpend, 2),
          low: words.number(Math.max(0, returnLow), 2),
          high: words.number(returnHigh, 2),
        })}
      </td>
      <td>{marginRate === null ? '–' : words.number(returnOnSpend * marginRate, 2)}</td>
      <td>{words.number(medium.nextReturn, 2)}</td>
      <td>{halfLife === null ? '–' : t('media.halfLife.told', { weeks: words.number(halfLife, 1) })}</td>
    </tr>
  )
}

function Head() {
  const t = useT()
  return (
    <thead>
      <tr>
        <th scope="col">{t('media.medium')}</th>
        <th scope="col">{t('media.spent')}</th>
        <th scope="col">
          <WithFormula name={t('media.brought')} formula={t('media.brought.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('media.share')} formula={t('media.share.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('media.back')} formula={t('media.back.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('media.margin')} formula={t('media.margin.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('media.next')} formula={t('media.next.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('media.halfLife')} formula={t('media.halfLife.formula')} />
        </th>
      </tr>
    </thead>
  )
}
