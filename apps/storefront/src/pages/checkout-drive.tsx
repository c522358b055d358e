/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { DriveOffer } from '@ecluse/contracts/drive.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { shipsByOf } from '../parts/ahead.tsx'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { hoursWords } from '../parts/when.ts'
import type { Visit } from '../visit.ts'
import type { CheckoutValues } from './checkout-form.ts'

/** Days shown at once; the others are one touch away. */
const firstDays = 1

/** Drives that have the whole cart, with their slots; null where there is none. */
export async function driveFor(visit: Visit, cart: Cart): Promise<DriveOffer | null> {
  const { sites } = await visit.call(endpoints.offerDriveSlots, {
    query: { channel: visit.options.channelCode, locale: visit.locale },
  })
  const possible = new Set(
    cart.deliveryOptions.flatMap((one) => (one.method === 'pickup' && one.possible && one.siteId ? [one.siteId] : [])),
  )
  // Nobody comes on the day on which their articles do, or before.
  const after = shipsByOf(cart)
  const able = sites
    .map((site) => ({ ...site, days: site.days.filter(({ date }) => date > after) }))
    .filter(({ siteId, days }) => possible.has(siteId) && days.length > 0)
  return able.length > 0 ? { sites: able } : null
}

type Props = { visit: Visit; drive: DriveOffer; errors: FormErrors; values: CheckoutValues }

/** The slots of the drives, day by day. */
export function DriveChoice({ visit, drive, errors, values }: Props) {
  const { t } = visit
  return (
    <fieldset class="step if-drive" aria-describedby={errors.slotId ? 'slotId-error' : undefined}>
      <legend>{t('checkout.drive')}</legend>
      <FieldError name="slotId" errors={errors} />
      {drive.sites.map((site, index) => (
        <div key={site.siteId}>
          <p class="sub-legend">{site.siteName}</p>
          {site.days.slice(0, firstDays).map((day, place) => (
            <DaySlots key={day.date} {...{ visit, values, site, day }} first={index === 0 && place === 0} />
          ))}
          {site.days.length > firstDays && (
            <details open={site.days.slice(firstDays).some((day) => day.slots.some(({ id }) => id === values.slotId))}>
              <summary>{t('checkout.window_later', { count: site.days.length - firstDays })}</summary>
              {site.days.slice(firstDays).map((day) => (
                <DaySlots key={day.date} {...{ visit, values, site, day }} first={false} />
              ))}
            </details>
          )}
        </div>
      ))}
      <p class="hint">{t('checkout.drive_hint')}</p>
    </fieldset>
  )
}

type Site = DriveOffer['sites'][number]
type DayProps = Pick<Props, 'visit' | 'values'> & { site: Site; day: Site['days'][number]; first: boolean }

function DaySlots({ visit, values, site, day, first }: DayProps) {
  const { t, locale } = visit
  return (
    <fieldset class="window-day">
      <legend>{formatDate(`${day.date}T12:00:00Z`, locale, 'weekday', site.timeZone)}</legend>
      <div class="window-grid">
        {day.slots.map((slot, index) => (
          <label class="window" key={slot.id}>
            <input
              type="radio"
              id={first && index === 0 ? 'field-slotId' : undefined}
              name="slotId"
              value={`${slot.id}.${site.siteId}`}
              checked={values.slotId === slot.id}
            />
            <span class="window-hours">{hoursWords(visit, slot.startsAt, slot.endsAt, site.timeZone)}</span>
            {slot.left <= 2 && <span class="muted">{t('checkout.drive_left', { count: slot.left })}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
