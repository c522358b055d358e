/** @jsxRuntime automatic @jsxImportSource preact */
import type { Slot } from '@ecluse/contracts/appointments.ts'
import { formatDate } from '@ecluse/ui/format.ts'
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
}

/** Days and hours to choose one from, as plain radio buttons. */
export function SlotChoice({ visit, offer, chosen, errors, legend, none, few = 0 }: Props) {
  const { t, locale } = visit
  const days = offer.days.filter(({ slots }) => slots.length > 0)
  return (
    <fieldset class="step" aria-describedby={errors.startsAt ? 'startsAt-error' : undefined}>
      <legend>{legend}</legend>
      <FieldError name="startsAt" errors={errors} />
      {days.length === 0 && <p class="muted">{none}</p>}
      {days.map(({ date, slots }) => (
        <fieldset class="window-day" key={date}>
          <legend>{formatDate(`${date}T12:00:00Z`, locale, 'weekday', offer.timeZone)}</legend>
          <div class="window-grid slot-grid">
            {slots.map(({ startsAt, left }) => (
              <label class="window" key={startsAt}>
                <input
                  type="radio"
                  id={startsAt === days[0]?.slots[0]?.startsAt ? 'field-startsAt' : undefined}
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
      ))}
    </fieldset>
  )
}
