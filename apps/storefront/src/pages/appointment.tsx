/** @jsxRuntime automatic @jsxImportSource preact */
import type { Appointment } from '@ecluse/contracts/appointments.ts'
import { ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { SlotChoice, type SlotDays } from '../parts/slot-choice.tsx'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

/** Days offered to move to. */
const shownDays = 7
const gone = ['service.appointment_not_found', 'kernel.invalid_input'] as const

/** One appointment: when and where, a file for one's calendar, and ways to move or cancel it. */
export function appointmentPage(visit: Visit) {
  return showAppointment(visit, visit.query.get('token') ?? '', {})
}

/** Moves or cancels it. */
export async function appointmentForm(visit: Visit) {
  const { form, locale } = visit
  const token = form.get('token') ?? ''
  const appointmentId = visit.params['appointmentId'] ?? ''
  const at = { params: { appointmentId }, query: { locale } }
  try {
    const act = form.get('act')
    if (act === 'take') await visit.call(endpoints.acceptOffer, { ...at, body: { token } })
    else if (act === 'pass' || act === 'leave') {
      await visit.call(endpoints.passOffer, { ...at, body: { token, leave: act === 'leave' } })
      return await goTo(visit, link(visit, 'appointment', { appointmentId }, { token, passed: 1 }))
    } else if (act === 'cancel') await visit.call(endpoints.cancelAppointment, { ...at, body: { token } })
    else {
      const startsAt = form.get('startsAt') ?? ''
      if (Number.isNaN(Date.parse(startsAt)))
        return await showAppointment(visit, token, { startsAt: visit.t('appointment.hour_missing') }, 422)
      await visit.call(endpoints.moveAppointment, { ...at, body: { token, startsAt } })
    }
  } catch (error) {
    if (isRefusal(error, ...gone)) return notFound(visit)
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showAppointment(visit, token, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'appointment', { appointmentId }, { token }))
}

async function showAppointment(visit: Visit, token: string, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const appointmentId = visit.params['appointmentId'] ?? ''
  let appointment: Appointment
  try {
    const query = { token, locale }
    appointment = await visit.call(endpoints.getAppointment, { params: { appointmentId }, query })
  } catch (error) {
    if (isRefusal(error, ...gone)) return notFound(visit)
    throw error
  }
  const own = (language: Visit['locale']): string => addressOf('appointment', language, { appointmentId }, { token })
  const ahead = appointment.state === 'booked' && new Date(appointment.startsAt) > visit.now
  const offer = ahead ? await slotsToMoveTo(visit, appointment) : null
  return show(
    visit,
    {
      title: t('appointment.title'),
      description: t('appointment.title'),
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <h1 class="editorial">
            {t(`appointment.head.${visit.query.has('passed') ? 'passed' : headOf(appointment, ahead)}`)}
          </h1>
          <ErrorSummary visit={visit} errors={errors} />
          {visit.query.has('passed') && <p class="lead">{t('appointment.passed')}</p>}
          <Facts visit={visit} appointment={appointment} token={token} />
          {appointment.offerExpiresAt && (
            <OfferForm {...{ visit, appointment, token }} until={appointment.offerExpiresAt} />
          )}
          {offer && (
            <form method="post" action={own(locale)} class="checkout-form">
              <input type="hidden" name="token" value={token} />
              <details open={Object.keys(errors).length > 0} class="move-slots">
                <summary>{t('appointment.move')}</summary>
                <SlotChoice
                  {...{ visit, offer, errors }}
                  chosen=""
                  legend={t('appointment.hour')}
                  none={t('appointment.no_hours')}
                />
                <button class="button primary" type="submit" name="act" value="move">
                  {t('appointment.move_here')}
                </button>
              </details>
              <div>
                <button class="button" type="submit" name="act" value="cancel">
                  {t('appointment.cancel')}
                </button>
              </div>
            </form>
          )}
        </div>
      ),
    },
    status,
  )
}

const headOf = ({ state }: Appointment, ahead: boolean) =>
  ahead ? 'booked' : state === 'offered' || state === 'cancelled' ? state : 'over'

type OfferProps = { visit: Visit; appointment: Appointment; token: string; until: string }

/** An hour held for somebody of the waiting list: theirs to take, or to pass on. */
function OfferForm({ visit, appointment, token, until }: OfferProps) {
  const { t, locale } = visit
  const time = formatDate(until, locale, 'time', appointment.timeZone)
  return (
    <form
      method="post"
      action={addressOf('appointment', locale, { appointmentId: appointment.id })}
      class="checkout-form"
    >
      <input type="hidden" name="token" value={token} />
      <p class="banner waiting">
        <Icon name="clock" />
        <span>{t('appointment.offer', { until: time })}</span>
      </p>
      <div class="offer-acts">
        <button class="button primary large" type="submit" name="act" value="take">
          {t('appointment.take')}
        </button>
        <button class="button" type="submit" name="act" value="pass">
          {t('appointment.pass')}
        </button>
        <button class="button" type="submit" name="act" value="leave">
          {t('appointment.leave')}
        </button>
      </div>
    </form>
  )
}

async function slotsToMoveTo(visit: Visit, { serviceCode, siteId, seats }: Appointment): Promise<SlotDays | null> {
  try {
    return await visit.call(endpoints.listSlots, {
      params: { code: serviceCode },
      query: { siteId, days: shownDays, seats, locale: visit.locale },
    })
  } catch (error) {
    if (isRefusal(error, 'service.not_found', 'channels.site_not_found')) return null
    throw error
  }
}

function Facts({ visit, appointment, token }: { visit: Visit; appointment: Appointment; token: string }) {
  const { t, locale } = visit
  const { startsAt, endsAt, timeZone, seats, state } = appointment
  const params = { appointmentId: appointment.id }
  const file = urlOf(endpoints.getAppointmentCalendar.path, params, { token, locale })
  const clock = (at: string): string => formatDate(at, locale, 'time', timeZone)
  return (
    <section class="card">
      <h2>{appointment.serviceName}</h2>
      <p class="appointment-time">
        {formatDate(startsAt, locale, 'weekday', timeZone)}
        {', '}
        {t('when.hours', { from: clock(startsAt), until: clock(endsAt) })}
      </p>
      <p class="with-icon">
        <Icon name="pin" size={18} /> {appointment.siteName}
        {seats > 1 && ` · ${t('appointment.seats_count', { count: seats })}`}
      </p>
      <p class="muted">{t('appointment.code', { code: appointment.code })}</p>
      {state === 'booked' && (
        <p>
          <a class="button" href={file} download>
            {t('appointment.calendar')}
          </a>
        </p>
      )}
    </section>
  )
}
