import { Skeleton } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import {
  experimentPlanBodySchema,
  type ExperimentBaseline,
  type ExperimentDesign,
  type ExperimentPlan,
  type ExperimentPlanBody,
} from '@ecluse/contracts/experiments.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Judged, useJudged } from '../judged.tsx'
import { useExperimentWords } from './experiment-words.ts'

/** What follows for the size and the time, while one types. */
export function PlanCard({ body, baseline }: { body: unknown; baseline: ExperimentBaseline | undefined }) {
  const t = useT()
  const checked = experimentPlanBodySchema.safeParse(body)
  const given: ExperimentPlanBody | null = checked.success ? checked.data : null
  const query = useJudged('experiment', given, async (asked) =>
    asked === null ? null : { asked, plan: await call(endpoints.planExperiment, { body: asked }) },
  )
  return (
    <Card title={t('experiment.plan')}>
      {!baseline ? (
        <Skeleton height={220} />
      ) : (
        <Judged query={query}>
          {(answer) =>
            answer === null ? (
              <p className="bo-line">{t('experiment.plan.incomplete')}</p>
            ) : (
              <Planned design={answer.asked.design} baseline={answer.asked.baseline} plan={answer.plan} />
            )
          }
        </Judged>
      )}
    </Card>
  )
}

type Given = { design: ExperimentDesign; baseline: ExperimentBaseline; plan: ExperimentPlan }

/** The plan in a sentence, and the figures it rests on, each with its formula. */
export function Planned({ design, baseline, plan }: Given) {
  const t = useT()
  const rows = usePlanRows({ design, baseline, plan })
  return (
    <>
      <p className="bo-plot-answer">{usePlanSentence({ design, baseline, plan })}</p>
      <FigureTable label={t('experiment.plan')} narrow>
        <tbody>
          {rows.map(({ id, value }) => (
            <tr key={id}>
              <th scope="row">
                <WithFormula name={t(`experiment.row.${id}`)} formula={t(`experiment.row.${id}.formula`)} />
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </>
  )
}

function usePlanSentence({ design, plan }: Given): string {
  const t = useT()
  const words = useExperimentWords()
  const { problem, total, days, available, smallest } = plan
  const told = {
    total: words.number(total ?? 0, 0),
    available: words.number(available, 0),
    days: days ?? 0,
    effect: words.effectOf(design.kpi, design.effect),
    smallest: words.effectOf(design.kpi, smallest),
    power: words.share(design.power, 0),
  }
  if (problem === 'few_people' || problem === 'few_sites')
    return t(`experiment.problem.${problem}${smallest === null ? '.none' : ''}`, told)
  if (problem !== null) return t(`experiment.problem.${problem}`)
  return t(`experiment.answer.${design.unit}`, told)
}

function usePlanRows({ design, baseline, plan }: Given) {
  const words = useExperimentWords()
  const { kpi, unit } = design
  const whole = (value: number | null) => value !== null && words.number(value, 0)
  const ratio = unit === 'site' ? (baseline.sites?.varianceRatio ?? null) : baseline.varianceRatio
  const rows = [
    { id: 'people', value: whole(baseline.people) },
    { id: 'buyers', value: words.share(baseline.buyers, 1) },
    { id: 'mean', value: words.value(kpi, baseline.mean) },
    { id: 'deviation', value: words.value(kpi, baseline.deviation) },
    { id: 'ratio', value: ratio !== null && words.number(ratio, 3) },
    { id: 'sites', value: unit === 'site' && whole(baseline.sites?.count ?? 0) },
    { id: 'likeness', value: unit === 'site' && baseline.sites !== null && words.number(baseline.sites.likeness, 4) },
    { id: 'designEffect', value: plan.designEffect !== null && words.number(plan.designEffect, 2) },
    { id: 'level', value: words.share(plan.level, 2) },
    { id: 'perArm', value: plan.perArm.map(({ size }) => words.number(size, 0)).join(' / ') },
    { id: 'total', value: whole(plan.total) },
    { id: 'always', value: whole(plan.alwaysTotal) },
    { id: 'days', value: whole(plan.days) },
    { id: 'smallest', value: plan.smallest !== null && words.effectOf(kpi, plan.smallest) },
  ] as const
  return rows.filter(({ value }) => value !== false && value !== '')
}
