import type { ExperimentComparison, ExperimentKpi } from '@ecluse/contracts/experiments.ts'
import { NameAxis, PlotSvg, ValueAxis } from '../../today/plot-svg.tsx'
import { lineAxis } from '../line-axis.ts'
import { useExperimentWords } from './experiment-words.ts'

const height = 260
const margin = { top: 12, right: 12, bottom: 26, left: 84 }
/** Intervals of the first days are so wide that nothing else would be seen: they are in the table. */
const widest = 8

type Step = { day: string; effect: number; low: number; high: number }

/** The difference and its always-valid interval, day by day. */
export function IntervalPlot({
  course,
  kpi,
  label,
}: {
  course: ExperimentComparison['course']
  kpi: ExperimentKpi
  label: string
}) {
  const words = useExperimentWords()
  const all = course.flatMap(({ day, effect, low, high }): Step[] =>
    low === null || high === null ? [] : [{ day, effect, low, high }],
  )
  const last = all.at(-1)
  if (!last || all.length < 2) return null
  const steps = all.filter(({ low, high }) => high - low <= widest * (last.high - last.low))
  return (
    <PlotSvg height={height} label={label}>
      {(width) => (
        <Drawing width={width} steps={steps} format={(value) => words.effectOf(kpi, value)} dayName={words.day} />
      )}
    </PlotSvg>
  )
}

function Drawing({
  width,
  steps,
  format,
  dayName,
}: {
  width: number
  steps: readonly Step[]
  format: (value: number) => string
  dayName: (day: string) => string
}) {
  const { least, most, ticks } = lineAxis(steps.flatMap(({ low, high }) => [low, high]))
  const x = (at: number) => margin.left + ((width - margin.left - margin.right) * at) / Math.max(1, steps.length - 1)
  const y = (value: number) =>
    margin.top + ((height - margin.top - margin.bottom) * (most - value)) / Math.max(Number.MIN_VALUE, most - least)
  const points = (of: 'effect' | 'low' | 'high') => steps.map((step, at) => `${x(at)},${y(step[of])}`)
  return (
    <>
      <ValueAxis ticks={ticks} y={y} left={margin.left} right={width - margin.right} format={format} />
      <polygon points={[...points('high'), ...points('low').reverse()].join(' ')} className="bo-cone-wide" />
      <line x1={margin.left} x2={width - margin.right} y1={y(0)} y2={y(0)} className="bo-cone-target" />
      <polyline points={points('effect').join(' ')} className="bo-cone-past" />
      <NameAxis
        names={steps.map(({ day }) => dayName(day))}
        x={x}
        y={height - 6}
        room={width - margin.left - margin.right}
      />
    </>
  )
}
