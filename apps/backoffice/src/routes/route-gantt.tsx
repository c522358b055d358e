import type { DayRoutes, RouteStop } from '@ecluse/contracts/windows.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { markOfRoute } from './route-colours.ts'

const hourMs = 3_600_000
const left = 120
const right = 24
const width = 1_000
const lane = 46
const top = 24

/** Vehicles down, hours across: each stop where it is planned, over the bar of the window it was promised in. */
export function RouteGantt({ day, onOpen }: { day: DayRoutes; onOpen: (stopId: string) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const begins = Math.min(...day.routes.map((one) => Date.parse(one.departsAt)), ...times(day, 'startsAt'))
  const ends = Math.max(...day.routes.map((one) => Date.parse(one.returnsAt)), ...times(day, 'endsAt'))
  const from = Math.floor(begins / hourMs) * hourMs
  const until = Math.ceil(ends / hourMs) * hourMs
  const x = (at: number): number => left + ((at - from) / (until - from)) * (width - left - right)
  const hours = Array.from({ length: Math.round((until - from) / hourMs) + 1 }, (_, index) => from + index * hourMs)
  const height = top + day.routes.length * lane + 4
  return (
    <div className="bo-week-scroll">
      <svg className="bo-gantt" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('routes.hours')}>
        {hours.map((hour) => (
          <g key={hour}>
            <line x1={x(hour)} x2={x(hour)} y1={top - 6} y2={height} className="bo-gantt-hour" />
            <text x={x(hour)} y={12} textAnchor="middle" className="bo-gantt-words">
              {formatDate(hour, locale, 'time', day.timeZone)}
            </text>
          </g>
        ))}
        {day.routes.map((one, index) => (
          <g key={one.vehicleId} transform={`translate(0 ${top + index * lane})`}>
            <text x={0} y={lane / 2 + 4} className="bo-gantt-vehicle">
              {one.vehicleName}
            </text>
            <line
              x1={x(Date.parse(one.departsAt))}
              x2={x(Date.parse(one.returnsAt))}
              y1={lane / 2}
              y2={lane / 2}
              stroke={markOfRoute(index).colour}
              strokeDasharray={markOfRoute(index).dash}
              strokeWidth={2}
            />
            {one.stops.map((stop, at) => (
              <Bar key={stop.id} number={at + 1} colour={markOfRoute(index).colour} {...{ stop, x, onOpen }} />
            ))}
          </g>
        ))}
      </svg>
    </div>
  )
}

function times(day: DayRoutes, which: 'startsAt' | 'endsAt'): number[] {
  return [...day.routes.flatMap((one) => one.stops), ...day.unserved].map((stop) => Date.parse(stop[which]))
}

type BarProps = {
  stop: RouteStop
  number: number
  colour: string
  x: (at: number) => number
  onOpen: (stopId: string) => void
}

function Bar({ stop, number, colour, x, onOpen }: BarProps) {
  const t = useT()
  const { locale } = useLocale()
  const at = Date.parse(stop.plannedAt ?? stop.startsAt)
  const time = formatDate(at, locale, 'time')
  const open = (): void => onOpen(stop.id)
  return (
    <g
      role="button"
      tabIndex={0}
      className="bo-gantt-stop"
      aria-label={`${number}. ${time}, ${stop.customerName ?? ''}, ${t(`stop.${stop.state}`)}${stop.late ? `, ${t('stop.late')}` : ''}`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          open()
        }
      }}
    >
      <rect
        x={x(Date.parse(stop.startsAt))}
        width={x(Date.parse(stop.endsAt)) - x(Date.parse(stop.startsAt))}
        y={lane - 10}
        height={5}
        rx={2}
        fill={colour}
        opacity={0.35}
      />
      <circle cx={x(at)} cy={lane / 2} r={16} fill="transparent" />
      <circle
        cx={x(at)}
        cy={lane / 2}
        r={11}
        className="bo-gantt-dot"
        data-late={stop.late || undefined}
        stroke={colour}
      />
      <text x={x(at)} y={lane / 2 + 4} textAnchor="middle" className="bo-gantt-number">
        {stop.state === 'delivered' ? '✓' : stop.state === 'failed' ? '×' : number}
      </text>
    </g>
  )
}
