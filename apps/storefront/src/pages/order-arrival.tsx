/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DriveArrival } from '@ecluse/contracts/drive.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { hoursWords } from '../parts/when.ts'
import { link, type Visit } from '../visit.ts'

/** What is known of the customer of a drive; null when the order is not fetched at one. */
export async function arrivalOf(visit: Visit, order: Order, token: string): Promise<DriveArrival | null> {
  if (order.delivery.method !== 'pickup' || order.documentState !== 'confirmed' || token === '') return null
  const { awaited } = await visit.call(endpoints.getArrival, {
    params: { orderId: order.id },
    query: { token, locale: visit.locale },
  })
  return awaited
}

type Props = { visit: Visit; order: Order; arrival: DriveArrival; token: string; errors: FormErrors }

/** The drive on the page of an order: when to come, and the button to press when one is there. */
export function ArrivalCard({ visit, order, arrival, token, errors }: Props) {
  const { t, locale } = visit
  if (arrival.servedAt) return null
  return (
    <section class="card arrival" id="arrival">
      <h2>{t('drive.title')}</h2>
      <p class="order-window">
        {t('drive.when', {
          day: formatDate(arrival.startsAt, locale, 'weekday'),
          hours: hoursWords(visit, arrival.startsAt, arrival.endsAt),
        })}
      </p>
      {arrival.arrivedAt && (
        <p class="banner done" role="status">
          <Icon name="check" />
          <span>
            {t('drive.here_since', { time: formatDate(arrival.arrivedAt, locale, 'time') })}{' '}
            {arrival.bay === null ? t('drive.no_bay') : t('drive.in_bay', { bay: arrival.bay })}
          </span>
        </p>
      )}
      <form method="post" action={link(visit, 'order', { orderId: order.id })} noValidate>
        <input type="hidden" name="token" value={token} />
        <div class="field">
          <label for="field-vehicle">
            {t('drive.vehicle')} <span class="optional">{t('form.optional')}</span>
          </label>
          <input
            id="field-vehicle"
            name="vehicle"
            maxLength={80}
            value={arrival.vehicle ?? ''}
            placeholder={t('drive.vehicle_example')}
            autocomplete="off"
          />
        </div>
        <div class={errors.bay ? 'field wrong' : 'field'}>
          <label for="field-bay">
            {t('drive.bay')} <span class="optional">{t('form.optional')}</span>
          </label>
          <select id="field-bay" name="bay" aria-describedby={errors.bay ? 'bay-error' : undefined}>
            <option value="">{t('drive.bay_unknown')}</option>
            {Array.from({ length: arrival.bays }, (_, index) => (
              <option key={index} value={index + 1} selected={arrival.bay === index + 1}>
                {index + 1}
              </option>
            ))}
          </select>
          <FieldError name="bay" errors={errors} />
        </div>
        <button class="button primary" type="submit">
          {t(arrival.arrivedAt ? 'drive.change' : 'drive.here')}
        </button>
      </form>
    </section>
  )
}
