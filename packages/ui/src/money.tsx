import { FormattedMessage } from 'react-intl'
import type { Money as Amount } from '@ecluse/contracts/scalars.ts'
import { useLocale } from './ecluse-provider.tsx'
import { formatMoney } from './format.ts'

/**
 * An amount with its currency, in figures of one width.
 *
 * @param vat names the tax when the reader must know: included (“TTC”) or excluded (“HT”).
 * @param was the price before a reduction, struck through.
 */
export function Money({
  value,
  was,
  vat,
  whole = false,
  signed = false,
}: {
  value: Amount
  was?: Amount | null
  vat?: 'included' | 'excluded'
  whole?: boolean
  signed?: boolean
}) {
  const { locale } = useLocale()
  return (
    <span className="ec-money">
      {formatMoney(value, locale, { whole, signed })}
      {was && (
        <>
          {' '}
          <s className="ec-money-was">{formatMoney(was, locale, { whole })}</s>
        </>
      )}
      {vat && (
        <>
          {' '}
          <span className="ec-money-vat">
            <FormattedMessage id={`ui.money.vat_${vat}`} />
          </span>
        </>
      )}
    </span>
  )
}
