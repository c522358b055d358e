/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Service } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { dateSchema, idSchema } from '@ecluse/contracts/scalars.ts'
import { formatDate, formatMinutes } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { Crumbs } from '../parts/crumbs.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { SlotChoice, type SlotDays } from '../parts/slot-choice.tsx'
import {
  VisitorFields,
  visitorContact,
  visitorErrors,
  visitorValues,
  type VisitorValues,
} from '../parts/visitor-fields.tsx'
import { addresses, addressOf } from '../paths.ts'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

export type Offered = Service & { siteIds: string[] }

/** Days shown at once. */
const shownDays = 7
/** At this many seats or fewer the number left is said. */
const fewSeats = 3

/** The services that can be booked somewhere. */
export async function offeredServices(visit: Visit): Promise<Offered[]> {
  const { items } = await visit.call(endpoints.listServices, { query: { locale: visit.locale } })
  return items.filter(({ active, siteIds }) => active && siteIds.length > 0)
}

/** What shops do for people by appointment. */
export async function appointmentsPage(visit: Visit) {
  const { t, locale } = visit
  const [services, sites] = await Promise.all([offeredServices(visit), visit.shared.sites(visit.call)])
  return show(visit, {
    title: t('appointments.title'),
    description: t('appointments.lead'),
    alternates: addresses.appointments,
    body: (
      <>
        <Crumbs visit={visit} trail={[]} current={t('appointments.title')} />
        <div class="list-head">
          <h1 class="editorial">{t('appointments.title')}</h1>
          <p class="lead">{t('appointments.lead')}</p>
        </div>
        {services.length === 0 && <p>{t('appointments.none')}</p>}
        <ul class="shop-cards services">
          {services.map((service) => (
            <li key={service.code} class="shop-card">
              <h2>
                <a href={link(visit, 'book', { service: service.code })}>{service.name[locale] || service.name.fr}</a>
              </h2>
              <p>{service.description[locale] || service.description.fr}</p>
              <p class="with-icon muted">
                <Icon name="clock" size={18} /> {formatMinutes(service.durationMinutes, locale)}
                {' · '}
                {shopsOf(service, sites)
                  .map(({ locality }) => locality)
                  .join(', ')}
              </p>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

/** Where a service can be booked, by town. */
export function shopsOf({ siteIds }: Offered, sites: readonly Site[]): Site[] {
  return sites.filter(({ id }) => siteIds.includes(id)).sort((a, b) => a.locality.localeCompare(b.locality, 'fr'))
}

type Values = VisitorValues & { startsAt: string; seats: number; note: string; key: string }
type Asked = { service: Offered; sites: Site[]; site: Site | null; from: string | null }

async function askedOf(visit: Visit, values: URLSearchParams): Promise<Asked | null> {
  const [services, all] = await Promise.all([offeredServices(visit), visit.shared.sites(visit.call)])
  const service = services.find(({ code }) => code === visit.params['service'])
  if (!service) return null
  const sites = shopsOf(service, all)
  const wanted = values.get('siteId') ?? values.get('shop') ?? ''
  const from = values.get('from') ?? ''
  return {
    service,
    sites,
    site:
      sites.find(({ id, code }) => id === wanted || code === wanted) ??
      (sites.length === 1 ? (sites[0] ?? null) : null),
    from: dateSchema.safeParse(from).success ? from : null,
  }
}

/** The hours of a service in a shop, and the form to book one. */
export async function bookPage(visit: Visit) {
  const asked = await askedOf(visit, visit.query)
  if (!asked) return notFound(visit)
  const values = { name: '', email: '', phone: '', startsAt: '', seats: 1, note: '', key: newFormKey() }
  return showBooking(visit, asked, values, {})
}

/** Books, and goes to the page of the appointment. Sent twice, it books once. */
export async function bookForm(visit: Visit) {
  const { form, t, locale } = visit
  const asked = await askedOf(visit, form)
  if (!asked?.site) return notFound(visit)
  const values: Values = {
    ...visitorValues(form),
    startsAt: (form.get('startsAt') ?? '').slice(0, 40),
    seats: Math.min(asked.service.mostSeats, Math.max(1, Math.trunc(Number(form.get('seats') ?? '1')) || 1)),
    note: (form.get('note') ?? '').trim().slice(0, 500),
    key: form.get('key') || newFormKey(),
  }
  const errors = visitorErrors(visit, values)
  if (Number.isNaN(Date.parse(values.startsAt))) errors.startsAt = t('appointment.hour_missing')
  if (Object.keys(errors).length > 0) return showBooking(visit, asked, values, errors, 422)
  const { startsAt, seats, note } = values
  const reservationId = form.get('reservation') ?? ''
  const token = form.get('token') ?? ''
  const reservation = idSchema.safeParse(reservationId).success ? { id: reservationId, token } : null
  try {
    const made = await visit.call(
      endpoints.bookAppointment,
      {
        body: {
          service: asked.service.code,
          siteId: asked.site.id,
          startsAt,
          seats,
          note,
          contact: visitorContact(values),
          reservation,
          locale,
        },
      },
      { idempotencyKey: values.key },
    )
    return await goTo(visit, link(visit, 'appointment', { appointmentId: made.id }, { token: made.accessToken ?? '' }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const { code, detail, status } = error.problem
    const field = code === 'orders.promise_full' || code === 'service.slot_not_offered' ? 'startsAt' : 'form'
    const told: FormErrors = code === 'orders.contact_required' ? { phone: t('form.phone_wrong') } : { [field]: detail }
    return showBooking(visit, asked, { ...values, key: newFormKey() }, told, status)
  }
}

async function showBooking(visit: Visit, asked: Asked, values: Values, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const { service, site } = asked
  const title = service.name[locale] || service.name.fr
  const offer = site ? await slotsIn(visit, asked, site, values.seats) : null
  const own = (language: Visit['locale']): string => addressOf('book', language, { service: service.code })
  return show(
    visit,
    {
      title,
      description: service.description[locale] || service.description.fr,
      alternates: { fr: own('fr'), en: own('en') },
      indexed: site === null,
      personal: site !== null,
      body: (
        <div class="checkout">
          <Crumbs
            visit={visit}
            trail={[{ name: t('appointments.title'), href: link(visit, 'appointments') }]}
            current={title}
          />
          <h1 class="editorial">{title}</h1>
          <p class="lead">{service.description[locale] || service.description.fr}</p>
          <p class="with-icon muted">
            <Icon name="clock" size={18} /> {formatMinutes(service.durationMinutes, locale)}
          </p>
          <ErrorSummary visit={visit} errors={errors} />
          <ShopForm visit={visit} asked={asked} seats={values.seats} />
          {site && offer && <BookingForm {...{ visit, asked, site, offer, values, errors }} />}
        </div>
      ),
    },
    status,
  )
}

function slotsIn(visit: Visit, { service, from }: Asked, site: Site, seats: number): Promise<SlotDays> {
  return visit.call(endpoints.listSlots, {
    params: { code: service.code },
    query: { siteId: site.id, ...(from ? { from } : {}), days: shownDays, seats, locale: visit.locale },
  })
}

/** Which shop, and for how many: a form of its own, so that hours are those of the choice without a script. */
function ShopForm({ visit, asked, seats }: { visit: Visit; asked: Asked; seats: number }) {
  const { t } = visit
  const { service, sites, site } = asked
  if (sites.length === 1 && service.mostSeats === 1) return <p>{site?.name}</p>
  return (
    <form method="get" action={link(visit, 'book', { service: service.code })} class="slot-form">
      {passedOn(visit).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label for="shop">{t('appointment.shop')}</label>
      <select id="shop" name="shop">
        {sites.map(({ id, code, name }) => (
          <option key={id} value={code} selected={id === site?.id}>
            {name}
          </option>
        ))}
      </select>
      {service.mostSeats > 1 && (
        <>
          <label for="seats">{t('appointment.seats')}</label>
          <select id="seats" name="seats">
            {Array.from({ length: service.mostSeats }, (_, index) => (
              <option key={index} value={index + 1} selected={index + 1 === seats}>
                {index + 1}
              </option>
            ))}
          </select>
        </>
      )}
      <button class="button" type="submit">
        {t('appointment.show_hours')}
      </button>
    </form>
  )
}

/** A reservation to be tried then goes along. */
function passedOn(visit: Visit): [string, string][] {
  const values = visit.form.has('reservation') ? visit.form : visit.query
  return ['reservation', 'token'].flatMap((name): [string, string][] => {
    const value = values.get(name)
    return value ? [[name, value.slice(0, 80)]] : []
  })
}

type BookingProps = { visit: Visit; asked: Asked; site: Site; offer: SlotDays; values: Values; errors: FormErrors }

function BookingForm({ visit, asked, site, offer, values, errors }: BookingProps) {
  const { t } = visit
  const { service } = asked
  const none = offer.days.every(({ slots }) => slots.length === 0)
  return (
    <form method="post" action={link(visit, 'book', { service: service.code })} class="checkout-form" noValidate>
      <input type="hidden" name="siteId" value={site.id} />
      <input type="hidden" name="seats" value={values.seats} />
      <input type="hidden" name="key" value={values.key} />
      {asked.from && <input type="hidden" name="from" value={asked.from} />}
      {passedOn(visit).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div>
        <SlotChoice
          {...{ visit, offer, errors }}
          chosen={values.startsAt}
          legend={t('appointment.hour')}
          none={t('appointment.no_hours')}
          few={service.mostSeats > 1 ? fewSeats : 0}
        />
        <Weeks visit={visit} asked={asked} site={site} offer={offer} seats={values.seats} />
        <p class="muted">
          {t('wait.invite')}{' '}
          <a href={link(visit, 'waitFor', { service: service.code }, { shop: site.code })}>{t('wait.link')}</a>
        </p>
      </div>
      {!none && (
        <>
          <VisitorFields visit={visit} values={values} errors={errors} />
          <div class="field">
            <label for="field-note">
              {t('appointment.note')}
              <span class="optional"> {t('form.optional')}</span>
            </label>
            <textarea id="field-note" name="note" rows={3} maxLength={500}>
              {values.note}
            </textarea>
          </div>
          <div>
            <button class="button primary large" type="submit">
              {t('appointment.book')}
            </button>
            <p class="small-print">{t('appointment.small_print')}</p>
          </div>
        </>
      )}
    </form>
  )
}

function Weeks(props: { visit: Visit; asked: Asked; site: Site; offer: SlotDays; seats: number }) {
  const { visit, asked, site, offer, seats } = props
  const { t, locale } = visit
  const first = offer.days[0]?.date
  if (!first) return null
  const shifted = (days: number): string =>
    new Date(Date.parse(`${first}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  const to = (from: string): string =>
    link(
      visit,
      'book',
      { service: asked.service.code },
      { shop: site.code, from, seats: seats > 1 ? seats : null, ...Object.fromEntries(passedOn(visit)) },
    )
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: offer.timeZone }).format(visit.now)
  const named = (date: string): string => formatDate(`${date}T12:00:00Z`, locale, 'day', offer.timeZone)
  return (
    <nav class="slot-weeks" aria-label={t('appointment.weeks')}>
      {first > today && (
        <a class="button" href={to(shifted(-shownDays) < today ? today : shifted(-shownDays))}>
          {t('appointment.before')}
        </a>
      )}
      <a class="button" href={to(shifted(shownDays))}>
        {t('appointment.from', { date: named(shifted(shownDays)) })}
      </a>
    </nav>
  )
}
