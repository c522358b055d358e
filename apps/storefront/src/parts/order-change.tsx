/** @jsxRuntime automatic @jsxImportSource preact */
import type { ChangeableOrder, OrderChange } from '@ecluse/contracts/order-changes.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { link, type Visit } from '../visit.ts'
import { Icon } from './icon.tsx'
import { money } from './price.tsx'
import { arrivalWords, windowWords } from './when.ts'

type ToldDelivery = Extract<OrderChange, { kind: 'delivery' }>['to']

/** How and when an order reaches its buyer, in one line. */
export function deliveryWords(visit: Visit, { method, siteName, address, ...when }: ToldDelivery): string {
  const { t } = visit
  if (method !== 'delivery') return t('change.pickup_at', { shop: siteName ?? '' })
  const days =
    when.inWindow && when.promisedAt && when.latestAt
      ? windowWords(visit, when.promisedAt, when.latestAt)
      : arrivalWords(visit, when.promisedAt, when.latestAt)
  return t('change.delivered_to', { street: address?.street ?? '', locality: address?.locality ?? '', when: days })
}

function wordsOf(visit: Visit, change: OrderChange): string {
  const { t } = visit
  switch (change.kind) {
    case 'line':
      return change.from === 0
        ? t('change.added', { name: change.name, count: change.to })
        : change.to === 0
          ? t('change.removed', { name: change.name })
          : t('change.line', { name: change.name, from: change.from, to: change.to })
    case 'substitute':
      return t(change.instead === null ? 'change.missing' : 'change.replaced', {
        count: change.quantity,
        name: change.name,
        instead: change.instead ?? '',
      })
    case 'address':
      return t('change.moved', { street: change.to.street, locality: change.to.locality })
    case 'delivery':
      return deliveryWords(visit, change.to)
  }
}

/** What a change changes, one by one. */
export function ChangeList({ visit, changes }: { visit: Visit; changes: readonly OrderChange[] }) {
  return (
    <ul>
      {changes.map((change, index) => (
        <li key={index}>{wordsOf(visit, change)}</li>
      ))}
    </ul>
  )
}

/** What was changed before, by whom, and what was paid or given back for it. */
export function ChangeHistory({ visit, order }: { visit: Visit; order: ChangeableOrder }) {
  const { t, locale } = visit
  if (order.revisions.length === 0) return null
  return (
    <section>
      <h2>{t('change.history')}</h2>
      <ul class="plain">
        {order.revisions.map((one) => (
          <li key={one.revision}>
            <strong>{formatDate(one.changedAt, locale, 'full')}</strong>{' '}
            <span class="muted">{t(`change.by.${one.changedBy}`)}</span>
            <ChangeList visit={visit} changes={one.changes} />
            {one.refund.amountMinor > 0 && <p>{t('change.refund', { amount: money(visit, one.refund) })}</p>}
            {one.charge.amountMinor > 0 && <p>{t('change.charge', { amount: money(visit, one.charge) })}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A change that costs more and was not paid yet. */
export function WaitingChange({ visit, order, token }: { visit: Visit; order: Order; token: string }) {
  const { t } = visit
  const { waitingChange, id: orderId } = order
  if (!waitingChange) return null
  return (
    <p class="banner waiting">
      <Icon name="clock" />
      <span>
        {t('change.waits', { amount: money(visit, waitingChange.due) })}{' '}
        <a href={link(visit, 'changePayment', { orderId, changeId: waitingChange.id }, { token })}>
          {t('change.go_pay')}
        </a>
      </span>
    </p>
  )
}
