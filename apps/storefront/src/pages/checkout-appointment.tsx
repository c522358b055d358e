/** @jsxRuntime automatic @jsxImportSource preact */
import type { OfferedService } from '@ecluse/contracts/appointments.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { Problem } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { idSchema } from '@ecluse/contracts/scalars.ts'
import { SlotChoice, type SlotDays } from '../parts/slot-choice.tsx'
import type { FormErrors } from '../parts/field.tsx'
import type { Visit } from '../visit.ts'

/** Days whose hours are offered, and how many of them are shown at once. */
const daysShown = 14
const firstDays = 3

/** Services offered with articles of the cart; the one that was chosen, where, and when it is free in the shop that was asked for. */
export type CheckoutAppointment = {
  readonly services: readonly OfferedService[]
  readonly service: OfferedService
  readonly sites: readonly { id: string; name: string }[]
  readonly siteId: string
  readonly offer: SlotDays | null
}

/** What a form says of the hour that is booked with what is bought; empty where there is none. */
export type HourValues = {
  readonly appointmentService: string
  readonly appointmentSite: string
  readonly appointmentAt: string
}

export function readHour(form: URLSearchParams): HourValues {
  const text = (name: string, most: number): string => (form.get(name) ?? '').trim().slice(0, most)
  const site = text('appointmentSite', 60)
  return {
    appointmentService: text('appointmentService', 40),
    appointmentSite: idSchema.safeParse(site).success ? site : '',
    appointmentAt: text('startsAt', 40),
  }
}

/** The hour as orders take it; nothing where none was chosen. */
export function chosenHour({
  appointmentService: service,
  appointmentSite: siteId,
  appointmentAt: startsAt,
}: HourValues) {
  return service === '' || siteId === '' || startsAt === '' ? {} : { appointment: { service, siteId, startsAt } }
}

/** Whether a refusal is about the hour. */
export const isAboutHour = ({ code, details }: Problem): boolean =>
  code.startsWith('service.') ||
  code === 'orders.hour_not_kept' ||
  (code === 'orders.promise_full' && details?.kind === 'appointment')

/** What can be booked with a cart; null for most. */
export async function appointmentFor(
  visit: Visit,
  cart: Cart,
  { appointmentService, appointmentSite }: HourValues,
): Promise<CheckoutAppointment | null> {
  const bought = new Set(cart.lines.map(({ productId }) => productId))
  const { items } = await visit.call(endpoints.listServices, { query: { locale: visit.locale } })
  const services = items.filter(({ active, productIds, siteIds }) => {
    return active && siteIds.length > 0 && productIds.some((id) => bought.has(id))
  })
  const service = services.find(({ code }) => code === appointmentService) ?? services[0]
  if (!service) return null
  const all = await visit.shared.sites(visit.call)
  const sites = all.filter(({ id }) => service.siteIds.includes(id)).map(({ id, name }) => ({ id, name }))
  const siteId = sites.find(({ id }) => id === appointmentSite)?.id ?? (sites.length === 1 ? (sites[0]?.id ?? '') : '')
  const offer = siteId === '' ? null : await hoursOf(visit, cart, service.code, siteId)
  return { services, service, sites, siteId, offer }
}

/** Hours that are free, none of them before the articles are there. */
async function hoursOf(visit: Visit, cart: Cart, code: string, siteId: string): Promise<SlotDays> {
  const { timeZone, days } = await visit.call(endpoints.listSlots, {
    params: { code },
    query: { siteId, days: daysShown, locale: visit.locale },
  })
  const ready = cart.deliveryOptions
    .filter((one) => one.possible && (one.method === 'delivery' || one.siteId === siteId))
    .flatMap(({ promisedAt }) => promisedAt ?? [])
    .toSorted()[0]
  return {
    timeZone,
    days: days.map((day) => ({ ...day, slots: day.slots.filter(({ startsAt }) => startsAt >= (ready ?? '')) })),
  }
}

type Props = { visit: Visit; appointment: CheckoutAppointment; errors: FormErrors; values: HourValues }

/** The service that goes with an article: a shop, then an hour, or none. A button asks for the hours, without script too. */
export function AppointmentChoice({ visit, appointment, errors, values }: Props) {
  const { t, locale } = visit
  const { services, service, sites, siteId, offer } = appointment
  const nameOf = ({ name }: OfferedService) => name[locale] || name.fr
  const words = service.description[locale] || service.description.fr
  return (
    <>
      <fieldset class="step" id="appointment">
        <legend>{services.length > 1 ? t('checkout.appointment') : nameOf(service)}</legend>
        {words && <p>{words}</p>}
        <p class="hint">{t('checkout.appointment_hint')}</p>
        {services.length > 1 ? (
          <div class="field">
            <label for="field-appointmentService">{t('checkout.appointment_service')}</label>
            <select id="field-appointmentService" name="appointmentService">
              {services.map((one) => (
                <option key={one.code} value={one.code} selected={one.code === service.code}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          </div>
        ) : (
          <input type="hidden" name="appointmentService" value={service.code} />
        )}
        <div class="field">
          <label for="field-appointmentSite">{t('appointment.shop')}</label>
          <select id="field-appointmentSite" name="appointmentSite">
            <option value="">{t('checkout.appointment_none')}</option>
            {sites.map(({ id, name }) => (
              <option key={id} value={id} selected={id === siteId}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit" name="act" value="hours" formNoValidate>
          {t('appointment.show_hours')}
        </button>
      </fieldset>
      {offer && (
        <SlotChoice
          {...{ visit, offer, errors, firstDays }}
          chosen={values.appointmentAt}
          legend={t('appointment.hour')}
          none={t('appointment.no_hours')}
        >
          <label class="window">
            <input type="radio" name="startsAt" value="" checked={values.appointmentAt === ''} />
            <span class="window-hours">{t('checkout.appointment_none')}</span>
          </label>
        </SlotChoice>
      )}
    </>
  )
}
