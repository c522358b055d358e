import { NameAxis, PlotSvg, ValueAxis } from '../../today/plot-svg.tsx'
import { lineAxis } from '../line-axis.ts'

const height = 280
const margin = { top: 14, right: 12, bottom: 26, left: 84 }

export type ConePoint = { label: string; low: number; median: number; high: number; other: number | null }

/** A figure over months with the interval it lies in nine times of ten, and what would be or was beside it. */
export function ConeDrawing({
  points,
  label,
  names,
  format,
  event,
}: {
  points: readonly ConePoint[]
  label: string
  names: { median: string; other: string }
  format: (value: number) => string
  /** The first point after something happened, where something did: a line stands before it. */
  event?: number
}) {
  const hasOther = points.some(({ other }) => other !== null)
  return (
    <>
      <p className="bo-plot-names" aria-hidden>
        <span className="bo-name-median">{names.median}</span>
        {hasOther && <span className="bo-name-other">{names.other}</span>}
      </p>
      <PlotSvg height={height} label={label}>
        {(width) => <Cone points={points} width={width} format={format} event={event} />}
      </PlotSvg>
    </>
  )
}

function Cone({
  points,
  width,
  format,
  event,
}: {
  points: readonly ConePoint[]
  width: number
  format: (value: number) => string
  event: number | undefined
}) {
  const { least, most, ticks } = lineAxis(points.flatMap(({ low, high, other }) => [low, high, other ?? 0]))
  const right = width - margin.right
  const x = (at: number) => margin.left + ((right - margin.left) * at) / Math.max(1, points.length - 1)
  const y = (value: number) =>
    margin.top + ((height - margin.top - margin.bottom) * (most - value)) / Math.max(Number.MIN_VALUE, most - least)
  const path = (of: (point: ConePoint) => number) => points.map((point, at) => `${x(at)},${y(of(point))}`)
  const others = points.flatMap(({ other }, at) => (other === null ? [] : [`${x(at)},${y(other)}`]))
  return (
    <>
      <ValueAxis ticks={ticks} y={y} left={margin.left} right={right} format={format} />
      <polygon
        points={[...path(({ high }) => high), ...path(({ low }) => low).reverse()].join(' ')}
        className="bo-cone-wide"
      />
      {event !== undefined && <EventLine at={x(event - 0.5)} until={height - margin.bottom} />}
      <polyline points={path(({ median }) => median).join(' ')} className="bo-scenario-line" />
      {others.length > 0 && <polyline points={others.join(' ')} className="bo-scenario-other" />}
      <NameAxis names={points.map(({ label }) => label)} x={x} y={height - 6} room={right - margin.left} />
    </>
  )
}

/** Where something happened. */
function EventLine({ at, until }: { at: number; until: number }) {
  return <line x1={at} x2={at} y1={margin.top} y2={until} className="bo-plot-event" />
}

export type BarRow = {
  label: string
  from: number
  to: number
  told: string
  bad?: boolean
  /** What is most likely between the two, where a bar is an interval. */
  middle?: number
}

/** Bars that lie one below the other on one axis, each with its name and its value in words. */
export function BarDrawing({ rows, label, zero = 0 }: { rows: readonly BarRow[]; label: string; zero?: number }) {
  const values = [zero, ...rows.flatMap(({ from, to }) => [from, to])]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const span = most - least || 1
  const part = (value: number) => `${((value - least) / span) * 100}%`
  return (
    <ul className="bo-ranges" aria-label={label}>
      {rows.map(({ label: name, from, to, told, bad, middle }) => (
        <li key={name}>
          <span>{name}</span>
          <span className="bo-ranges-track" aria-hidden>
            <i style={{ insetInlineStart: part(zero) }} />
            <b
              data-bad={bad || undefined}
              style={{
                insetInlineStart: part(Math.min(from, to)),
                inlineSize: `${(Math.abs(to - from) / span) * 100}%`,
              }}
            />
            {middle !== undefined && <em style={{ insetInlineStart: part(middle) }} />}
          </span>
          <span>{told}</span>
        </li>
      ))}
    </ul>
  )
}
