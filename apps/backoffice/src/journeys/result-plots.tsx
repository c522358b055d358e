import { BarChart } from '@mantine/charts'
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from 'recharts'
import { ticksOver } from './ticks.ts'
import '@mantine/charts/styles.css'

export type IntervalRow = { name: string; difference: number; low: number; high: number }
const rowHeight = 56
const frame = 56

/** Differences, each with the interval that holds the true one 95 times of 100, beside the line of no difference. */
export function IntervalPlot(props: {
  rows: readonly IntervalRow[]
  unit: string
  label: string
  format: (value: number) => string
}) {
  const rows = props.rows.map((row) => ({
    ...row,
    spread: [row.difference - row.low, row.high - row.difference] as [number, number],
  }))
  const ticks = ticksOver(rows.flatMap(({ low, high }) => [low, high, 0]))
  return (
    <div role="img" aria-label={props.label} className="bo-journey-plot">
      <ResponsiveContainer width="100%" height={rows.length * rowHeight + frame}>
        <ScatterChart margin={{ top: 8, right: 24, bottom: 24, left: 8 }} accessibilityLayer={false}>
          <CartesianGrid horizontal={false} stroke="var(--color-line)" />
          <XAxis
            type="number"
            dataKey="difference"
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 0]}
            ticks={ticks}
            interval={0}
            tickFormatter={props.format}
            tick={{ fill: 'var(--color-muted)', fontSize: 12 }}
            label={{
              value: props.unit,
              position: 'insideBottom',
              offset: -12,
              fill: 'var(--color-muted)',
              fontSize: 12,
            }}
          />
          <YAxis
            type="category"
            dataKey="name"
            width={130}
            allowDuplicatedCategory={false}
            tick={{ fill: 'var(--color-ink)', fontSize: 12 }}
          />
          <ReferenceLine x={0} stroke="var(--color-edge)" strokeWidth={2} />
          <Scatter data={rows} fill="var(--color-primary)" isAnimationActive={false}>
            <ErrorBar dataKey="spread" direction="x" width={6} strokeWidth={2} stroke="var(--color-primary)" />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  )
}

export type ResponseRow = { name: string } & Record<string, string | number>
export type ResponseSeries = { name: string; label: string }
const colours = ['var(--color-primary)', 'var(--color-waiting)', 'var(--color-done)', 'var(--color-edge)']

/** What became of what each step sent, people and machines apart; one bar each, from zero. */
export function ResponsePlot(props: { rows: ResponseRow[]; series: readonly ResponseSeries[]; label: string }) {
  return (
    <div role="img" aria-label={props.label} className="bo-journey-plot">
      <BarChart
        h={props.rows.length * 96 + 72}
        data={props.rows}
        dataKey="name"
        orientation="vertical"
        withLegend
        withTooltip={false}
        yAxisProps={{ width: 130 }}
        barProps={{ isAnimationActive: false }}
        series={props.series.map((one, at) => ({ ...one, color: colours[at] ?? 'var(--color-edge)' }))}
      />
    </div>
  )
}
