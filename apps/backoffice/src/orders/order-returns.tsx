import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { surchargeKept } from '@ecluse/contracts/carriage.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT, type MessageId } from '../app/i18n.ts'
import { ReturnBadge } from '../returns/return-state.tsx'

const refundTones = { pending: 'waiting', refunded: 'done', failed: 'urgent' } as const

/** What came back, where, why, what became of it, and the money given back. */
export function OrderReturns({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const kept = surchargeKept(order)
  const nameOf = (lineId: string) => order.lines.find(({ id }) => id === lineId)?.name ?? lineId
  return (
    <ul className="bo-plain-list">
      {order.openReturns.map((one) => (
        <li key={one.id} className="bo-return">
          <p className="bo-line">
            <Link to="/returns" search={{ open: one.id }} className="bo-link">
              {one.number}
            </Link>{' '}
            <ReturnBadge state={one.state} />
          </p>
        </li>
      ))}
      {order.returns.map((one) => (
        <li key={one.id} className="bo-return">
          <p className="bo-line">
            <strong>{one.number}</strong> · {one.siteName} · <RelativeTime at={one.createdAt} />
          </p>
          {one.lines.map((line, index) => (
            <p key={index} className="bo-line bo-quiet">
              {t('returns.line', {
                count: line.quantity,
                name: nameOf(line.lineId),
                reason: t(`reason.${line.reason}` as MessageId),
                disposition: t(`disposition.${line.disposition}` as MessageId),
              })}
              {line.deduction && (
                <>
                  {' '}
                  {t('inspect.keptLine')} <Money value={line.deduction} /> · {line.deductionReason}
                </>
              )}
            </p>
          ))}
          <p className="bo-line">
            <Money value={one.refund} />{' '}
            <StateBadge tone={refundTones[one.refundState]}>{t(`refund.${one.refundState}`)}</StateBadge>
            {one.carriage.amountMinor > 0 && (
              <span className="bo-quiet"> {t('returns.carriage', { amount: formatMoney(one.carriage, locale) })}</span>
            )}
          </p>
          <VoucherOf order={order} number={one.number} />
        </li>
      ))}
      {kept > 0 && (
        <li className="bo-quiet">
          {t('returns.surcharge', { amount: formatMoney({ amountMinor: kept, currency: 'EUR' }, locale) })}
        </li>
      )}
    </ul>
  )
}

/** The voucher a return was settled by, with what is left of it; its code is its holder's. */
function VoucherOf({ order, number }: { order: Order; number: string }) {
  const t = useT()
  const { locale } = useLocale()
  const found = useQuery(apiQuery(endpoints.listVouchers, { query: { orderId: order.id } }))
  const voucher = found.data?.items.find(({ returnNumber }) => returnNumber === number)
  if (!voucher) return null
  return (
    <p className="bo-line bo-quiet">
      {t('method.voucher')} …{voucher.code.slice(-4)} ·{' '}
      {t('vouchers.left', {
        balance: formatMoney(voucher.balance, locale),
        issued: formatMoney(voucher.issued, locale),
        date: formatDate(voucher.expiresAt, locale, 'dayLong'),
      })}
    </p>
  )
}
