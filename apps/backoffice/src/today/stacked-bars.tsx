import type { ReactNode } from 'react'
import { axisFor } from './sales-figures.ts'
import { everyName, PlotSvg, ValueAxis } from './plot-svg.tsx'
import { Plot } from './plot.tsx'

type Bar = {
  key: string
  label: string
  title: string
  parts: readonly { key: string; value: number; colour: string }[]
}

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
  return (
    <Plot question={question} answer={answer} file={file} table={table}>
      <div className="bo-legend">{legend}</div>
      <PlotSvg height={height} label={`${question} ${answer}`}>
        {(width) => (
          <>
            <ValueAxis ticks={ticks} y={y} left={margin.left} right={width - margin.right} format={formatTick} />
            <Bars bars={bars} room={width - margin.left - margin.right} y={y} />
          </>
        )}
      </PlotSvg>
    </Plot>
  )
}

function Bars({ bars, room, y }: { bars: readonly Bar[]; room: number; y: (value: number) => number }) {
  const step = room / Math.max(1, bars.length)
  const every = everyName(bars.length, room)
  return bars.map((bar, index) => (
    <StackedBar key={bar.key} bar={bar} x={margin.left + step * index} step={step} y={y}>
      {index % every === 0 && index < bars.length - every / 2 && (
        <text x={margin.left + step * index + 1} y={height - 6} className="bo-plot-tick">
          {bar.label}
        </text>
      )}
    </StackedBar>
  ))
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
