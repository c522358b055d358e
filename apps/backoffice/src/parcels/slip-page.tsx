import { Skeleton, Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { giftCodeOf } from '@ecluse/contracts/gift-code.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Parcel } from '@ecluse/contracts/parcels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatWeight } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'

const route = getRouteApi('/preparations/$fulfillmentId/slips/$parcelId')

/** The packing slip: what lies in a parcel, for whoever opens it. No prices: it may be a gift. */
export function SlipPage() {
  const t = useT()
  const { fulfillmentId, parcelId } = route.useParams()
  const { locale } = useLocale()
  const packing = useQuery(apiQuery(endpoints.getPacking, { params: { fulfillmentId }, query: { locale } }))
  const orderId = packing.data?.fulfillment.orderId ?? ''
  const order = useQuery({
    ...apiQuery(endpoints.getOrder, { params: { orderId }, query: { locale } }),
    enabled: orderId !== '',
  })
  const parcel = packing.data?.parcels.find(({ id }) => id === parcelId)
  const error = packing.error ?? order.error
  return (
    <Page
      narrow
      title={t('parcels.slip')}
      back={{ to: `/preparations/${fulfillmentId}/packing`, label: t('packing.open') }}
      acts={
        <Button
          className="bo-no-print"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => globalThis.print()}
        >
          {t('parcels.print')}
        </Button>
      }
    >
      {error && <ErrorNote error={error} onRetry={() => void packing.refetch()} />}
      {(packing.isPending || order.isPending) && !error && <Skeleton height={420} />}
      {parcel && order.data && <Slip parcel={parcel} order={order.data} />}
    </Page>
  )
}

function Slip({ parcel, order }: { parcel: Parcel; order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const address = order.delivery.address
  const more = order.lines.some((line) => {
    const inside = parcel.lines.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
    return line.exception !== 'cancelled' && inside < line.quantity
  })
  return (
    <article className="bo-slip">
      <header>
        <div>
          <p className="bo-slip-number">{order.number}</p>
          <p className="bo-quiet">
            {t('parcels.one', { position: parcel.position })} ·{' '}
            {formatDate(parcel.steps[0]?.at ?? '', locale, 'dayLong')}
          </p>
          <p className="bo-quiet">
            {[parcel.siteName, parcel.weightGrams && formatWeight(parcel.weightGrams, locale)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {address && (
          <address>
            {address.name}
            <br />
            {address.street}
            <br />
            {address.street2 && (
              <>
                {address.street2}
                <br />
              </>
            )}
            {address.postalCode} {address.locality}
          </address>
        )}
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('parcels.slip.article')}</th>
            <th scope="col">{t('parcels.slip.reference')}</th>
            <th scope="col" data-end>
              {t('orders.quantity')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parcel.lines.map((line) => (
            <SlipLine key={line.lineId} line={line} />
          ))}
        </tbody>
      </table>
      {order.gift?.message && <p className="bo-gift-words">{order.gift.message}</p>}
      {more && <p>{t('parcels.slip.part')}</p>}
      <p className="bo-quiet">{t('parcels.slip.back', { days: order.returnDays })}</p>
      {order.gift && (
        <p>
          {t('gift.code')} <strong className="bo-slip-code">{giftCodeOf(order.number)}</strong>
        </p>
      )}
    </article>
  )
}

function SlipLine({ line }: { line: Parcel['lines'][number] }) {
  const t = useT()
  return (
    <tr>
      <td>
        {[line.name, line.variantLabel].filter(Boolean).join(' · ')}
        {line.lots.length > 0 && (
          <span className="bo-quiet bo-block">
            {t('lots.inside')} {line.lots.map(({ number }) => number).join(', ')}
          </span>
        )}
      </td>
      <td>{line.sku}</td>
      <td data-end>{line.quantity}</td>
    </tr>
  )
}
