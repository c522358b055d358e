import { Fragment, type KeyboardEvent } from 'react'
import type { DatedWindow, DeliveryZone } from '@ecluse/contracts/windows.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

type Props = {
  zone: DeliveryZone
  dates: readonly string[]
  windows: readonly DatedWindow[]
  holidays: readonly { date: string; name: string }[]
  onWindow: (id: string) => void
  onDay: (date: string) => void
}

/** A zone's week as a table: hours down, days across, each window a button. Arrows go from window to window. */
export function ZoneWeek({ zone, dates, windows, holidays, onWindow, onDay }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const timeOf = (at: string): string => formatDate(at, locale, 'time', zone.timeZone)
  const hours = [...new Set(windows.map(({ startsAt }) => timeOf(startsAt)))].sort()
  const day = (date: string): string => formatDate(`${date}T12:00:00Z`, locale, 'weekday')
  return (
    <div className="bo-week-scroll">
      <table className="bo-week" onKeyDown={moveByArrows}>
        <thead>
          <tr>
            <td />
            {dates.map((date) => (
              <th key={date} scope="col">
                <button type="button" className="bo-text-button bo-week-day" onClick={() => onDay(date)}>
                  {formatDate(`${date}T12:00:00Z`, locale, 'weekdayShort')}
                </button>
                <DayNote zone={zone} date={date} holiday={holidays.find((one) => one.date === date)?.name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.length === 0 && (
            <tr>
              <td colSpan={8} className="bo-quiet">
                {t('windows.none')}
              </td>
            </tr>
          )}
          {hours.map((hour) => (
            <tr key={hour}>
              <th scope="row">{hour}</th>
              {dates.map((date) => {
                const found = windows.find((one) => one.date === date && timeOf(one.startsAt) === hour)
                return (
                  <td key={date}>
                    {found ? (
                      <Cell window={found} label={`${day(date)} ${hour}`} onOpen={() => onWindow(found.id)} />
                    ) : (
                      <span className="bo-week-nothing" aria-hidden>
                        –
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DayNote({ zone, date, holiday }: { zone: DeliveryZone; date: string; holiday: string | undefined }) {
  const t = useT()
  const decided = zone.exceptions.find((one) => one.date === date)
  const words = [holiday, decided && (decided.open ? t('windows.openedDay') : t('windows.closedDay'))].filter(Boolean)
  return (
    <Fragment>
      {words.map((one) => (
        <span key={one} className="bo-quiet bo-block">
          {one}
        </span>
      ))}
    </Fragment>
  )
}

function Cell({ window, label, onOpen }: { window: DatedWindow; label: string; onOpen: () => void }) {
  const t = useT()
  const { capacity, taken, closed, overbooking } = window
  const isPast = Date.parse(window.endsAt) < Date.now()
  const state = closed ? 'closed' : overbooking > 0 ? 'over' : taken >= capacity ? 'full' : 'open'
  return (
    <button
      type="button"
      className="bo-window"
      data-state={state}
      data-past={isPast || undefined}
      aria-label={`${label} : ${t('windows.cell', { taken, capacity })}, ${t(`windows.state.${state}`)}`}
      onClick={onOpen}
    >
      <span className="tabular">
        {taken} / {capacity}
      </span>
      <progress aria-hidden max={Math.max(1, capacity)} value={Math.min(taken, capacity)} />
      <span className="bo-window-state">{state === 'open' ? '' : t(`windows.state.${state}`)}</span>
    </button>
  )
}

/** Up and down, left and right among the windows that are there. */
function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  }
  const step = steps[event.key]
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td, th') : null
  if (!step || !cell) return
  const { rows } = event.currentTarget
  let row = (cell.parentElement as HTMLTableRowElement).rowIndex
  let column = cell.cellIndex
  for (;;) {
    row += step[0]
    column += step[1]
    const next = rows[row]?.cells[column]
    if (!next) return
    const button = next.querySelector('button')
    if (!button) continue
    event.preventDefault()
    button.focus()
    return
  }
}
