/** @jsxRuntime automatic @jsxImportSource preact */
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import { money } from '../parts/price.tsx'
import { link, type Visit } from '../visit.ts'

/** What a member's points and vouchers may pay, while none of them does. */
export function CheckoutPoints({ visit, member, used }: { visit: Visit; member: LoyaltyMember; used: string }) {
  const { t } = visit
  const { spendable, vouchers, points } = member
  if (used !== '' || (spendable.rewards === 0 && vouchers.length === 0)) return null
  const { amountMinor, currency } = spendable.each.value
  return (
    <>
      {vouchers.slice(0, 3).map(({ code, balance }) => (
        <p key={code}>
          <a href={link(visit, 'checkout', {}, { voucher: code })}>
            {t('loyalty.own_voucher', { amount: money(visit, balance) })}
          </a>
        </p>
      ))}
      {spendable.rewards > 0 && (
        <p>
          {t('loyalty.at_checkout', {
            points: points.active,
            amount: money(visit, { amountMinor: spendable.rewards * amountMinor, currency }),
          })}{' '}
          <a href={link(visit, 'loyalty', {}, { next: 'checkout' })}>{t('loyalty.at_checkout_go')}</a>
        </p>
      )}
    </>
  )
}
