/** @jsxRuntime automatic @jsxImportSource preact */
import type { Order } from '@ecluse/contracts/orders.ts'
import { formatBasisPoints } from '@ecluse/ui/format.ts'
import { money } from '../parts/price.tsx'
import { link, type Visit } from '../visit.ts'

/** What an order comes to, and what its buyer can still do about it. */
export function OrderSums({ visit, order, token }: { visit: Visit; order: Order; token: string }) {
  const { t, locale } = visit
  return (
    <section class="card">
      <h2>{t('order.sums')}</h2>
      <dl class="sums">
        <div>
          <dt>{t('order.subtotal')}</dt>
          <dd>{money(visit, order.subtotal)}</dd>
        </div>
        {order.delivery.method !== 'download' && (
          <div>
            <dt>{t('order.fee')}</dt>
            <dd>{order.delivery.fee.amountMinor === 0 ? t('checkout.free') : money(visit, order.delivery.fee)}</dd>
          </div>
        )}
        <Given visit={visit} order={order} />
        {order.credited.amountMinor > 0 && (
          <div>
            <dt>{t('order.credited')}</dt>
            <dd>{money(visit, { ...order.credited, amountMinor: -order.credited.amountMinor })}</dd>
          </div>
        )}
        <div class="sum-total">
          <dt>{t('order.total')}</dt>
          <dd>{money(visit, order.total)}</dd>
        </div>
        {order.vatByRate.map((one) => (
          <div key={one.rateBasisPoints}>
            <dt class="muted">
              {t('order.vat', {
                rate: formatBasisPoints(one.rateBasisPoints, locale),
                base: money(visit, one.base),
              })}
            </dt>
            <dd class="muted">{money(visit, one.vat)}</dd>
          </div>
        ))}
        <ByVoucher visit={visit} order={order} />
        <Refunded visit={visit} order={order} />
      </dl>
      {order.documentState === 'confirmed' && order.fulfillmentState === 'to_prepare' && (
        <p>
          <a class="button" href={link(visit, 'changeOrder', { orderId: order.id }, { token })}>
            {t('change.title')}
          </a>
        </p>
      )}
      {order.documentState === 'confirmed' && order.delivery.method !== 'carry_out' && (
        <p>
          <a class="button" href={link(visit, 'withdraw', {}, { order: order.id, token })}>
            {t('withdraw.entry')}
          </a>
        </p>
      )}
      <p class="small-print">
        <a href={link(visit, 'withdrawal')}>{t('product.returns', { days: order.returnDays })}</a>
      </p>
    </section>
  )
}

/** By what its delivery was given, and what that spared. */
function Given({ visit, order }: { visit: Visit; order: Order }) {
  const { favour } = order.delivery
  if (!favour) return null
  return (
    <div>
      <dt class="muted">{visit.t(`cart.delivery_given.${favour.source}`, { name: favour.name ?? '' })}</dt>
      <dd class="muted">{visit.t('order.fee_instead_of', { fee: money(visit, favour.spared) })}</dd>
    </div>
  )
}

/** What was paid, and what of it was given back. */
function Refunded({ visit, order: { paid, refunded } }: { visit: Visit; order: Order }) {
  if (refunded.amountMinor === 0) return null
  return (
    <>
      <div>
        <dt>{visit.t('order.paid')}</dt>
        <dd>{money(visit, paid)}</dd>
      </div>
      <div>
        <dt>{visit.t('order.refunded')}</dt>
        <dd>{money(visit, refunded)}</dd>
      </div>
    </>
  )
}

/** What vouchers paid of it. */
function ByVoucher({ visit, order }: { visit: Visit; order: Order }) {
  const paid = order.payments.filter(({ method, state }) => method === 'voucher' && state === 'captured')
  return (
    <>
      {paid.map((payment) => (
        <div key={payment.id}>
          <dt>{visit.t('order.by_voucher')}</dt>
          <dd>{money(visit, payment.amount)}</dd>
        </div>
      ))}
    </>
  )
}
