import { Fragment } from 'react'
import { numberOfException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { Link } from '@tanstack/react-router'
import { lotsOfLine, useOrderLots } from '@ecluse/ui/staff/lots/order-lots.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { AheadBadge } from './ahead-badge.tsx'
import { LineException } from './line-exception.tsx'

/** What was bought: article, how many, what has left or come back, VAT and total of the line. */
export function OrderLines({ order, detailed = false }: { order: Order; detailed?: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <div className="bo-scroll-x">
      <table className="bo-mini">
        <thead>
          <tr>
            <th scope="col">{t('orders.article')}</th>
            <th scope="col" data-end>
              {t('orders.quantity')}
            </th>
            {detailed && (
              <>
                <th scope="col" data-end className="bo-wide-only">
                  {t('orders.unitPrice')}
                </th>
                <th scope="col" data-end className="bo-wide-only">
                  {t('orders.vat')}
                </th>
              </>
            )}
            <th scope="col" data-end>
              {t('orders.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <Fragment key={line.id}>
              <tr>
                <td>
                  <Article order={order} line={line} detailed={detailed} />
                </td>
                <td data-end>{line.quantity}</td>
                {detailed && (
                  <>
                    <td data-end className="bo-wide-only">
                      <Money value={line.unitPrice} />
                    </td>
                    <td data-end className="bo-wide-only">
                      {formatBasisPoints(line.vatRateBasisPoints, locale)}
                    </td>
                  </>
                )}
                <td data-end>
                  <Money value={line.lineTotal} />
                </td>
              </tr>
              {line.exception !== null && (
                <tr>
                  <td colSpan={detailed ? 5 : 3}>
                    <LineException order={order} line={line} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Lots and serial numbers its buyer has. */
function LineLots({ orderId, line }: { orderId: string; line: Order['lines'][number] }) {
  const t = useT()
  const lots = lotsOfLine(useOrderLots(orderId), line)
  if (lots.length === 0) return null
  return (
    <>
      {lots.map((lot) => (
        <span key={lot.lotId} className="bo-block">
          <Link to="/stock/lots/$lotId" params={{ lotId: lot.lotId }} className="bo-link">
            {[t(lot.serial ? 'lots.serial' : 'lots.one'), lot.number, lot.units > 1 && `×${lot.units}`]
              .filter(Boolean)
              .join(' ')}
          </Link>
        </span>
      ))}
    </>
  )
}

type ArticleProps = { order: Order; line: Order['lines'][number]; detailed: boolean }

function Article({ order, line, detailed }: ArticleProps) {
  const t = useT()
  return (
    <span className="bo-named">
      <Thumb url={line.imageUrl} />
      <span className="bo-wrap">
        {line.name}
        <span className="bo-quiet bo-block">{[line.variantLabel, line.sku].filter(Boolean).join(' · ')}</span>
        {detailed && <LineLots orderId={order.id} line={line} />}
        {detailed && line.exception === null && line.downloadFrom === null && (
          <span className="bo-quiet bo-block">{t('orders.from.place', { place: line.placeName })}</span>
        )}
        {line.withdrawalException && (
          <span className="bo-quiet bo-block">
            {t(`withdrawalException.${line.withdrawalException}`, {
              number: numberOfException[line.withdrawalException],
            })}
          </span>
        )}
        {line.ahead && line.exception === null && line.fulfilledQuantity === 0 && (
          <span className="bo-block">
            <AheadBadge ahead={line.ahead} />
          </span>
        )}
        {line.returnedQuantity > line.exchangedQuantity && (
          <span className="bo-quiet bo-block">
            {t('orders.returned', { count: line.returnedQuantity - line.exchangedQuantity })}
          </span>
        )}
        {line.exchangedQuantity > 0 && (
          <span className="bo-quiet bo-block">{t('orders.exchanged', { count: line.exchangedQuantity })}</span>
        )}
        {line.givenFor && <span className="bo-quiet bo-block">{t('orders.givenFor')}</span>}
        {line.substituteFor && (
          <span className="bo-quiet bo-block">
            {t('preparation.insteadOf', {
              name: order.lines.find(({ id }) => id === line.substituteFor)?.name ?? '',
            })}
          </span>
        )}
      </span>
    </span>
  )
}
