import { Button, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { Lot, LotOrder } from '@ecluse/contracts/lots.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { download, fileName, toCsv } from '../list/csv.ts'

/** Who has units of a lot: the list of a recall, to read and to send on. */
export function LotOrders({ lot }: { lot: Lot }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listLotOrders, { params: { lotId: lot.id } }))
  const orders = query.data?.items ?? []
  const units = orders.reduce((sum, order) => sum + order.units - order.cameBack, 0)
  return (
    <Card
      title={t('lots.orders')}
      acts={
        orders.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(fileName(`${t('lots.orders.file')}-${lot.number}`), recallList(t, orders))}
          >
            {t('lots.orders.export')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={80} />}
      {query.data && orders.length === 0 && <p className="bo-quiet">{t('lots.orders.none')}</p>}
      {orders.length > 0 && <p>{t('lots.orders.summary', { units, orders: orders.length })}</p>}
      <ul className="bo-plain-list">
        {orders.map((order) => (
          <li key={order.orderId} className="bo-row-between">
            <span className="bo-wrap">
              <Link to="/orders/$orderId" params={{ orderId: order.orderId }} className="bo-link">
                {order.number}
              </Link>
              <span className="bo-quiet bo-block">
                {[order.name ?? t('lots.orders.guest'), order.email, order.phone && formatPhone(order.phone, locale)]
                  .filter(Boolean)
                  .join(' · ')}
                {' · '}
                <RelativeTime at={order.leftAt} />
              </span>
            </span>
            <span className="tabular">
              {t('documents.units', { count: order.units })}
              {order.cameBack > 0 && (
                <span className="bo-quiet bo-block">{t('lots.orders.cameBack', { count: order.cameBack })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function recallList(t: Translate, orders: readonly LotOrder[]): string {
  const head = ['number', 'left', 'units', 'returned', 'name', 'email', 'phone'] as const
  return toCsv([
    head.map((name) => t(`lots.orders.${name}`)),
    ...orders.map((order) => [
      order.number,
      order.leftAt.slice(0, 10),
      order.units,
      order.cameBack,
      order.name,
      order.email,
      order.phone,
    ]),
  ])
}
