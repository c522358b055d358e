/** @jsxRuntime automatic @jsxImportSource preact */
import { surchargeKept } from '@ecluse/contracts/carriage.ts'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { orderOfGroup } from '@ecluse/contracts/order-of-group.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { OrderParcels as Parcels } from '@ecluse/contracts/parcels.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import type { ComponentChildren } from 'preact'
import { formatBasisPoints, formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import type { FormErrors } from '../parts/field.tsx'
import { OrderSums } from './order-sums.tsx'
import { Icon } from '../parts/icon.tsx'
import { AheadNote } from '../parts/ahead.tsx'
import { ExceptionNote } from '../parts/exception-note.tsx'
import { WaitingChange } from '../parts/order-change.tsx'
import { Picture } from '../parts/picture.tsx'
import { WithNumber } from '../parts/with-number.tsx'
import { money } from '../parts/price.tsx'
import { arrivalWords, readyWords, windowWords } from '../parts/when.ts'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'
import { AppointmentCard } from './order-appointment.tsx'
import { ArrivalCard, arrivalOf } from './order-arrival.tsx'
import { CollectorCard, collectorOf } from './order-collector.tsx'
import { downloadsOf, OrderFiles } from './order-downloads.tsx'
import { GiftCard } from './order-gift.tsx'
import { Substitution } from './order-substitution.tsx'
import { CancelPart } from './order-part.tsx'
import { RatingCard, ratingOf } from './order-rating.tsx'
import { deliverySteps, OrderParcels, parcelsOf } from './order-parcels.tsx'

type Props = { visit: Visit; order: Order; sites: Site[]; token: string }

/** An order for whoever holds its token, or for the member it belongs to. */
export const orderPage = (visit: Visit) => showOrder(visit, false)
/** The same page, first seen: it thanks. */
export const thanksPage = (visit: Visit) => showOrder(visit, true)

/** What else the page of an order tells, or asks. */
async function besideOf(visit: Visit, order: Order, token: string) {
  const [parcels, arrival, downloads, collector, asked] = await Promise.all([
    parcelsOf(visit, order, token),
    arrivalOf(visit, order, token),
    downloadsOf(visit, order, token),
    collectorOf(visit, order, token),
    ratingOf(visit, order, token),
  ])
  return { parcels, arrival, downloads, collector, asked }
}

/** @param again a form of this page that was refused, with its token and why */
export async function showOrder(visit: Visit, thanking: boolean, again?: { token: string; errors: FormErrors }) {
  const { t } = visit
  const orderId = visit.params.orderId ?? ''
  const token = again?.token ?? visit.query.get('token') ?? ''
  let order: Order
  try {
    order = await visit.call(endpoints.getOrder, {
      params: { orderId },
      query: { locale: visit.locale, ...(token ? { token } : {}) },
    })
  } catch (error) {
    if (isRefusal(error, 'access.not_signed_in')) {
      return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'order', { orderId }) }))
    }
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input', 'access.forbidden')) return notFound(visit)
    throw error
  }
  const sites = await visit.shared.sites(visit.call)
  const { parcels, arrival, downloads, collector, asked } = await besideOf(visit, order, token)
  const own = (locale: Visit['locale']) => addressOf(thanking ? 'thanks' : 'order', locale, { orderId }, { token })
  const title = t('order.title', { number: order.number })
  const seen = thanking ? seenWith(visit, order) : {}
  return show(visit, {
    title,
    description: title,
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    ...seen,
    body: (
      <div class="order">
        {order.waitingChange && <WaitingChange {...{ visit, order, token }} />}
        {thanking ? (
          <Thanks visit={visit} order={order} />
        ) : (
          <h1 class="editorial">
            <WithNumber text={title} number={order.number} />
          </h1>
        )}
        <Progress {...{ visit, order, parcels }} />
        <div class="order-layout">
          <div>
            {downloads && <OrderFiles visit={visit} downloads={downloads} />}
            {parcels && <OrderParcels visit={visit} parcels={parcels} />}
            <Lines visit={visit} order={order} />
            <Returns visit={visit} order={order} token={token} />
          </div>
          <aside>
            {arrival && <ArrivalCard {...{ visit, order, arrival, token }} errors={again?.errors ?? {}} />}
            {order.groups.length === 0 && order.delivery.method !== 'download' && (
              <Delivery {...{ visit, order, sites, token }} />
            )}
            {goodsParts(order).map(({ no, state }) => (
              <Delivery key={no} {...{ visit, sites, token }} order={partOf(order, no, state)} group={no}>
                <CancelPart {...{ visit, order, token, no }} error={again?.errors[`part-${no}`]} />
              </Delivery>
            ))}
            <AppointmentCard visit={visit} order={order} />
            <GiftCard visit={visit} order={order} />
            {collector && <CollectorCard {...{ visit, order, token, collector }} />}
            {asked && <RatingCard {...{ visit, order, token, asked }} errors={again?.errors ?? {}} />}
            <OrderSums visit={visit} order={order} token={token} />
          </aside>
        </div>
      </div>
    ),
  })
}

