import { PlotSvg, ValueAxis } from '../../today/plot-svg.tsx'
import { lineAxis } from '../line-axis.ts'

const height = 280
const margin = { top: 14, right: 14, bottom: 28, left: 84 }
const names = 4

type Place = { x: number; y: number }

/** A curve through points, with figures on both axes; a broken line stands where something is today. */
export function CurveDrawing({
  label,
  line,
  points = [],
  today,
  writeX,
  writeY,
}: {
  label: string
  line: readonly Place[]
  points?: readonly Place[]
  today?: number
  writeX: (value: number) => string
  writeY: (value: number) => string
}) {
  const places = [...line, ...points].map(({ x }) => x)
  const [first, last] = [Math.min(...places), Math.max(...places)]
  const { least, most, ticks } = lineAxis([...points, ...line].map(({ y }) => y))
  const bottom = height - margin.bottom
  const at = (share: number): number => first + (last - first) * share
  const down = (y: number) => margin.top + ((bottom - margin.top) * (most - y)) / (most - least)
  return (
    <PlotSvg height={height} label={label}>
      {(width) => {
        const right = width - margin.right
        const across = (x: number) =>
          margin.left + ((right - margin.left) * (x - first)) / Math.max(Number.MIN_VALUE, last - first)
        return (
          <>
            <ValueAxis ticks={ticks} y={down} left={margin.left} right={right} format={writeY} />
            {today !== undefined && (
              <line x1={across(today)} x2={across(today)} y1={margin.top} y2={bottom} className="bo-plot-event" />
            )}
            {points.map(({ x, y }, index) => (
              <circle key={index} cx={across(x)} cy={down(y)} r={3} className="bo-price-point" />
            ))}
            <polyline
              points={line.map(({ x, y }) => `${across(x)},${down(y)}`).join(' ')}
              className="bo-scenario-line"
            />
            {Array.from({ length: names }, (_, tick) => (
              <text
                key={tick}
                x={across(at(tick / (names - 1)))}
                y={height - 6}
                className="bo-plot-tick"
                textAnchor={tick === 0 ? 'start' : tick === names - 1 ? 'end' : 'middle'}
              >
                {writeX(at(tick / (names - 1)))}
              </text>
            ))}
          </>
        )
      }}
    </PlotSvg>
  )
}
