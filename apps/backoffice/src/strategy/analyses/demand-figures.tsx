import { useState } from 'react'
import { Select } from '@mantine/core'
import { forecastMethods, type DemandResults } from '@ecluse/contracts/analysis-results.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { useSites } from '../../network/use-channels.ts'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { ConeDrawing } from '../scenarios/plots.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import type { QuestionOf } from './use-ask.ts'

type Part = { results: DemandResults; question: QuestionOf<'demand'> }
type Unit = DemandResults['units'][number]

/** Steps shown of what was: more would flatten what is to come. */
const shownSteps = 24
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** What one unit is expected to need, then all of them, with the method of each and what to have in stock. */
export function DemandFigures(part: Part) {
  const t = useT()
  const nameOf = useUnitName(part.question)
  const [chosen, setChosen] = useState<string | null>(null)
  const unit = part.results.units.find((one) => one.unit === chosen) ?? part.results.units[0]
  if (!unit) return null
  return (
    <>
      <Select
        label={t('planning.shown')}
        searchable
        allowDeselect={false}
        data={part.results.units.map((one) => ({ value: one.unit, label: nameOf(one) }))}
        value={unit.unit}
        onChange={setChosen}
      />
      <Cone {...part} unit={unit} name={nameOf(unit)} />
      <Proposals {...part} nameOf={nameOf} />
    </>
  )
}

function useUnitName({ per }: QuestionOf<'demand'>): (unit: Unit) => string {
  const { locale } = useLocale()
  const words = useAnalysisWords()
  const sites = useSites()
  return ({ unit, name }) => {
    if (name) return name[locale]
    if (per === 'channel') return words.channel(unit)
    return sites.find(({ code }) => code === unit)?.name ?? unit
  }
}

/** What was, and what is to come with the interval it lies in nine times of ten; why this method. */
function Cone({ results, question, unit, name }: Part & { unit: Unit; name: string }) {
  const t = useT()
  const words = useAnalysisWords()
  const from = Math.max(0, results.steps.length - shownSteps)
  const history = unit.history.slice(from)
  const total = sum(unit.mean)
  const errors = forecastMethods.flatMap((method) => {
    const error = unit.errors[method]
    return error === null ? [] : [`${t(`planning.method.${method}`)} ${words.number(error, 2)}`]
  })
  return (
    <Plot
      question={t('planning.cone.question', { name })}
      answer={`${t('planning.cone.answer', {
        total: words.number(total, 0),
        steps: t(`planning.steps.${question.step}`, { count: unit.mean.length }),
        low: words.number(unit.low[0] ?? 0, 0),
        high: words.number(unit.high[0] ?? 0, 0),
      })} ${
        unit.constant
          ? t('planning.why.constant')
          : t('planning.why', { method: t(`planning.method.${unit.method}`), errors: errors.join(', ') })
      }`}
      file={t('planning.cone.file')}
      table={[
        [t('planning.stepFrom'), t('planning.was'), '5 %', t('planning.expected'), '95 %'],
        ...history.map((was, at) => [results.steps[from + at] ?? '', was, '', '', '']),
        ...unit.mean.map((mean, at) =>
          [results.ahead[at] ?? '', '', unit.low[at] ?? 0, mean, unit.high[at] ?? 0].map(hundredths),
        ),
      ]}
    >
      <ConeDrawing
        label={t('planning.cone.question', { name })}
        names={{ median: t('planning.wasAndExpected'), other: '' }}
        format={(value) => words.number(value, 0)}
        event={history.length}
        points={[
          ...history.map((was, at) => ({
            label: words.day(results.steps[from + at] ?? ''),
            low: was,
            median: was,
            high: was,
            other: null,
          })),
          ...unit.mean.map((median, at) => ({
            label: words.day(results.ahead[at] ?? ''),
            low: unit.low[at] ?? 0,
            median,
            high: unit.high[at] ?? 0,
            other: null,
          })),
        ]}
      />
    </Plot>
  )
}

const hundredths = (cell: string | number): string | number =>
  typeof cell === 'number' ? Math.round(cell * 100) / 100 : cell

/** Every unit with what is expected, by which method, and for articles what to have. */
function Proposals({ results, question, nameOf }: Part & { nameOf: (unit: Unit) => string }) {
  const t = useT()
  const words = useAnalysisWords()
  const goods = question.per === 'product'
  const steps = t(`planning.steps.${question.step}`, { count: question.horizon })
  const lead = t(`planning.steps.${question.step}`, { count: question.lead })
  return (
    <Plot
      question={t(goods ? 'planning.proposals.goods' : 'planning.proposals')}
      answer={`${t(goods ? 'planning.proposals.answer' : 'planning.proposals.plain', { steps, lead, share: words.share(question.service, 0) })} ${
        results.skipped > 0 ? t('planning.skipped', { count: results.skipped }) : ''
      }`}
      file={t('planning.proposals.file')}
      table={[
        [
          t(`planning.per.${question.per}`),
          t('planning.expected'),
          t('planning.method'),
          t('planning.orderUpTo'),
          t('planning.season'),
        ],
        ...results.units.map((unit) => [
          nameOf(unit),
          hundredths(sum(unit.mean)),
          t(`planning.method.${unit.method}`),
          goods ? unit.orderUpTo : '',
          unit.season?.quantity ?? '',
        ]),
      ]}
    >
      <FigureTable label={t(goods ? 'planning.proposals.goods' : 'planning.proposals')}>
        <Head question={question} />
        <tbody>
          {results.units.map((unit) => (
            <Row key={unit.unit} unit={unit} name={nameOf(unit)} question={question} />
          ))}
        </tbody>
      </FigureTable>
    </Plot>
  )
}

function Head({ question }: Pick<Part, 'question'>) {
  const t = useT()
  const goods = question.per === 'product'
  const steps = t(`planning.steps.${question.step}`, { count: question.horizon })
  return (
    <thead>
      <tr>
        <th scope="col">{t(`planning.per.${question.per}`)}</th>
        <th scope="col">{t('planning.lastSteps', { steps })}</th>
        <th scope="col">
          <WithFormula name={t('planning.expected')} formula={t('planning.expected.formula')} />
        </th>
        <th scope="col">
          <WithFormula name={t('planning.method')} formula={t('planning.method.formula')} />
        </th>
        {goods && (
          <>
            <th scope="col">
              <WithFormula name={t('planning.orderUpTo')} formula={t('planning.orderUpTo.formula')} />
            </th>
            <th scope="col">
              <WithFormula name={t('planning.season')} formula={t('planning.season.formula')} />
            </th>
          </>
        )}
      </tr>
    </thead>
  )
}

function Row({ unit, name, question }: Pick<Part, 'question'> & { unit: Unit; name: string }) {
  const t = useT()
  const words = useAnalysisWords()
  const goods = question.per === 'product'
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{words.number(sum(unit.history.slice(-question.horizon)), 0)}</td>
      <td>{words.number(sum(unit.mean))}</td>
      <td>{t(`planning.method.${unit.method}`)}</td>
      {goods && (
        <>
          <td>{words.number(unit.orderUpTo, 0)}</td>
          <td>
            {unit.season
              ? t('planning.season.told', {
                  quantity: words.number(unit.season.quantity, 0),
                  ratio: words.share(unit.season.ratio, 0),
                })
              : '–'}
          </td>
        </>
      )}
    </tr>
  )
}
