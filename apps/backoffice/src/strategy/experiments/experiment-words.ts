import {
  experimentKpis,
  type Experiment,
  type ExperimentDesign,
  type ExperimentKpi,
} from '@ecluse/contracts/experiments.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../../app/i18n.ts'
import { useAnalysisWords } from '../analyses/analysis-words.ts'

export const toneOf = ({ state }: Pick<Experiment, 'state'>): StateTone =>
  ({ draft: 'neutral', running: 'waiting', ended: 'done' })[state] as StateTone

/** Figures and sentences of experiments, in the reader’s language. */
export function useExperimentWords() {
  const t = useT()
  const words = useAnalysisWords()
  const value = (kpi: ExperimentKpi, of: number | null): string => {
    if (of === null) return '–'
    const unit = experimentKpis[kpi]
    if (unit === 'money') return words.money(of)
    return unit === 'share' ? words.share(of, 2) : words.number(of, 3)
  }
  /** How far two values are apart: two shares, in points. */
  const effectOf = (kpi: ExperimentKpi, of: number | null): string =>
    of !== null && experimentKpis[kpi] === 'share'
      ? t('insights.points', { points: words.number(of * 100, 2) })
      : value(kpi, of)
  return {
    ...words,
    value,
    effectOf,
    difference: (kpi: ExperimentKpi, of: { effect: number; low: number | null; high: number | null }): string =>
      words.interval(of, (one) => effectOf(kpi, one)),
    armName: ({ arms }: Pick<ExperimentDesign, 'arms'>, key: string): string =>
      arms.find((arm) => arm.key === key)?.name ?? key,
    /** What is asked, of whom, over how long. */
    asked: ({ unit, kpi, windowDays, effect, arms }: ExperimentDesign): string =>
      t('experiment.asked', {
        kpi: t(`experiment.kpi.${kpi}`),
        unit: t(`experiment.unit.${unit}`),
        days: windowDays,
        arms: arms.map(({ name, share }) => `${name} (${share}\u202f%)`).join(', '),
        effect: effectOf(kpi, effect),
      }),
  }
}
