import type { ChoiceGroup } from '@ecluse/contracts/channel-choice.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAnalysisWords } from './analysis-words.ts'

/** The same prices everywhere, or those of one channel apart: who moves, and what is left of margins. */
export function PriceTests({ group: { tests, elasticities }, change }: { group: ChoiceGroup; change: number }) {
  const t = useT()
  const words = useAnalysisWords()
  const title = t('choice.test', { change: `${change > 0 ? '+' : ''}${words.share(change, 1)}` })
  const best = tests?.toSorted((a, b) => b.marginChange - a.marginChange)[0]
  if (!tests || !best)
    return (
      <Card title={title}>
        <EmptyState title={t('choice.test.none')} hint={t('choice.test.none.help')} compact />
      </Card>
    )
  const towards = ({ moves, ordersBefore, ordersAfter }: (typeof tests)[number]): string => {
    const sign = ordersAfter < ordersBefore ? 1 : -1
    const most = moves.toSorted((a, b) => sign * (b.orders - a.orders))[0]
    return most ? `${words.channel(most.channel)} (${words.number(most.orders, 0)})` : '–'
  }
  return (
    <Plot
      question={title}
      answer={t(best.marginChange > 0 ? 'choice.test.answer' : 'choice.test.same', {
        channel: words.channel(best.channel),
        margin: words.money(best.marginChange),
        moved: words.number(Math.abs(best.ordersBefore - best.ordersAfter), 0),
      })}
      file={t('choice.test.file')}
      table={[
        [t('orders.channel'), t('choice.test.before'), t('choice.test.after'), t('choice.test.margin')],
        ...tests.map((one) => [
          words.channel(one.channel),
          Math.round(one.ordersBefore * 10) / 10,
          Math.round(one.ordersAfter * 10) / 10,
          Math.round(one.marginChange) / 100,
        ]),
      ]}
    >
      <FigureTable label={title}>
        <thead>
          <tr>
            <th scope="col">{t('choice.test.channel')}</th>
            <th scope="col">{t('choice.test.before')}</th>
            <th scope="col">{t('choice.test.after')}</th>
            <th scope="col">{t('choice.test.towards')}</th>
            <th scope="col">
              <WithFormula name={t('choice.test.margin')} formula={t('choice.test.formula')} />
            </th>
          </tr>
        </thead>
        <tbody>
          {tests.map((one) => (
            <tr key={one.channel}>
              <th scope="row">{words.channel(one.channel)}</th>
              <td>{words.number(one.ordersBefore, 0)}</td>
              <td>{words.number(one.ordersAfter, 0)}</td>
              <td>{towards(one)}</td>
              <td>{words.money(one.marginChange)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
      {elasticities && <Elasticities elasticities={elasticities} />}
    </Plot>
  )
}

/** Rows are the channels whose price moves, columns those whose orders answer. */
function Elasticities({ elasticities }: { elasticities: NonNullable<ChoiceGroup['elasticities']> }) {
  const t = useT()
  const words = useAnalysisWords()
  const channels = [...new Set(elasticities.map(({ of }) => of))]
  return (
    <>
      <h3>
        <WithFormula name={t('choice.elasticities')} formula={t('choice.elasticities.formula')} />
      </h3>
      <FigureTable label={t('choice.elasticities')}>
        <thead>
          <tr>
            <th scope="col">{t('choice.elasticities.corner')}</th>
            {channels.map((channel) => (
              <th scope="col" key={channel}>
                {words.channel(channel)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((of) => (
            <tr key={of}>
              <th scope="row">{words.channel(of)}</th>
              {channels.map((on) => (
                <td key={on}>
                  {words.number(elasticities.find((one) => one.of === of && one.on === on)?.value ?? 0, 2)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </>
  )
}
