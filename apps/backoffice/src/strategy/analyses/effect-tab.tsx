import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { effectMeasures, effectSteps, effectUnits } from '@ecluse/contracts/analyses.ts'
import type { Analysis } from '@ecluse/contracts/analyses.ts'
import type { EffectResults } from '@ecluse/contracts/analysis-results.ts'
import { useT } from '../../app/i18n.ts'
import { useChannels, useSites } from '../../network/use-channels.ts'
import { Card } from '../../common/card.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing, ConeDrawing } from '../scenarios/plots.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { useAsk, type QuestionOf } from './use-ask.ts'

type Question = QuestionOf<'effect'>
type Form = UseFormReturnType<{ question: Question }>

const begun: Question = {
  kind: 'effect',
  event: '',
  day: daysAgo(168),
  channel: null,
  unit: 'department',
  treated: [],
  measure: 'orders',
  step: 'four_weeks',
  before: 12,
  after: 6,
}

/** What a dated event changed where it happened, against the same sales elsewhere. */
export function EffectTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const { form, ...ask } = useAsk<Question>(begun, ({ id }) => onRun(id))
  return (
    <div className="bo-stack">
      <AskCard title={t('contribution.effect')} help={t('contribution.effect.help')} {...ask}>
        <TextInput
          label={t('contribution.event')}
          placeholder={t('contribution.event.example')}
          required
          {...form.getInputProps('question.event')}
        />
        <TextInput type="date" label={t('contribution.day')} required {...form.getInputProps('question.day')} />
        <WhereInputs form={form} />
        <MeasureInputs form={form} />
      </AskCard>
      <AnalysisAnswer
        kind="effect"
        id={run}
        onChoose={onRun}
        about={(question) => (question.kind === 'effect' ? `${question.event}, ${words.day(question.day)}` : '')}
      >
        {(results, { question }) =>
          results.kind === 'effect' && question.kind === 'effect' && <Judged results={results} question={question} />
        }
      </AnalysisAnswer>
    </div>
  )
}

function WhereInputs({ form }: { form: Form }) {
  const t = useT()
  const words = useAnalysisWords()
  const channels = useChannels()
  const sites = useSites()
  const { unit } = form.getValues().question
  const treated = {
    label: t(`contribution.treated.${unit}`),
    description: t(`contribution.treated.${unit}.help`),
    required: true,
    ...form.getInputProps('question.treated'),
  }
  const shops = sites.filter(({ kind }) => kind === 'shop')
  return (
    <>
      <Select
        label={t('contribution.unit')}
        allowDeselect={false}
        data={effectUnits.map((value) => ({ value, label: t(`contribution.unit.${value}`) }))}
        value={unit}
        onChange={(value) => {
          const chosen = effectUnits.find((one) => one === value)
          if (chosen) form.setValues((now) => ({ question: { ...begun, ...now.question, unit: chosen, treated: [] } }))
        }}
      />
      {unit === 'department' ? (
        <TagsInput splitChars={[',', ' ']} maxTags={50} {...treated} />
      ) : (
        <MultiSelect
          searchable
          data={
            unit === 'shop'
              ? shops.map(({ code, name }) => ({ value: code, label: name }))
              : channels.map(({ code }) => ({ value: code, label: words.channel(code) }))
          }
          {...treated}
        />
      )}
      {unit !== 'channel' && (
        <Select
          label={t('contribution.ofChannel')}
          description={t('contribution.ofChannel.help')}
          placeholder={t('contribution.allChannels')}
          clearable
          data={channels.map(({ code }) => ({ value: code, label: words.channel(code) }))}
          {...form.getInputProps('question.channel')}
        />
      )}
    </>
  )
}

function MeasureInputs({ form }: { form: Form }) {
  const t = useT()
  return (
    <>
      <Select
        label={t('contribution.measure')}
        allowDeselect={false}
        data={effectMeasures.map((value) => ({ value, label: t(`contribution.measure.${value}`) }))}
        {...form.getInputProps('question.measure')}
      />
      <Select
        label={t('contribution.step')}
        allowDeselect={false}
        data={effectSteps.map((value) => ({ value, label: t(`contribution.step.${value}`) }))}
        {...form.getInputProps('question.step')}
      />
      <NumberInput
        label={t('contribution.before')}
        min={3}
        max={104}
        allowDecimal={false}
        {...form.getInputProps('question.before')}
      />
      <NumberInput
        label={t('contribution.after')}
        min={1}
        max={52}
        allowDecimal={false}
        {...form.getInputProps('question.after')}
      />
    </>
  )
}