/** Who has just ordered is who was looking; of a company it is not said who. */
const seenWith = (visit: Visit, { contact }: Order) => (contact && !visit.company ? { seen: { contact } } : {})

function Thanks({ visit, order }: { visit: Visit; order: Order }) {
  const { t } = visit
  const email = order.contact?.email
  return (
    <div class="thanks">
      <span class="thanks-mark" aria-hidden="true">
        <Icon name="check" size={32} />
      </span>
      <h1 class="editorial">{t('order.thanks')}</h1>
      <p class="lead">{t('order.thanks_number')}</p>
      <p class="order-number">{order.number}</p>
      {email && <p class="muted">{t('order.thanks_email', { email })}</p>}
    </div>
  )
}

const stateTones: Record<Order['documentState'], string> = {
  awaiting_payment: 'waiting',
  confirmed: 'done',
  cancelled: 'urgent',
  expired: 'urgent',
}

/** How far the order is, in steps: read in order by a screen reader, the current one marked. */
function Progress({ visit, order, parcels }: { visit: Visit; order: Order; parcels: Parcels | null }) {
  const { t } = visit
  if (order.documentState !== 'confirmed') {
    return (
      <p class={`banner ${stateTones[order.documentState]}`}>
        <Icon name="info" />
        <span>{t(`order.state.${order.documentState}`)}</span>
      </p>
    )
  }
  if (order.fulfillmentState === 'returned') {
    return (
      <p class="banner done">
        <Icon name="back" />
        <span>{t('order.state.returned')}</span>
      </p>
    )
  }
  const reached = { none: 1, to_prepare: 1, ready: 2, partially_fulfilled: 2, fulfilled: 3, returned: 3 }
  const mixed = order.groups.length > 0
  const { steps, done } =
    parcels && !mixed
      ? deliverySteps(order, parcels)
      : order.delivery.method === 'carry_out'
        ? { steps: ['confirmed', 'handed_over'] as const, done: order.fulfillmentState === 'fulfilled' ? 2 : 1 }
        : order.delivery.method === 'download'
          ? { steps: ['confirmed', 'given'] as const, done: order.fulfillmentState === 'fulfilled' ? 2 : 1 }
          : {
              steps: ['confirmed', mixed ? 'prepared' : 'ready', 'handed_over'] as const,
              done: reached[order.fulfillmentState],
            }
  return (
    <ol class="progress" aria-label={t('order.progress')}>
      {steps.map((step, index) => (
        <li key={step} class={index < done ? 'done' : ''} aria-current={index === done - 1 ? 'step' : undefined}>
          <span class="progress-mark" aria-hidden="true">
            {index < done && <Icon name="check" size={16} />}
          </span>
          {t(`order.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}

function Lines({ visit, order }: { visit: Visit; order: Order }) {
  const { t, locale } = visit
  return (
    <section>
      <h2>{t('order.articles')}</h2>
      <ul class="order-lines">
        {order.lines.map((line) => (
          <li key={line.id}>
            <Picture url={line.imageUrl} alt="" width={96} height={72} />
            <div>
              <h3>{line.name}</h3>
              {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
              {line.exception === null && line.ahead?.allocatedAt === null && (
                <AheadNote visit={visit} ahead={line.ahead} />
              )}
              <ExceptionNote visit={visit} exception={line.withdrawalException} />
              <p class="muted">{t('order.reference', { sku: line.sku })}</p>
              <p class="muted tabular">
                {t('order.line', {
                  count: line.quantity,
                  price: money(visit, line.unitPrice),
                  vat: formatBasisPoints(line.vatRateBasisPoints, locale),
                })}
              </p>
              {line.returnedQuantity > line.exchangedQuantity && (
                <p class="muted">{t('order.returned', { count: line.returnedQuantity - line.exchangedQuantity })}</p>
              )}
              {line.exchangedQuantity > 0 && (
                <p class="muted">{t('order.exchanged', { count: line.exchangedQuantity })}</p>
              )}
              {line.givenFor && <p class="muted">{t('order.given')}</p>}
              <Substitution {...{ visit, order, line }} />
            </div>
            <p class="tabular">{money(visit, line.lineTotal)}</p>
          </li>
        ))}
      </ul>
      <p class="muted">{t('order.placed', { date: formatDate(order.placedAt, locale, 'full') })}</p>
    </section>
  )
}

/** Parts one waits for or fetches; files have their own place on the page. */
const goodsParts = (order: Order): Order['groups'] => order.groups.filter(({ method }) => method !== 'download')

/** A part of a mixed order, as far as it is by itself. */
function partOf(order: Order, no: number, state: Order['groups'][number]['state']): Order {
  return { ...orderOfGroup(order, no), fulfillmentState: state === 'cancelled' ? 'none' : state }
}

/** Which articles a part has, when the order has several. */
function PartArticles({ order }: { order: Order }) {
  if (order.groups.length === 0) return null
  return <p class="muted">{order.lines.map((line) => `${line.quantity} × ${line.name}`).join(', ')}</p>
}

function Delivery({
  visit,
  order,
  sites,
  token,
  group,
  children,
}: Props & { group?: number; children?: ComponentChildren }) {
  const { t } = visit
  const { delivery } = order
  const site = sites.find((one) => one.id === delivery.siteId)
  if (delivery.method === 'delivery') {
    const address = delivery.address
    return (
      <section class="card">
        <h2>{t('order.delivery')}</h2>
        <PartArticles order={order} />
        {address && (
          <p>
            {address.name}
            <br />
            {address.street}
            <br />
            {address.street2 && (
              <>
                {address.street2}
                <br />
              </>
            )}
            {address.postalCode} {address.locality}
          </p>
        )}
        <p class={delivery.inWindow ? 'order-window' : undefined}>
          {delivery.inWindow && delivery.promisedAt && delivery.latestAt
            ? windowWords(visit, delivery.promisedAt, delivery.latestAt)
            : arrivalWords(visit, delivery.promisedAt, delivery.latestAt)}
        </p>
        {children}
      </section>
    )
  }
  const waits =
    order.documentState === 'confirmed' && order.fulfillmentState !== 'fulfilled' && order.fulfillmentState !== 'none'
  return (
    <section class="card pass">
      <h2>{t(delivery.method === 'carry_out' ? 'order.carried_out' : 'order.pickup')}</h2>
      <PartArticles order={order} />
      <p>
        {site ? <a href={link(visit, 'shop', { code: site.code })}>{site.name}</a> : delivery.siteName}
        {site && (
          <>
            <br />
            {site.street}, {site.postalCode} {site.locality}
          </>
        )}
      </p>
      {delivery.promisedAt && order.fulfillmentState === 'to_prepare' && (
        <p>{t('order.pickup_ready', { when: readyWords(visit, delivery.promisedAt, site?.timeZone) })}</p>
      )}
      {delivery.pickupCode && waits && <PickupCode {...{ visit, order, token, group }} code={delivery.pickupCode} />}
      {children}
    </section>
  )
}

type CodeProps = Pick<Props, 'visit' | 'order' | 'token'> & { group: number | undefined; code: string }

/** The code to fetch it with, as letters and as a QR for whoever holds the order's link. */
function PickupCode({ visit: { t }, order, token, group, code }: CodeProps) {
  return (
    <>
      <p class="pass-label">{t('order.pickup_code')}</p>
      <p class="pass-code">{code}</p>
      {token && (
        <img
          class="pass-qr"
          src={urlOf(
            endpoints.getPickupQr.path,
            { orderId: order.id },
            { token, ...(group === undefined ? {} : { group }) },
          )}
          alt={t('order.pickup_qr', { code: code })}
          width={200}
          height={200}
        />
      )}
      <p class="muted">{t('order.pickup_show')}</p>
    </>
  )
}

/** What comes back or has come back, and the way to send something back. */
function Returns({ visit, order, token }: { visit: Visit; order: Order; token: string }) {
  const { t, locale } = visit
  const { id: orderId, openReturns } = order
  const kept = surchargeKept(order)
  const returnable = order.lines.some(
    (line) => line.downloadFrom === null && line.fulfilledQuantity > line.returnedQuantity,
  )
  if (order.returns.length === 0 && openReturns.length === 0 && !returnable) return null
  return (
    <section>
      <h2>{t('order.returns')}</h2>
      {returnable && (
        <p>
          <a class="button" href={link(visit, 'sendBack', { orderId }, { token })}>
            {t('sendBack.title')}
          </a>
        </p>
      )}
      <ul class="plain">
        {openReturns.map((one) => (
          <li key={one.id}>
            <a href={link(visit, 'returnSlip', { orderId, returnId: one.id }, { token })}>
              {t('slip.title', { number: one.number })}
            </a>{' '}
            <span class="muted">{t(`slip.short.${one.state}`)}</span>
          </li>
        ))}
        {order.returns.map((one) => (
          <li key={one.id}>
            {t('order.return', {
              number: one.number,
              shop: one.siteName,
              date: formatDate(one.createdAt, locale, 'dayLong'),
              refund: money(visit, one.refund),
            })}{' '}
            <span class="muted">{t(`order.refund.${one.refundState}`)}</span>
            {one.carriage.amountMinor > 0 && (
              <span class="muted"> {t('order.return.carriage', { amount: money(visit, one.carriage) })}</span>
            )}
          </li>
        ))}
        {kept > 0 && (
          <li class="muted">
            {t('order.return.surcharge', { amount: money(visit, { amountMinor: kept, currency: 'EUR' }) })}
          </li>
        )}
      </ul>
    </section>
  )
}
