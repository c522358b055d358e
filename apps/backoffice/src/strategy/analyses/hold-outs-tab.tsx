import { NumberInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { HoldOutsResults } from '@ecluse/contracts/analysis-results.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing } from '../scenarios/plots.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { useAsk, type QuestionOf } from './use-ask.ts'

/** What messages caused in each channel, against people whom chance kept from being contacted. */
export function HoldOutsTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const { form, ...ask } = useAsk<QuestionOf<'hold_outs'>>(
    { kind: 'hold_outs', from: daysAgo(364), until: daysAgo(0), within: 30 },
    ({ id }) => onRun(id),
  )
  return (
    <div className="bo-stack">
      <AskCard title={t('contribution.holdOuts')} help={t('contribution.holdOuts.help')} {...ask}>
        <TextInput type="date" label={t('analysis.from')} {...form.getInputProps('question.from')} />
        <TextInput type="date" label={t('analysis.until')} {...form.getInputProps('question.until')} />
        <NumberInput
          label={t('contribution.within')}
          description={t('contribution.within.help')}
          min={1}
          max={180}
          allowDecimal={false}
          {...form.getInputProps('question.within')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="hold_outs"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'hold_outs'
            ? t('analysis.days', { from: words.day(question.from), until: words.day(question.until) })
            : ''
        }
      >
        {(results) => results.kind === 'hold_outs' && <Journeys results={results} />}
      </AnalysisAnswer>
    </div>
  )
}

function Journeys({ results }: { results: HoldOutsResults }) {
  const t = useT()
  if (results.journeys.length === 0)
    return <EmptyState title={t('contribution.holdOuts.none')} hint={t('contribution.holdOuts.none.help')} />
  return results.journeys.map((journey) => <Journey key={journey.journeyId} journey={journey} />)
}

type One = HoldOutsResults['journeys'][number]

function Journey({ journey }: { journey: One }) {
  const t = useT()
  const words = useAnalysisWords()
  const link = (
    <Link to="/journeys/$journeyId" params={{ journeyId: journey.journeyId }} className="bo-link">
      {t('contribution.journey.see')}
    </Link>
  )
  const arms = { contacted: words.number(journey.contacted, 0), heldOut: words.number(journey.heldOut, 0) }
  const [all] = journey.orders
  if (journey.problem !== null || !all)
    return (
      <Card title={journey.name} acts={link}>
        <p className="bo-line">{t(`contribution.problem.${journey.problem ?? 'few_held_out'}`, arms)}</p>
      </Card>
    )
  const name = (channel: string | null): string =>
    channel === null ? t('contribution.allChannels') : words.channel(channel)
  const rows = journey.orders.map((row) => ({ ...row, effect: row.difference }))
  const sales = journey.sales[0]
  return (
    <Plot
      question={t('contribution.journey.question', { name: journey.name })}
      answer={t(
        words.isSure({ ...all, effect: all.difference }) ? 'contribution.journey.sure' : 'contribution.journey.unsure',
        {
          ...arms,
          orders: words.interval({ ...all, effect: all.difference }, words.number),
          chance: words.chance(all.pValue),
          sales: sales ? words.interval({ ...sales, effect: sales.difference }, words.money) : '–',
        },
      )}
      file={t('contribution.journey.file')}
      table={[
        [
          t('orders.channel'),
          t('contribution.contacted'),
          t('contribution.heldOut'),
          t('contribution.difference'),
          '2,5 %',
          '97,5 %',
          'p',
        ],
        ...journey.orders.map((row) => [
          name(row.channel),
          ...[row.contacted, row.heldOut, row.difference, row.low, row.high, row.pValue].map(
            (value) => Math.round(value * 10_000) / 10_000,
          ),
        ]),
      ]}
    >
      <BarDrawing
        label={t('contribution.journey.question', { name: journey.name })}
        rows={rows.map((row) => ({
          label: name(row.channel),
          from: row.low,
          to: row.high,
          told: words.interval(row, words.number),
          bad: row.high < 0,
        }))}
      />
      <p className="bo-line">{link}</p>
    </Plot>
  )
}
