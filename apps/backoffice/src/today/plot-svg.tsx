import type { ReactNode } from 'react'
import { useElementSize } from '@mantine/hooks'

/** Before its place is known, as in a test without a layout. */
const usualWidth = 720
const leastWidth = 240
/** What a name on the axis of time takes, with air. */
const nameWidth = 116

/** A drawing as wide as its place, in its pixels: its words are as large on a telephone as on a desk. */
export function PlotSvg({
  height,
  label,
  children,
}: {
  height: number
  label: string
  children: (width: number) => ReactNode
}) {
  const { ref, width: measured } = useElementSize()
  const width = measured > 0 ? Math.max(leastWidth, Math.round(measured)) : usualWidth
  return (
    <div ref={ref}>
      <svg className="bo-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {children(width)}
      </svg>
    </div>
  )
}

/** Every how many of so many names one is written, for all to have room. */
export const everyName = (count: number, room: number): number =>
  Math.max(1, Math.ceil(count / Math.max(1, Math.floor(room / nameWidth))))

/** The axis of names: as many as have room, none over the edge. */
export function NameAxis({
  names,
  x,
  y,
  room,
}: {
  names: readonly string[]
  x: (at: number) => number
  y: number
  room: number
}) {
  const every = everyName(names.length, room)
  const last = names.length - 1
  return names.map(
    (name, at) =>
      // One that stands too near the last would run over the edge.
      at % every === 0 &&
      (at === 0 || at === last || at + every / 2 <= last) && (
        <text
          key={name}
          x={x(at)}
          y={y}
          className="bo-plot-tick"
          textAnchor={at === 0 ? 'start' : at === last ? 'end' : 'middle'}
        >
          {name}
        </text>
      ),
  )
}

/** The axis of values: a line and a figure at each step. */
export function ValueAxis({
  ticks,
  y,
  left,
  right,
  format,
}: {
  ticks: readonly number[]
  y: (value: number) => number
  left: number
  right: number
  format: (value: number) => string
}) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className="bo-plot-line" />
      <text x={left - 8} y={y(tick)} className="bo-plot-tick" textAnchor="end" dominantBaseline="middle">
        {format(tick)}
      </text>
    </g>
  ))
}
