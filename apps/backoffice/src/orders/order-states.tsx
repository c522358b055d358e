import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

type DocumentState = OrderSummary['documentState']
type PaymentState = OrderSummary['paymentState']
type FulfillmentState = OrderSummary['fulfillmentState']

/** What each state asks of the reader; a state added to the contract does not compile until it has its tone. */
const documentTones: Record<DocumentState, StateTone> = {
  awaiting_payment: 'waiting',
  confirmed: 'done',
  cancelled: 'neutral',
  expired: 'neutral',
}
const paymentTones: Record<PaymentState, StateTone> = {
  unpaid: 'waiting',
  authorised: 'primary',
  paid: 'done',
  partially_refunded: 'neutral',
  refunded: 'neutral',
  voided: 'neutral',
  due: 'waiting',
  partially_paid: 'waiting',
}
const fulfillmentTones: Record<FulfillmentState, StateTone> = {
  none: 'neutral',
  to_prepare: 'waiting',
  ready: 'primary',
  partially_fulfilled: 'primary',
  fulfilled: 'done',
  returned: 'neutral',
}

export function DocumentBadge({ state }: { state: DocumentState }) {
  const t = useT()
  return <StateBadge tone={documentTones[state]}>{t(`document.${state}`)}</StateBadge>
}

export function PaymentBadge({ state }: { state: PaymentState }) {
  const t = useT()
  return <StateBadge tone={paymentTones[state]}>{t(`payment.${state}`)}</StateBadge>
}

function FulfillmentBadge({ state }: { state: FulfillmentState }) {
  const t = useT()
  return <StateBadge tone={fulfillmentTones[state]}>{t(`fulfillment.${state}`)}</StateBadge>
}

/** The one state worth showing where there is room for one: what stands in the way, else how far the goods are. */
export function OrderBadge({ order }: { order: Pick<OrderSummary, 'documentState' | 'fulfillmentState'> }) {
  if (order.documentState !== 'confirmed' || order.fulfillmentState === 'none') {
    return <DocumentBadge state={order.documentState} />
  }
  return <FulfillmentBadge state={order.fulfillmentState} />
}
