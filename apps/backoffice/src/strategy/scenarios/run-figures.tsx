import type { ScenarioResults, ScenarioVerdict } from '@ecluse/contracts/scenarios.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAmounts } from './amounts.ts'
import { FigureName, type VerdictFigure } from './figure-name.tsx'
import { BarDrawing, ConeDrawing } from './plots.tsx'

/** What a run came to: the verdict, then by channel, over the months, and what weighs on it. */
export function RunFigures({ results }: { results: ScenarioResults }) {
  return (
    <>
      <VerdictCard gain={results.gain} />
      <RevenuePlot results={results} />
      <BalancePlot results={results} />
      <ChannelPlot results={results} />
      <Tornado results={results} />
    </>
  )
}

/** A verdict as it is read, figure by figure. */
export function useVerdict(): (gain: ScenarioVerdict) => readonly (readonly [VerdictFigure, string])[] {
  const { money, share, payback } = useAmounts()
  const t = useT()
  return (gain) => [
    ['gain', money(gain.mean)],
    ['interval', t('scenario.range', { low: money(gain.low), high: money(gain.high) })],
    ['loss', share(gain.probabilityOfLoss)],
    ['irr', gain.internalReturn === null ? t('scenario.irr.none') : share(gain.internalReturn)],
    ['payback', payback(gain.payback)],
    ['paybackChance', share(gain.probabilityOfPayback)],
    ['worst', money(gain.worst)],
    ['funding', money(gain.funding)],
  ]
}

