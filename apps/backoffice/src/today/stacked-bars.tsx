import type { ReactNode } from 'react'
import { axisFor } from './sales-figures.ts'
import { Plot } from './plot.tsx'

type Bar = {
  key: string
  label: string
  title: string
  parts: readonly { key: string; value: number; colour: string }[]
}

const width = 720
const height = 240
const margin = { top: 8, right: 4, bottom: 24, left: 68 }
const plotHeight = height - margin.top - margin.bottom

/** Bars from zero, their parts one on another, with an axis in units; drawn as SVG, read as a table. */
export function StackedBars({
  question,
  answer,
  file,
  table,
  legend,
  bars,
  formatTick,
}: {
  question: string
  answer: string
  file: string
  table: readonly (readonly (string | number)[])[]
  legend: ReactNode
  bars: readonly Bar[]
  formatTick: (value: number) => string
}) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))
  const { end, ticks } = axisFor(Math.max(0, ...totals))
  const y = (value: number) => margin.top + plotHeight * (1 - value / end)
  const step = (width - margin.left - margin.right) / Math.max(1, bars.length)
  // A date each week at most, and none that would run into the edge.
  const every = Math.max(1, Math.ceil(bars.length / 5))
  return (
    <Plot question={question} answer={answer} file={file} table={table}>
      <div className="bo-legend">{legend}</div>
      <svg className="bo-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${question} ${answer}`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="bo-plot-line" />
            <text x={margin.left - 8} y={y(tick)} className="bo-plot-tick" textAnchor="end" dominantBaseline="middle">
              {formatTick(tick)}
            </text>
          </g>
        ))}
        {bars.map((bar, index) => (
          <StackedBar key={bar.key} bar={bar} x={margin.left + step * index} step={step} y={y}>
            {index % every === 0 && index < bars.length - every / 2 && (
              <text x={margin.left + step * index + 1} y={height - 6} className="bo-plot-tick">
                {bar.label}
              </text>
            )}
          </StackedBar>
        ))}
      </svg>
    </Plot>
  )
}

/** One bar: its parts from zero up, under a column that can be pointed at whatever its height. */
function StackedBar({
  bar,
  x,
  step,
  y,
  children,
}: {
  bar: Bar
  x: number
  step: number
  /** Where a value is, in the drawing. */
  y: (value: number) => number
  children: ReactNode
}) {
  return (
    <g>
      <title>{bar.title}</title>
      <rect x={x} y={margin.top} width={step} height={plotHeight} fill="transparent" />
      {stacked(bar.parts).map(({ part, from, to }) => (
        <rect
          key={part.key}
          x={x + step * 0.14}
          y={y(to)}
          width={step * 0.72}
          height={Math.max(0.5, y(from) - y(to))}
          fill={part.colour}
          className="bo-plot-part"
        />
      ))}
      {children}
    </g>
  )
}

/** Each part that has something, and between which values it stands. */
function stacked(parts: Bar['parts']): { part: Bar['parts'][number]; from: number; to: number }[] {
  const sumBefore = (index: number): number => parts.slice(0, index).reduce((sum, { value }) => sum + value, 0)
  return parts
    .map((part, index) => ({ part, from: sumBefore(index), to: sumBefore(index + 1) }))
    .filter(({ part }) => part.value !== 0)
}