type Asked = Extract<Analysis['question'], { kind: 'effect' }>
const methods = ['syntheticDifferences', 'differences', 'synthetic'] as const

function Judged({ results, question }: { results: EffectResults; question: Asked }) {
  const t = useT()
  const words = useAnalysisWords()
  const write = question.measure === 'orders' ? (value: number) => words.number(value) : words.money
  const best = results.estimates.syntheticDifferences
  const rows = methods.map((method) => ({ method, ...results.estimates[method] }))
  return (
    <>
      <Lines results={results} question={question} write={write} />
      <Plot
        question={t('contribution.effects.question', { event: question.event })}
        answer={t(words.isSure(best) ? 'contribution.effects.sure' : 'contribution.effects.unsure', {
          effect: words.interval(best, write),
          share: results.mean === 0 ? '–' : words.share(best.effect / Math.abs(results.mean), 0),
          chance: words.chance(best.pValue),
        })}
        file={t('contribution.effects.file')}
        table={[
          [t('contribution.method'), t('contribution.perStep'), t('analysis.error'), '2,5 %', '97,5 %', 'p'],
          ...rows.map(({ method, effect, standardError, low, high, pValue }) => [
            t(`contribution.method.${method}`),
            ...[effect, standardError, low, high, pValue].map((one) => one ?? ''),
          ]),
        ]}
      >
        <BarDrawing
          label={t('contribution.effects.question', { event: question.event })}
          rows={rows.map((row) => ({
            label: t(`contribution.method.${row.method}`),
            from: row.low ?? 0,
            to: row.high ?? row.effect,
            told: words.interval(row, write),
            bad: words.isSure(row) && row.effect < 0,
          }))}
        />
        <p className="bo-line bo-quiet">
          {methods.map((method) => (
            <span key={method} className="bo-method">
              <WithFormula
                name={t(`contribution.method.${method}`)}
                formula={t(`contribution.method.${method}.formula`)}
              />
            </span>
          ))}
        </p>
      </Plot>
      <Mixture results={results} question={question} />
    </>
  )
}

function Lines({
  results,
  question,
  write,
}: {
  results: EffectResults
  question: Asked
  write: (value: number) => string
}) {
  const t = useT()
  const words = useAnalysisWords()
  return (
    <Plot
      question={t('contribution.lines.question', { event: question.event })}
      answer={t(results.fit > 0.25 ? 'contribution.lines.loose' : 'contribution.lines.close', {
        fit: words.share(results.fit, 0),
        others: words.number(results.others, 0),
      })}
      file={t('contribution.lines.file')}
      table={[
        [t('contribution.stepFrom'), t('contribution.actual'), t('contribution.without')],
        ...results.steps.map(({ startsOn, actual, without }) => [startsOn, actual, Math.round(without * 100) / 100]),
      ]}
    >
      <ConeDrawing
        label={t('contribution.lines.label')}
        names={{ median: t('contribution.actual'), other: t('contribution.without') }}
        format={write}
        event={results.stepsBefore}
        points={results.steps.map(({ startsOn, actual, without }) => ({
          label: words.day(startsOn),
          low: actual,
          median: actual,
          high: actual,
          other: without,
        }))}
      />
    </Plot>
  )
}

/** Whom those touched are compared with. */
function Mixture({ results, question }: { results: EffectResults; question: Asked }) {
  const t = useT()
  const words = useAnalysisWords()
  const sites = useSites()
  const name = (unit: string): string => {
    if (question.unit === 'channel') return words.channel(unit)
    if (question.unit === 'shop') return sites.find(({ code }) => code === unit)?.name ?? unit
    return t('contribution.department', { code: unit })
  }
  return (
    <Card title={t('contribution.mixture')}>
      <p className="bo-line bo-quiet">{t('contribution.mixture.help', { count: results.placebos })}</p>
      <p className="bo-line">
        {results.weights.map(({ unit, weight }) => `${name(unit)} ${words.share(weight, 0)}`).join(' · ')}
      </p>
    </Card>
  )
}
