import type { Experiment, ExperimentBaseline, ExperimentDesign } from '@ecluse/contracts/experiments.ts'

/** The fields of an experiment while it is prepared; empty ones stand for what the firm’s data say. */
export type Values = {
  name: string
  hypothesis: string
  design: Omit<ExperimentDesign, 'windowDays' | 'effect'> & { windowDays: number | ''; effect: number | '' }
  mean: number | ''
  deviation: number | ''
}

/** A fortnight, two equal arms, four chances in five to see the effect. */
export function emptyValues(control: string, other: string): Values {
  return {
    name: '',
    hypothesis: '',
    design: {
      unit: 'customer',
      kpi: 'conversion',
      windowDays: 14,
      effect: '',
      level: 0.05,
      power: 0.8,
      adjust: true,
      arms: [
        { key: 'a', name: control, share: 50 },
        { key: 'b', name: other, share: 50 },
      ],
    },
    mean: '',
    deviation: '',
  }
}

export const valuesOf = ({ name, hypothesis, design }: Experiment): Values => ({
  name,
  hypothesis,
  design,
  mean: '',
  deviation: '',
})

/** The smallest effect worth seeing, until somebody says: a tenth of what the figure is. */
export function suggested(baseline: ExperimentBaseline | undefined): number | undefined {
  if (!baseline || baseline.mean === 0) return undefined
  return Number(Math.abs(baseline.mean / 10).toPrecision(2))
}

/** What the firm’s data say, with what whoever plans knows better. A share’s spread follows from the share. */
export function withOwn(baseline: ExperimentBaseline, { mean, deviation, design }: Values): ExperimentBaseline {
  const own = mean === '' ? baseline.mean : mean
  if (design.kpi === 'conversion' && mean !== '')
    return { ...baseline, mean, deviation: Math.sqrt(Math.max(0, mean * (1 - mean))) }
  return { ...baseline, mean: own, deviation: deviation === '' ? baseline.deviation : deviation }
}
