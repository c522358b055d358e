import type { DayRoutes } from '@ecluse/contracts/windows.ts'
import { useT } from '../app/i18n.ts'
import { placeProjection } from '../common/place-projection.ts'
import { markOfRoute } from './route-colours.ts'

const size = { width: 560, height: 420, margin: 28 }

/** Where the routes go, without a map: north is up, and distances are true to each other. */
export function RouteSketch({ day, onOpen }: { day: DayRoutes; onOpen: (stopId: string) => void }) {
  const t = useT()
  const all = [day.depot, ...day.routes.flatMap((one) => one.stops.map((stop) => stop.coordinates))]
  const unserved = day.unserved.map((stop) => stop.coordinates)
  const place = placeProjection([...all, ...unserved], size)
  const depot = place(day.depot)
  return (
    <>
      <svg
        className="bo-sketch"
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('routes.sketch.label', { routes: day.routes.length, stops: all.length - 1 })}
      >
        {day.routes.map((one, index) => {
          const mark = markOfRoute(index)
          const points = [day.depot, ...one.stops.map((stop) => stop.coordinates), day.depot].map(place)
          return (
            <g key={one.vehicleId}>
              <polyline
                points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
                fill="none"
                stroke={mark.colour}
                strokeWidth={2}
                strokeDasharray={mark.dash}
                strokeLinejoin="round"
              />
              {one.stops.map((stop, at) => {
                const { x, y } = place(stop.coordinates)
                return (
                  <g key={stop.id} className="bo-sketch-stop" onClick={() => onOpen(stop.id)}>
                    <circle cx={x} cy={y} r={11} fill="var(--color-surface)" stroke={mark.colour} strokeWidth={2} />
                    <text x={x} y={y + 4} textAnchor="middle" className="bo-gantt-number">
                      {at + 1}
                    </text>
                  </g>
                )
              })}
            </g>
          )
        })}
        {unserved.map((at, index) => {
          const { x, y } = place(at)
          return <circle key={index} cx={x} cy={y} r={8} className="bo-sketch-unserved" />
        })}
        <rect x={depot.x - 9} y={depot.y - 9} width={18} height={18} rx={3} className="bo-sketch-depot" />
      </svg>
      <Legend day={day} />
    </>
  )
}

function Legend({ day }: { day: DayRoutes }) {
  const t = useT()
  return (
    <ul className="bo-sketch-legend">
      {day.routes.map((one, index) => (
        <li key={one.vehicleId}>
          <svg width={36} height={8} aria-hidden>
            <line
              x1={0}
              x2={36}
              y1={4}
              y2={4}
              stroke={markOfRoute(index).colour}
              strokeWidth={3}
              strokeDasharray={markOfRoute(index).dash}
            />
          </svg>
          {one.vehicleName}
        </li>
      ))}
      <li>
        <span className="bo-sketch-square" aria-hidden /> {t('routes.depot')}
      </li>
    </ul>
  )
}
