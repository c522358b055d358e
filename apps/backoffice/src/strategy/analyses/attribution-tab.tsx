import { NumberInput, TextInput } from '@mantine/core'
import { attributionRules, type AttributionResults, type AttributionRule } from '@ecluse/contracts/analysis-results.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { heat } from '../../insights/heat.ts'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing } from '../scenarios/plots.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { useAsk, type QuestionOf } from './use-ask.ts'

type TabProps = { run: string | undefined; onRun: (id: string) => void }

/** Which channel brings the orders, by six rules side by side. */
export function AttributionTab({ run, onRun }: TabProps) {
  const t = useT()
  const words = useAnalysisWords()
  const { form, ...ask } = useAsk<QuestionOf<'attribution'>>(
    { kind: 'attribution', from: daysAgo(364), until: daysAgo(0), lookback: 30, halfLife: 7 },
    ({ id }) => onRun(id),
  )
  return (
    <div className="bo-stack">
      <AskCard title={t('contribution.attribution')} help={t('contribution.attribution.help')} {...ask}>
        <TextInput type="date" label={t('analysis.from')} {...form.getInputProps('question.from')} />
        <TextInput type="date" label={t('analysis.until')} {...form.getInputProps('question.until')} />
        <NumberInput
          label={t('contribution.lookback')}
          description={t('contribution.lookback.help')}
          min={1}
          max={90}
          allowDecimal={false}
          {...form.getInputProps('question.lookback')}
        />
        <NumberInput
          label={t('contribution.halfLife')}
          description={t('contribution.halfLife.help')}
          min={0.5}
          max={90}
          {...form.getInputProps('question.halfLife')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="attribution"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'attribution'
            ? t('analysis.days', { from: words.day(question.from), until: words.day(question.until) })
            : ''
        }
      >
        {(results) => results.kind === 'attribution' && <Credited results={results} />}
      </AnalysisAnswer>
    </div>
  )
}

function Credited({ results }: { results: AttributionResults }) {
  return (
    <>
      <Totals results={results} />
      <Spread results={results} />
      <Rules results={results} />
    </>
  )
}

function Totals({ results }: { results: AttributionResults }) {
  const t = useT()
  const words = useAnalysisWords()
  const { orders, ordersOfAll, valueMinor, journeys, contacts, mixed, notes } = results
  const figures = [
    ['orders', words.number(orders, 0)],
    ['value', words.money(valueMinor)],
    ['journeys', words.number(journeys, 0)],
    ['contacts', words.number(contacts)],
    ['mixed', words.share(mixed, 0)],
  ] as const
  return (
    <Card title={t('contribution.totals')}>
      <dl className="bo-knowledge-totals">
        {figures.map(([id, value]) => (
          <div key={id}>
            <dt>
              <WithFormula name={t(`contribution.${id}`)} formula={t(`contribution.${id}.formula`)} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {ordersOfAll > orders && (
        <p className="bo-line bo-quiet">
          {t('contribution.coverage', { orders: words.number(orders, 0), all: words.number(ordersOfAll, 0) })}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="bo-line bo-quiet">
          {t(`contribution.note.${note}`)}
        </p>
      ))}
    </Card>
  )
}

const shareOf = (
  results: AttributionResults,
  at: AttributionResults['channels'][number],
  rule: AttributionRule,
): number => at.credits[rule].orders / results.orders

/** How much the rule decides: of each channel, the least and the most that any rule gives it. */
function Spread({ results }: { results: AttributionResults }) {
  const t = useT()
  const words = useAnalysisWords()
  const rows = results.channels.map((channel) => {
    const shares = attributionRules.map((rule) => shareOf(results, channel, rule))
    return { channel, low: Math.min(...shares), high: Math.max(...shares), last: shareOf(results, channel, 'last') }
  })
  const [top] = rows
  const apart = rows.toSorted((a, b) => b.high - b.low - (a.high - a.low))[0]
  if (!top || !apart) return null
  const markov = (row: (typeof rows)[number]): number => shareOf(results, row.channel, 'markov')
  const told = (share: number, { low, high }: { low: number; high: number }): string =>
    words.share(low, 0) === words.share(high, 0)
      ? words.share(share, 0)
      : t('contribution.spread.told', {
          share: words.share(share, 0),
          low: words.share(low, 0),
          high: words.share(high, 0),
        })
  return (
    <Plot
      question={t('contribution.spread.question')}
      answer={
        apart.high - apart.low < 0.02
          ? t('contribution.spread.same', {
              channel: words.channel(top.channel.channel),
              share: words.share(markov(top), 0),
            })
          : t('contribution.spread.answer', {
              channel: words.channel(top.channel.channel),
              share: words.share(markov(top), 0),
              other: words.channel(apart.channel.channel),
              low: words.share(apart.low, 0),
              high: words.share(apart.high, 0),
            })
      }
      file={t('contribution.spread.file')}
      table={[
        [
          t('orders.channel'),
          ...attributionRules.map((rule) => t(`contribution.rule.${rule}`)),
          t('contribution.removal'),
        ],
        ...results.channels.map((channel) => [
          words.channel(channel.channel),
          ...attributionRules.map((rule) => Math.round(channel.credits[rule].orders * 100) / 100),
          Math.round(channel.removalEffect * 10_000) / 10_000,
        ]),
      ]}
    >
      <BarDrawing
        label={t('contribution.spread.question')}
        rows={rows.map((row) => ({
          label: words.channel(row.channel.channel),
          from: row.low,
          to: row.high,
          told: told(markov(row), row),
        }))}
      />
    </Plot>
  )
}

function Rules({ results }: { results: AttributionResults }) {
  const t = useT()
  const words = useAnalysisWords()
  return (
    <Card title={t('contribution.rules')}>
      <p className="bo-line bo-quiet">{t('contribution.rules.help')}</p>
      <FigureTable label={t('contribution.rules')} heat>
        <thead>
          <tr>
            <th scope="col">{t('orders.channel')}</th>
            {attributionRules.map((rule) => (
              <th scope="col" key={rule}>
                <WithFormula name={t(`contribution.rule.${rule}`)} formula={t(`contribution.rule.${rule}.formula`)} />
              </th>
            ))}
            <th scope="col">
              <WithFormula name={t('contribution.removal')} formula={t('contribution.removal.formula')} />
            </th>
            <th scope="col">{t('contribution.markovValue')}</th>
          </tr>
        </thead>
        <tbody>
          {results.channels.map((channel) => (
            <tr key={channel.channel}>
              <th scope="row">{words.channel(channel.channel)}</th>
              {attributionRules.map((rule) => (
                <td key={rule} style={heat(shareOf(results, channel, rule))}>
                  {words.number(channel.credits[rule].orders)}{' '}
                  <span className="bo-heat-note">({words.share(shareOf(results, channel, rule), 0)})</span>
                </td>
              ))}
              <td>{words.share(channel.removalEffect, 0)}</td>
              <td>{words.money(channel.credits.markov.valueMinor)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}
