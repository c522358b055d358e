import type { Site } from '@ecluse/contracts/channels.ts'
import { goneUnitsOf } from '@ecluse/contracts/gone-units.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { lotsOfLine, useOrderLots, type OrderLot } from '@ecluse/ui/staff/lots/order-lots.ts'
import { useT } from '../app/i18n.ts'
import { FilesPart } from './files-part.tsx'
import { Paper, PaperRow } from './paper.tsx'
import { tenderedFor } from './tendered.ts'

/** The receipt of a sale: lines, VAT by rate, how it was paid and what was given back. */
export function Receipt({ order, site }: { order: Order; site: Site | null }) {
  const t = useT()
  const { locale } = useLocale()
  const money = (amount: { amountMinor: number; currency: 'EUR' }) => formatMoney(amount, locale)
  const euros = (amountMinor: number) => money({ amountMinor, currency: 'EUR' })
  const tendered = tenderedFor(order.id)
  const lots = useOrderLots(order.id)
  return (
    <Paper site={site} title={t('receipt.title')} number={order.number} code={order.number} at={order.placedAt}>
      <section className="pos-paper-part">
        {order.lines.map((line) => (
          <div key={line.id} className="pos-paper-line">
            <PaperRow words={line.name} amount={money(line.lineTotal)} />
            <p className="pos-paper-small">
              {[
                line.variantLabel,
                line.sku,
                line.quantity > 1 ? t('receipt.times', { count: line.quantity, price: money(line.unitPrice) }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <GoneUnits order={order} line={line} />
            <LotNumbers lots={lotsOfLine(lots, line)} />
          </div>
        ))}
        <Carriage order={order} />
      </section>
      <section className="pos-paper-part">
        {order.credited.amountMinor > 0 && (
          <PaperRow words={t('receipt.credited')} amount={`−${money(order.credited)}`} />
        )}
        <PaperRow strong words={t('receipt.total')} amount={money(order.total)} />
        {order.vatByRate.map((rate) => (
          <PaperRow
            key={rate.rateBasisPoints}
            words={t('receipt.vat', { rate: formatBasisPoints(rate.rateBasisPoints, locale), base: money(rate.base) })}
            amount={money(rate.vat)}
          />
        ))}
      </section>
      <section className="pos-paper-part">
        {order.payments
          .filter(({ state }) => state === 'captured' || state === 'authorised')
          .map((payment) => (
            <PaperRow key={payment.id} words={t(`means.${payment.method}`)} amount={money(payment.amount)} />
          ))}
        {tendered?.tenderedMinor != null && tendered.changeMinor > 0 && (
          <>
            <PaperRow words={t('receipt.tendered')} amount={euros(tendered.tenderedMinor)} />
            <PaperRow words={t('receipt.change')} amount={euros(tendered.changeMinor)} />
          </>
        )}
        {order.refunded.amountMinor > 0 && (
          <PaperRow words={t('receipt.refunded')} amount={`−${money(order.refunded)}`} />
        )}
      </section>
      {order.delivery.method === 'delivery' && <BroughtHome delivery={order.delivery} />}
      {order.delivery.method === 'carry_out' && order.lines.some(({ downloadFrom }) => downloadFrom !== null) && (
        <FilesPart orderId={order.id} sentTo={order.contact?.email ?? null} />
      )}
      <p className="pos-paper-thanks">{t('receipt.thanks')}</p>
    </Paper>
  )
}

/** What carriage costs, and by what it was given. */
function Carriage({ order: { delivery } }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const { fee, favour } = delivery
  return (
    <>
      {fee.amountMinor > 0 && <PaperRow words={t('receipt.delivery')} amount={formatMoney(fee, locale)} />}
      {favour && (
        <PaperRow
          words={t(`receipt.given.${favour.source}`, { name: favour.name ?? '' })}
          amount={t('receipt.given.instead', { fee: formatMoney(favour.spared, locale) })}
        />
      )}
    </>
  )
}

/** What of a line is not sold any more, so that lines and total add up. */
function GoneUnits({ order, line }: { order: Order; line: Order['lines'][number] }) {
  const t = useT()
  const { locale } = useLocale()
  const gone = goneUnitsOf(order, line)
  if (!gone) return null
  const { units, of, replaced, amount } = gone
  const values = { units, of, whole: units === of ? 'yes' : 'no', amount: formatMoney(amount, locale) }
  return <p className="pos-paper-small">{t(replaced ? 'receipt.gone_replaced' : 'receipt.gone', values)}</p>
}

/** The numbers a guarantee or a recall asks for. */
function LotNumbers({ lots }: { lots: readonly OrderLot[] }) {
  const t = useT()
  if (lots.length === 0) return null
  const numbers = lots.map(({ number, units }) => (units > 1 ? `${number} ×${units}` : number)).join(', ')
  const serial = lots.some((lot) => lot.serial)
  return (
    <p className="pos-paper-small">{t(serial ? 'receipt.serials' : 'receipt.lots', { numbers, count: lots.length })}</p>
  )
}

/** Where and when what was bought is brought. */
function BroughtHome({ delivery: { address, promisedAt, latestAt, inWindow } }: { delivery: Order['delivery'] }) {
  const t = useT()
  const { locale } = useLocale()
  const at = inWindow ? promisedAt : latestAt
  return (
    <section className="pos-paper-part">
      <p>{t('receipt.broughtTo')}</p>
      {address && (
        <p className="pos-paper-small">
          {[address.name, address.street, `${address.postalCode} ${address.locality}`].join(', ')}
        </p>
      )}
      {at && (
        <p>
          {formatDate(at, locale, 'weekday')}
          {inWindow && latestAt && promisedAt
            ? ` · ${t('home.hours', { from: formatDate(promisedAt, locale, 'time'), until: formatDate(latestAt, locale, 'time') })}`
            : ''}
        </p>
      )}
    </section>
  )
}
