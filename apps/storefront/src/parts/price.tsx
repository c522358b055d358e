/** @jsxRuntime automatic @jsxImportSource preact */
import type { Money } from '@ecluse/contracts/scalars.ts'
import { formatMoney } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'

export const money = (visit: Visit, amount: Money): string => formatMoney(amount, visit.locale)

type Props = {
  visit: Visit
  price: Money
  compareAt?: Money | null
  /** Says “from” before the price. */
  from?: boolean
  /** Says that VAT is in it. */
  vat?: boolean
}

/** A consumer's price, with the one it replaces when it is higher. */
export function Price({ visit, price, compareAt, from, vat }: Props) {
  const { t } = visit
  const reduced = compareAt && compareAt.amountMinor > price.amountMinor ? compareAt : null
  return (
    <p class={reduced ? 'price reduced' : 'price'}>
      <span class="price-now">
        {from && <small>{t('price.from')} </small>}
        {money(visit, price)}
        {vat && <small> {t('price.vat_included')}</small>}
      </span>
      {reduced && (
        <s class="price-before">
          <span class="visually-hidden">{t('price.before')} </span>
          {money(visit, reduced)}
        </s>
      )}
    </p>
  )
}

type NetProps = { visit: Visit; net: Money; publicNet: Money; from?: boolean; withVat?: Money }

/** A company's price, without VAT as companies reckon, with the one everybody pays when it is higher. */
export function NetPrice({ visit, net, publicNet, from, withVat }: NetProps) {
  const { t } = visit
  const reduced = publicNet.amountMinor > net.amountMinor
  return (
    <p class="price">
      <span class="price-now">
        {from && <small>{t('price.from')} </small>}
        {money(visit, net)}
        <small> {t('price.without_vat')}</small>
      </span>
      {reduced && (
        <s class="price-before">
          <span class="visually-hidden">{t('price.everybody')} </span>
          {money(visit, publicNet)}
        </s>
      )}
      {withVat && <small class="muted price-gross">{t('price.with_vat', { price: money(visit, withVat) })}</small>}
    </p>
  )
}
