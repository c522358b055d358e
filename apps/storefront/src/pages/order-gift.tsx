/** @jsxRuntime automatic @jsxImportSource preact */
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Visit } from '../visit.ts'

/** That an order is a present, and the words that go with it. */
export function GiftCard({ visit: { t }, order: { gift } }: { visit: Visit; order: Order }) {
  if (!gift) return null
  return (
    <section class="card">
      <h2>{t('order.gift')}</h2>
      {gift.message && <p class="gift-words">{gift.message}</p>}
      <p class="muted">{t('order.gift_text')}</p>
    </section>
  )
}
