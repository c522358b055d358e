/** @jsxRuntime automatic @jsxImportSource preact */
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Reservation } from '@ecluse/contracts/reservations.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { Icon } from '../parts/icon.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

const isOpen = ({ state }: Reservation): boolean => state === 'to_put_aside' || state === 'ready' || state === 'trying'

/** What is reserved, where and until when, with the code to come with and a way out. */
export async function reservationPage(visit: Visit) {
  const token = visit.query.get('token') ?? ''
  const reservationId = visit.params['reservationId'] ?? ''
  try {
    const reservation = await visit.call(endpoints.getReservation, {
      params: { reservationId },
      query: { token, locale: visit.locale },
    })
    return await showReservation(visit, reservation, token)
  } catch (error) {
    if (isRefusal(error, 'orders.reservation_not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
}

/** Gives it up. */
export async function reservationForm(visit: Visit) {
  const token = visit.form.get('token') ?? ''
  const reservationId = visit.params['reservationId'] ?? ''
  try {
    await visit.call(endpoints.cancelReservation, {
      params: { reservationId },
      query: { locale: visit.locale },
      body: { token },
    })
  } catch (error) {
    if (isRefusal(error, 'orders.reservation_not_found', 'kernel.invalid_input')) return notFound(visit)
    // What ended meanwhile is shown as it is.
    if (!isRefusal(error, 'orders.reservation_state')) throw error
  }
  return goTo(visit, link(visit, 'reservation', { reservationId }, { token }))
}

async function showReservation(visit: Visit, reservation: Reservation, token: string) {
  const { t } = visit
  const sites = await visit.shared.sites(visit.call)
  const site = sites.find(({ id }) => id === reservation.siteId)
  const own = (locale: Visit['locale']): string =>
    addressOf('reservation', locale, { reservationId: reservation.id }, { token })
  const open = isOpen(reservation)
  const fitting = open ? await fittingRoomFor(visit, reservation, token) : null
  return show(visit, {
    title: t('reservation.title'),
    description: t('reservation.title'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="order">
        <div class="list-head">
          <h1 class="editorial">{t(`reservation.head.${reservation.state}`)}</h1>
          <p class="lead">
            {t(`reservation.lead.${reservation.state}`, {
              shop: reservation.siteName,
              date: formatDate(reservation.expiresAt, visit.locale, 'dateTime', site?.timeZone),
            })}
          </p>
        </div>
        <div class="order-layout">
          <Lines visit={visit} reservation={reservation} />
          <aside>
            {open && reservation.passToken && <Pass visit={visit} reservation={reservation} />}
            <section class="card">
              <h2>
                {site ? <a href={link(visit, 'shop', { code: site.code })}>{site.name}</a> : reservation.siteName}
              </h2>
              {site && (
                <address>
                  {site.street}
                  <br />
                  {site.postalCode} {site.locality}
                </address>
              )}
            </section>
            {fitting && (
              <section class="card">
                <h2>{t('reservation.fitting')}</h2>
                <p>{fitting.words}</p>
                <a class="button" href={fitting.href}>
                  {fitting.label}
                </a>
              </section>
            )}
            {open && reservation.state !== 'trying' && (
              <form method="post" action={own(visit.locale)} class="card">
                <input type="hidden" name="token" value={token} />
                <p>{t('reservation.cancel_help')}</p>
                <button class="button" type="submit">
                  {t('reservation.cancel')}
                </button>
              </form>
            )}
          </aside>
        </div>
      </div>
    ),
  })
}

/** The fitting room kept for it, or the way to choose one; null where there are none. */
async function fittingRoomFor(visit: Visit, { id, siteId }: Reservation, token: string) {
  const { t, locale } = visit
  const { items } = await visit.call(endpoints.listServices, { query: { locale } })
  const service = items.find(({ active, fittingSiteIds }) => active && fittingSiteIds.includes(siteId))
  if (!service) return null
  const query = { token, locale }
  const { appointment } = await visit.call(endpoints.getReservationAppointment, {
    params: { reservationId: id },
    query,
  })
  if (appointment) {
    const date = formatDate(appointment.startsAt, locale, 'dateTime', appointment.timeZone)
    return {
      words: t('reservation.fitting_at', { date }),
      label: t('reservation.fitting_see'),
      href: link(visit, 'appointment', { appointmentId: appointment.id }, { token: appointment.accessToken ?? '' }),
    }
  }
  const site = (await visit.shared.sites(visit.call)).find((one) => one.id === siteId)
  const along = { shop: site?.code, reservation: id, token }
  return {
    words: t('reservation.fitting_help'),
    label: t('reservation.fitting_choose'),
    href: link(visit, 'book', { service: service.code }, along),
  }
}

function Lines({ visit, reservation }: { visit: Visit; reservation: Reservation }) {
  const { t } = visit
  return (
    <section>
      <h2>{t('reservation.articles')}</h2>
      <ul class="order-lines">
        {reservation.lines.map((line) => (
          <li key={line.variantId}>
            <Picture url={line.imageUrl} alt="" width={160} height={120} />
            <div>
              <h3 class="line-name">{line.name}</h3>
              {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
              <p class="muted tabular">
                {line.quantity} × {money(visit, line.unitPrice)}
              </p>
              {line.bought !== null && line.bought > 0 && (
                <p>
                  <Icon name="check" size={18} /> {t('reservation.bought', { count: line.bought })}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p class="muted">{t('reservation.prices')}</p>
    </section>
  )
}

function Pass({ visit, reservation }: { visit: Visit; reservation: Reservation }) {
  const { t, locale } = visit
  const qr = urlOf(endpoints.getPassQr.path, { code: reservation.passToken ?? '' }, { locale })
  return (
    <section class="card pass">
      <img class="pass-qr" src={qr} alt={t('reservation.qr')} width={168} height={168} />
      <div class="pass-words">
        <p class="muted">{t('reservation.code')}</p>
        <p class="pass-code">{reservation.code}</p>
        <p class="muted">{t('reservation.code_help')}</p>
      </div>
    </section>
  )
}
