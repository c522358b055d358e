import type { ChoiceGroup } from '@ecluse/contracts/channel-choice.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { heat } from '../../insights/heat.ts'
import { Plot } from '../../today/plot.tsx'
import { useAnalysisWords } from './analysis-words.ts'

/** Where orders of each channel would go without it: read by columns, what a channel takes from the others. */
export function ChoiceDiversion({ group }: { group: ChoiceGroup }) {
  const t = useT()
  const words = useAnalysisWords()
  const { channels, diversion } = group
  const [largest] = channels
  const strongest = diversion.filter(({ from }) => from === largest?.channel).toSorted((a, b) => b.share - a.share)[0]
  return (
    <Plot
      question={t('choice.diversion')}
      answer={
        strongest
          ? t('choice.diversion.answer', {
              from: words.channel(strongest.from),
              to: words.channel(strongest.to),
              share: words.share(strongest.share, 0),
              orders: words.number(strongest.orders, 0),
              revenue: words.money(strongest.revenueMinor),
            })
          : t('choice.diversion.none')
      }
      file={t('choice.diversion.file')}
      table={[
        [
          t('choice.from'),
          t('choice.to'),
          t('choice.share'),
          t('analysis.error'),
          t('kpi.orders'),
          t('choice.revenue'),
        ],
        ...diversion.map((one) => [
          words.channel(one.from),
          words.channel(one.to),
          one.share,
          one.standardError ?? '',
          Math.round(one.orders),
          Math.round(one.revenueMinor) / 100,
        ]),
      ]}
    >
      <p className="bo-line bo-quiet">
        <WithFormula name={t('choice.diversion.how')} formula={t('choice.diversion.formula')} />
      </p>
      <Matrix group={group} />
    </Plot>
  )
}

/** Rows are the channels that are gone, columns those their orders would go to. */
function Matrix({ group: { channels, diversion } }: { group: ChoiceGroup }) {
  const t = useT()
  const words = useAnalysisWords()
  return (
    <FigureTable label={t('choice.diversion')} heat>
      <thead>
        <tr>
          <th scope="col">{t('choice.corner')}</th>
          {channels.map(({ channel }) => (
            <th scope="col" key={channel}>
              {words.channel(channel)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {channels.map(({ channel: from }) => (
          <tr key={from}>
            <th scope="row">{words.channel(from)}</th>
            {channels.map(({ channel: to }) => {
              const cell = diversion.find((one) => one.from === from && one.to === to)
              if (!cell) return <td key={to}>–</td>
              return (
                <td key={to} style={heat(cell.share)}>
                  <strong>{words.share(cell.share, 0)}</strong>
                  <br />
                  <span className="bo-heat-note">{words.money(cell.revenueMinor)}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}
