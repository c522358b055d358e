import { Alert } from '@mantine/core'
import type {
  ExperimentComparison,
  ExperimentDesign,
  ExperimentPlan,
  ExperimentResults,
} from '@ecluse/contracts/experiments.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { useExperimentWords } from './experiment-words.ts'
import { IntervalPlot } from './interval-plot.tsx'

type Given = { design: ExperimentDesign; plan: ExperimentPlan; results: ExperimentResults }

/** What an experiment says so far: a sentence for each arm, how sure it became, and the figures behind. */
export function Results({ design, plan, results }: Given) {
  const t = useT()
  const words = useExperimentWords()
  const { mismatch, fewSites, crossed, comparisons } = results
  return (
    <>
      {mismatch?.warn && (
        <Alert color="red" title={t('experiment.mismatch')}>
          {t('experiment.mismatch.help', { chance: words.chance(mismatch.pValue) })}
        </Alert>
      )}
      {fewSites && <Alert title={t('experiment.fewSites')}>{t('experiment.fewSites.help')}</Alert>}
      {comparisons.map((comparison) => (
        <Comparison key={comparison.arm} comparison={comparison} design={design} plan={plan} results={results} />
      ))}
      <ArmsTable design={design} results={results} />
      {crossed > 0 && <p className="bo-line bo-quiet">{t('experiment.crossed', { count: crossed })}</p>}
    </>
  )
}

function Comparison({ comparison, design, plan, results }: Given & { comparison: ExperimentComparison }) {
  const t = useT()
  const words = useExperimentWords()
  const { arm, course } = comparison
  const sentence = useSentence({ comparison, design, plan, results })
  const read = readingOf(comparison, design)
  const question = t('experiment.compared', {
    arm: words.armName(design, arm),
    control: design.arms[0]?.name ?? '',
    kpi: t(`experiment.kpi.${design.kpi}`),
  })
  if (course.length === 0)
    return (
      <Card title={question}>
        <p className="bo-plot-answer">{sentence}</p>
        {read && <Figures comparison={comparison} design={design} />}
      </Card>
    )
  return (
    <Plot
      question={question}
      answer={sentence}
      file={t('experiment.file')}
      table={[
        [t('experiment.day'), t('experiment.difference'), t('experiment.low'), t('experiment.high'), 'p'],
        ...course.map(({ day, effect, low, high, pValue }) => [
          day,
          ...[effect, low ?? 0, high ?? 0, pValue].map((value) => Number(value.toPrecision(6))),
        ]),
      ]}
    >
      <IntervalPlot course={course} kpi={design.kpi} label={question} />
      <Figures comparison={comparison} design={design} />
    </Plot>
  )
}

const readingOf = ({ plain, adjusted }: ExperimentComparison, { adjust }: ExperimentDesign) =>
  adjust ? (adjusted ?? plain) : plain

/** What it means, and whether one may stop. */
function useSentence({ comparison, design, plan, results }: Given & { comparison: ExperimentComparison }): string {
  const t = useT()
  const words = useExperimentWords()
  const read = readingOf(comparison, design)
  const bySite = design.unit === 'site'
  const told = {
    arm: words.armName(design, comparison.arm),
    control: design.arms[0]?.name ?? '',
    difference: read ? words.difference(design.kpi, read) : '–',
    chance: words.chance(read?.pValue ?? null),
    measured: results.arms.reduce((sum, { measured }) => sum + measured, 0),
    planned: plan.alwaysTotal ?? plan.total ?? 0,
    waiting: results.waiting,
    days: design.windowDays,
    day: results.judgedOn === null ? '' : words.day(results.judgedOn),
  }
  if (comparison.verdict === 'too_early') return t(`experiment.verdict.too_early.${bySite ? 'site' : 'customer'}`, told)
  if (bySite) return t(`experiment.verdict.site.${comparison.verdict}`, told)
  return t(`experiment.verdict.${comparison.verdict}`, told)
}

/** Both readings, with spending of before taken out and without. */
function Figures({ comparison, design }: { comparison: ExperimentComparison; design: ExperimentDesign }) {
  const t = useT()
  const words = useExperimentWords()
  const { varianceRatio } = comparison
  const planned = design.adjust ? 'adjusted' : 'plain'
  const formula = design.unit === 'site' ? 'experiment.welch.formula' : 'experiment.always.formula'
  return (
    <FigureTable label={t('experiment.readings')}>
      <thead>
        <tr>
          <th scope="col">{t('experiment.reading')}</th>
          <th scope="col">{t('experiment.difference')}</th>
          <th scope="col">
            <WithFormula name={t('experiment.p')} formula={t(formula)} />
          </th>
        </tr>
      </thead>
      <tbody>
        {(['plain', 'adjusted'] as const).map((id) => {
          const one = comparison[id]
          return (
            one && (
              <tr key={id}>
                <th scope="row">
                  <WithFormula
                    name={`${t(`experiment.reading.${id}`)}${id === planned ? ` (${t('experiment.reading.planned')})` : ''}`}
                    formula={t(`experiment.reading.${id}.formula`, {
                      ratio: varianceRatio === null ? '–' : words.number(varianceRatio, 3),
                    })}
                  />
                </th>
                <td>{words.difference(design.kpi, one)}</td>
                <td>{words.chance(one.pValue)}</td>
              </tr>
            )
          )
        })}
      </tbody>
    </FigureTable>
  )
}

function ArmsTable({ design, results }: Omit<Given, 'plan'>) {
  const t = useT()
  const words = useExperimentWords()
  const share = (key: string) => design.arms.find((arm) => arm.key === key)?.share ?? 0
  const head = (['share', 'exposed', 'measured', 'mean', 'deviation'] as const).map((id) => ({
    id,
    name: t(`experiment.head.${id}`),
  }))
  const { mismatch } = results
  const nobody = results.arms.every(({ exposed }) => exposed === 0)
  return (
    <Plot
      question={t('experiment.arms')}
      answer={[
        t(results.waiting > 0 ? 'experiment.arms.waiting' : nobody ? 'experiment.arms.none' : 'experiment.arms.all', {
          waiting: results.waiting,
        }),
        mismatch && t('experiment.arms.got', { chance: words.chance(mismatch.pValue) }),
      ]
        .filter(Boolean)
        .join(' ')}
      file={t('experiment.arms.file')}
      table={[
        [t('experiment.arm'), ...head.map(({ name }) => name)],
        ...results.arms.map(({ key, exposed, measured, mean, deviation }) => [
          words.armName(design, key),
          share(key),
          exposed,
          measured,
          ...[mean, deviation].map((value) => (value === null ? '' : Number(value.toPrecision(8)))),
        ]),
      ]}
    >
      <FigureTable label={t('experiment.arms')}>
        <thead>
          <tr>
            <th scope="col">{t('experiment.arm')}</th>
            {head.map(({ id, name }) => (
              <th key={id} scope="col">
                <WithFormula name={name} formula={t(`experiment.head.${id}.formula`)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.arms.map(({ key, exposed, measured, mean, deviation }) => (
            <tr key={key}>
              <th scope="row">{words.armName(design, key)}</th>
              <td>{words.share(share(key) / 100, 0)}</td>
              <td>{words.number(exposed, 0)}</td>
              <td>{words.number(measured, 0)}</td>
              <td>{words.value(design.kpi, mean)}</td>
              <td>{words.value(design.kpi, deviation)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Plot>
  )
}
