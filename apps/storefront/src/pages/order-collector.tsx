/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

/** Whom the buyer named to fetch this order; null where nobody can be named any more, or by whoever looks. */
export async function collectorOf(visit: Visit, order: Order, token: string): Promise<{ name: string | null } | null> {
  const picked = order.delivery.method === 'pickup' || order.groups.some(({ method }) => method === 'pickup')
  if (!picked || token === '' || order.documentState !== 'confirmed' || order.fulfillmentState === 'fulfilled')
    return null
  return visit.call(endpoints.getCollector, { params: { orderId: order.id }, query: { token } })
}

/** Names somebody, or nobody any more, and goes back to the order. */
export async function collectorForm(visit: Visit) {
  const orderId = visit.params['orderId'] ?? ''
  const token = visit.form.get('token') ?? ''
  const name = (visit.form.get('name') ?? '').trim().slice(0, 120)
  try {
    await visit.call(endpoints.nameCollector, { params: { orderId }, body: { token, name: name || null } })
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
  return goTo(visit, link(visit, 'order', { orderId }, { token }))
}

type Props = { visit: Visit; order: Order; token: string; collector: { name: string | null } }

/** “Somebody else comes”: a name, so that the shop expects them. The code is what opens the hand-over. */
export function CollectorCard({ visit, order, token, collector }: Props) {
  const { t } = visit
  return (
    <form method="post" action={link(visit, 'collector', { orderId: order.id })} class="card slot-form">
      <input type="hidden" name="token" value={token} />
      <label for="collector">{t('order.collector')}</label>
      <p class="muted">{t('order.collector_help')}</p>
      <input
        id="collector"
        name="name"
        type="text"
        value={collector.name ?? ''}
        maxLength={120}
        autocomplete="off"
        class="collector-name"
      />
      <button class="button" type="submit">
        {t('order.collector_save')}
      </button>
    </form>
  )
}
