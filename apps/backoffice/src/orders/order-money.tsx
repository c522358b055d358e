import type { ReactNode } from 'react'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatMoney } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

type Payment = Order['payments'][number]

const paymentTones: Record<Payment['state'], StateTone> = {
  pending: 'waiting',
  challenge: 'waiting',
  authorised: 'primary',
  captured: 'done',
  declined: 'urgent',
  voided: 'neutral',
  failed: 'urgent',
  due: 'waiting',
}

/** Totals with their VAT by rate, then each payment and what was given back of it. */
export function OrderMoney({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <>
      <dl className="bo-sums">
        <Sum name={t('orders.subtotal')} value={<Money value={order.subtotal} />} />
        {order.delivery.fee.amountMinor > 0 && (
          <Sum name={t('orders.deliveryFee')} value={<Money value={order.delivery.fee} />} />
        )}
        {order.delivery.favour && (
          <Sum
            name={t(`orders.given.${order.delivery.favour.source}`, { name: order.delivery.favour.name ?? '' })}
            value={
              <span className="bo-quiet">
                {t('orders.given.instead', { fee: formatMoney(order.delivery.favour.spared, locale) })}
              </span>
            }
          />
        )}
        {order.credited.amountMinor > 0 && (
          <Sum
            name={t('orders.credited')}
            value={<Money value={{ ...order.credited, amountMinor: -order.credited.amountMinor }} />}
          />
        )}
        <Sum name={t('orders.totalVat')} value={<Money value={order.total} vat="included" />} strong />
        {order.vatByRate.map(({ rateBasisPoints, base, vat }) => (
          <Sum
            key={rateBasisPoints}
            name={t('orders.vatLine', { rate: formatBasisPoints(rateBasisPoints, locale) })}
            value={
              <>
                <Money value={vat} /> <span className="bo-quiet">{t('orders.vatOn')}</span>{' '}
                <Money value={base} vat="excluded" />
              </>
            }
          />
        ))}
        <Sum name={t('orders.paid')} value={<Money value={order.paid} />} />
        {order.refunded.amountMinor > 0 && <Sum name={t('orders.refunded')} value={<Money value={order.refunded} />} />}
      </dl>
      <ul className="bo-plain-list">
        {order.payments.map((payment) => (
          <li key={payment.id} className="bo-pay">
            <span>{t(`method.${payment.method}`)}</span>
            <StateBadge tone={paymentTones[payment.state]}>{t(`paymentAct.${payment.state}`)}</StateBadge>
            <Money value={payment.amount} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Sum({ name, value, strong = false }: { name: string; value: ReactNode; strong?: boolean }) {
  return (
    <div data-strong={strong || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