function VerdictCard({ gain }: { gain: ScenarioVerdict }) {
  const t = useT()
  const verdict = useVerdict()
  return (
    <Card title={t('scenario.verdict')}>
      <dl className="bo-knowledge-totals">
        {verdict(gain).map(([id, value]) => (
          <div key={id}>
            <dt>
              <FigureName id={id} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** @param name of the scenario, where there are several on a page */
export function RevenuePlot({ results: { months, channels }, name }: { results: ScenarioResults; name?: string }) {
  const t = useT()
  const { money, month } = useAmounts()
  const sum = (of: (one: ScenarioResults['channels'][number]) => number) =>
    channels.reduce((all, one) => all + of(one), 0)
  return (
    <Plot
      question={name ? `${name} · ${t('scenario.revenue.question')}` : t('scenario.revenue.question')}
      answer={t('scenario.revenue.answer', {
        with: money(sum(({ revenue }) => revenue)),
        without: money(sum(({ before }) => before.revenue)),
      })}
      file={t('scenario.revenue.file')}
      table={[
        [t('scenario.month'), '5 %', '50 %', '95 %', t('scenario.without')],
        ...months.map((one) =>
          [one.month, one.revenue.low, one.revenue.median, one.revenue.high, one.revenueBefore].map(rounded),
        ),
      ]}
    >
      <ConeDrawing
        label={t('scenario.revenue.label')}
        names={{ median: t('scenario.with'), other: t('scenario.without') }}
        format={money}
        points={months.map((one) => ({ label: month(one.month), ...one.revenue, other: one.revenueBefore }))}
      />
    </Plot>
  )
}

const rounded = (cell: string | number): string | number => (typeof cell === 'number' ? Math.round(cell) : cell)

function BalancePlot({ results: { months, gain } }: { results: ScenarioResults }) {
  const t = useT()
  const { money, month, payback } = useAmounts()
  return (
    <Plot
      question={t('scenario.balance.question')}
      answer={
        gain.payback === null
          ? t('scenario.balance.never')
          : t('scenario.balance.answer', { payback: payback(gain.payback), funding: money(gain.funding) })
      }
      file={t('scenario.balance.file')}
      table={[
        [t('scenario.month'), '5 %', '50 %', '95 %', t('scenario.moveCosts')],
        ...months.map((one) =>
          [one.month, one.balance.low, one.balance.median, one.balance.high, one.moveCosts].map(rounded),
        ),
      ]}
    >
      <ConeDrawing
        label={t('scenario.balance.label')}
        names={{ median: t('scenario.balance'), other: '' }}
        format={money}
        points={months.map((one) => ({ label: month(one.month), ...one.balance, other: null }))}
      />
    </Plot>
  )
}

/** Profit and cash of each channel with the moves and without, and what one takes from the other. */
function ChannelPlot({ results: { channels, moveCosts } }: { results: ScenarioResults }) {
  const t = useT()
  const { money, number, channel: nameOf } = useAmounts()
  const more = channels.map(({ profit, before }) => profit - before.profit)
  const taken = more.filter((one) => one < 0).reduce((sum, one) => sum + one, 0)
  const signed = (value: number) => `${value > 0 ? '+' : ''}${money(value)}`
  return (
    <Plot
      question={t('scenario.channels.question')}
      answer={t('scenario.channels.answer', {
        brought: money(more.reduce((sum, one) => sum + Math.max(0, one), 0)),
        taken: money(-taken),
        costs: money(moveCosts),
      })}
      file={t('scenario.channels.file')}
      table={[
        [
          t('scenario.channel'),
          t('scenario.orders'),
          t('scenario.revenue'),
          t('scenario.profit'),
          t('scenario.cash'),
          t('scenario.profitBefore'),
          t('scenario.cashBefore'),
        ],
        ...channels.map((one) => [
          nameOf(one.channel),
          number(one.orders),
          money(one.revenue),
          money(one.profit),
          money(one.cash),
          money(one.before.profit),
          money(one.before.cash),
        ]),
      ]}
    >
      <BarDrawing
        label={t('scenario.channels.question')}
        rows={channels.map(({ channel, profit, cash, before }) => ({
          label: nameOf(channel),
          from: 0,
          to: profit - before.profit,
          bad: profit < before.profit,
          told: t('scenario.channels.told', {
            profit: signed(profit - before.profit),
            cash: signed(cash - before.cash),
          }),
        }))}
      />
    </Plot>
  )
}

/** How far each uncertain figure alone moves the gain, and where it would be nought: what would have to be true. */
export function Tornado({ results: { tornado }, name }: { results: ScenarioResults; name?: string }) {
  const t = useT()
  const { money, number } = useAmounts()
  const { swings, middle } = tornado
  const [widest] = swings
  if (!widest) return null
  const figure = (value: number) => number(value, 2)
  return (
    <Plot
      question={name ? `${name} · ${t('scenario.tornado.question')}` : t('scenario.tornado.question')}
      answer={t('scenario.tornado.answer', {
        name: widest.name,
        low: money(Math.min(widest.atLow, widest.atHigh)),
        high: money(Math.max(widest.atLow, widest.atHigh)),
      })}
      file={t('scenario.tornado.file')}
      table={[
        [
          t('scenario.uncertain'),
          t('scenario.tornado.lowFigure'),
          t('scenario.tornado.atLow'),
          t('scenario.tornado.highFigure'),
          t('scenario.tornado.atHigh'),
          t('scenario.tornado.breakEven'),
        ],
        ...swings.map((one) => [
          one.name,
          figure(one.lowFigure),
          money(one.atLow),
          figure(one.highFigure),
          money(one.atHigh),
          one.breakEven === null ? '–' : figure(one.breakEven),
        ]),
      ]}
    >
      <BarDrawing
        label={t('scenario.tornado.question')}
        zero={middle}
        rows={swings.map(({ name: figureName, atLow, atHigh }) => ({
          label: figureName,
          from: Math.min(atLow, atHigh),
          to: Math.max(atLow, atHigh),
          bad: Math.min(atLow, atHigh) < 0,
          told: t('scenario.range', { low: money(Math.min(atLow, atHigh)), high: money(Math.max(atLow, atHigh)) }),
        }))}
      />
      <ul className="bo-plain-list">
        {swings.map(({ name: figureName, breakEven }) => (
          <li key={figureName} className="bo-line">
            {breakEven === null
              ? t('scenario.tornado.never', { name: figureName })
              : t('scenario.tornado.true', { name: figureName, value: figure(breakEven) })}
          </li>
        ))}
      </ul>
    </Plot>
  )
}
