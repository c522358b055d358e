/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { OrderParcels as Parcels, Parcel } from '@ecluse/contracts/parcels.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { Icon } from '../parts/icon.tsx'
import type { Visit } from '../visit.ts'

/** The parcels of an order that is delivered; null while it cannot have any. */
export async function parcelsOf(visit: Visit, order: Order, token: string): Promise<Parcels | null> {
  const travels = order.delivery.method === 'delivery' || order.groups.some(({ method }) => method === 'delivery')
  if (!travels || order.documentState !== 'confirmed') return null
  const query = { locale: visit.locale, ...(token ? { token } : {}) }
  return visit.call(endpoints.getParcels, { params: { orderId: order.id }, query })
}

/** The steps of a delivery reached so far: prepared, left, arrived; of an order in parts, each part tells its own. */
export function deliverySteps(order: Order, { state }: Parcels) {
  const shipped = state === 'partially_shipped' || state === 'partially_delivered' ? 'shipped_part' : 'shipped'
  const arrived = state === 'partially_delivered' ? 'delivered_part' : 'delivered'
  const reached = { not_shipped: 1, partially_shipped: 3, shipped: 3, partially_delivered: 4, delivered: 4 }[state]
  const done = Math.max(reached, order.fulfillmentState === 'ready' ? 2 : 1)
  return { steps: ['confirmed', 'prepared', shipped, arrived] as const, done }
}

const tones: Record<Parcel['state'], string> = {
  packed: 'waiting',
  handed_to_carrier: 'waiting',
  in_transit: 'waiting',
  delivered: 'done',
  returned_to_sender: 'urgent',
  lost: 'urgent',
}

/** Each parcel: what is in it, where it is, and the page of its carrier that follows it. */
export function OrderParcels({ visit, parcels }: { visit: Visit; parcels: Parcels }) {
  const { t, locale } = visit
  const left = parcels.items.filter(({ state }) => state !== 'packed')
  if (left.length === 0) return null
  const rest = parcels.lines.reduce((sum, line) => sum + line.open + line.packed, 0)
  return (
    <section>
      <h2>{t('order.parcels')}</h2>
      <ul class="parcels">
        {left.map((parcel) => (
          <li key={parcel.id} class="card">
            <h3>{t('order.parcel', { position: parcel.position })}</h3>
            <p class={`parcel-state ${tones[parcel.state]}`}>
              <Icon name={parcel.state === 'delivered' ? 'check' : 'truck'} size={18} />
              <span>
                {t(`order.parcel.${parcel.resolution ?? parcel.state}`)}
                {', '}
                {formatDate(parcel.steps.at(-1)?.at ?? '', locale, 'dayLong')}
              </span>
            </p>
            <ul class="plain">
              {parcel.lines.map((line) => (
                <li key={line.lineId}>
                  {line.quantity} × {line.name}
                  {line.variantLabel && <span class="muted"> · {line.variantLabel}</span>}
                  {line.lots.length > 0 && (
                    <span class="muted">
                      {' '}
                      · {t('order.lots', { numbers: line.lots.map(({ number }) => number).join(', ') })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {parcel.carrier && (
              <p class="muted">
                {parcel.carrier}
                {parcel.trackingNumber && <span class="tabular"> {parcel.trackingNumber}</span>}
              </p>
            )}
            {parcel.trackingUrl && (
              <p>
                <a class="button small" href={parcel.trackingUrl} rel="noreferrer">
                  {t('order.follow')}
                  <span class="visually-hidden"> {t('order.parcel', { position: parcel.position })}</span>
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="muted">{t('order.parcels_rest', { count: rest })}</p>}
    </section>
  )
}
