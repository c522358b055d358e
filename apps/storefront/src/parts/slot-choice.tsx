/** @jsxRuntime automatic @jsxImportSource preact */
import type { Slot } from '@ecluse/contracts/appointments.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { ComponentChildren } from 'preact'
import type { Visit } from '../visit.ts'
import { FieldError, type FormErrors } from './field.tsx'

export type SlotDays = { timeZone: string; days: { date: string; slots: Slot[] }[] }

type Props = {
  visit: Visit
  offer: SlotDays
  chosen: string
  errors: FormErrors
  legend: string
  /** Said where there is nothing to choose. */
  none: string
  /** How many are left is said up to this many; 0 never. */
  few?: number
  /** Days shown at once; the others are one touch away. All of them when left out. */
  firstDays?: number
  /** What is chosen instead of an hour. */
  children?: ComponentChildren
}

/** Days and hours to choose one from, as plain radio buttons. */
export function SlotChoice(props: Props) {
  const { visit, offer, chosen, errors, legend, none, firstDays = Infinity, children } = props
  const { t } = visit
  const days = offer.days.filter(({ slots }) => slots.length > 0)
  const later = days.slice(firstDays)
  return (
    <fieldset class="step" aria-describedby={errors.startsAt ? 'startsAt-error' : undefined}>
      <legend>{legend}</legend>
      <FieldError name="startsAt" errors={errors} />
      {days.length === 0 && <p class="muted">{none}</p>}
      {children}
      {days.slice(0, firstDays).map((day) => (
        <DaySlots key={day.date} {...props} day={day} first={day === days[0]} />
      ))}
      {later.length > 0 && (
        <details open={later.some(({ slots }) => slots.some(({ startsAt }) => startsAt === chosen))}>
          <summary>{t('checkout.window_later', { count: later.length })}</summary>
          {later.map((day) => (
            <DaySlots key={day.date} {...props} day={day} first={false} />
          ))}
        </details>
      )}
    </fieldset>
  )
}

type DayProps = Props & { day: SlotDays['days'][number]; first: boolean }

function DaySlots({ visit, offer, chosen, few = 0, day: { date, slots }, first }: DayProps) {
  const { t, locale } = visit
  return (
    <fieldset class="window-day">
      <legend>{formatDate(`${date}T12:00:00Z`, locale, 'weekday', offer.timeZone)}</legend>
      <div class="window-grid slot-grid">
        {slots.map(({ startsAt, left }) => (
          <label class="window" key={startsAt}>
            <input
              type="radio"
              id={first && startsAt === slots[0]?.startsAt ? 'field-startsAt' : undefined}
              name="startsAt"
              value={startsAt}
              checked={startsAt === chosen}
            />
            <span class="window-hours">{formatDate(startsAt, locale, 'time', offer.timeZone)}</span>
            {left <= few && <span class="muted">{t('appointment.left', { count: left })}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
