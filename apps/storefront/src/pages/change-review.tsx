/** @jsxRuntime automatic @jsxImportSource preact */
import type { ChangeableOrder, OrderChangeSums } from '@ecluse/contracts/order-changes.ts'
import { ChangeList } from '../parts/order-change.tsx'
import { money } from '../parts/price.tsx'
import { link, newFormKey, type Visit } from '../visit.ts'

/** What is not carried over from the form to its confirmation. */
const own = new Set(['act', 'key', 'expected'])

/** What a change comes to, before it is made. */
export function ChangeReview({ visit, order, sums }: { visit: Visit; order: ChangeableOrder; sums: OrderChangeSums }) {
  const { t, form } = visit
  const { difference } = sums
  const amount = money(visit, { ...difference, amountMinor: Math.abs(difference.amountMinor) })
  const way = difference.amountMinor > 0 ? 'more' : difference.amountMinor < 0 ? 'less' : 'same'
  return (
    <>
      <ChangeList visit={visit} changes={sums.changes} />
      <dl class="sums">
        <div>
          <dt>{t('order.subtotal')}</dt>
          <dd>{money(visit, sums.subtotal)}</dd>
        </div>
        <div>
          <dt>{t('order.fee')}</dt>
          <dd>{sums.fee.amountMinor === 0 ? t('checkout.free') : money(visit, sums.fee)}</dd>
        </div>
        <div class="sum-total">
          <dt>{t('change.new_total')}</dt>
          <dd>{money(visit, sums.total)}</dd>
        </div>
      </dl>
      <p class="banner waiting" role="status">
        <span>{t(`change.difference.${way}`, { amount })}</span>
      </p>
      <form method="post" action={link(visit, 'changeOrder', { orderId: order.orderId })} class="actions">
        {[...form]
          .filter(([name]) => !own.has(name))
          .map(([name, value], index) => (
            <input key={index} type="hidden" name={name} value={value} />
          ))}
        <input type="hidden" name="key" value={newFormKey()} />
        <input type="hidden" name="expected" value={difference.amountMinor} />
        <button class="button primary large" type="submit" name="act" value="confirm">
          {t(way === 'more' ? 'change.confirm_pay' : 'change.confirm', { amount })}
        </button>
        <button class="button large" type="submit" name="act" value="back">
          {t('change.edit')}
        </button>
      </form>
    </>
  )
}
