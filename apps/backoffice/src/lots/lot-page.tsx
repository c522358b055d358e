import { useState } from 'react'
import { Alert, Button, Skeleton } from '@mantine/core'
import { IconBan, IconLockOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Lot } from '@ecluse/contracts/lots.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { LineName } from '../documents/line-name.tsx'
import { eventActor } from '../orders/order-events.ts'
import { Signed } from '../stock/signed.tsx'
import { BlockLot } from './block-lot.tsx'
import { LotBadge } from './lot-badge.tsx'
import { LotOrders } from './lot-orders.tsx'
import { LotPlaces } from './lot-places.tsx'
import { touchedByLots } from './touched.ts'

const route = getRouteApi('/stock/lots/$lotId')

/** A lot or a serial number, from the supplier who brought it to the customers who have it. */
export function LotPage() {
  const t = useT()
  const can = useCan()
  const { lotId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getLot, { params: { lotId }, query: { locale } }))
  const lot = query.data
  return (
    <Page
      title={lot?.number ?? t('lots.one')}
      badge={lot && <LotBadge lot={lot} />}
      summary={lot && t(lot.serial ? 'lots.serial' : 'lots.one')}
      back={{ to: '/stock/lots', label: t('nav.lots') }}
      acts={lot && can('stock:write') && <LotActs lot={lot} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {lot && <Trace lot={lot} />}
    </Page>
  )
}

function Trace({ lot }: { lot: Lot }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { blocked } = lot
  return (
    <div className="bo-stack">
      {blocked && (
        <Alert color="red" icon={<IconBan aria-hidden />}>
          {t('lots.blockedBy', { reason: t(`lots.block.reason.${blocked.reason}`) })}
          <span className="bo-block">
            <RelativeTime at={blocked.at} />
            {eventActor(blocked.by) && ` · ${eventActor(blocked.by)}`}
          </span>
          {blocked.note && <span className="bo-block">{blocked.note}</span>}
        </Alert>
      )}
      <div className="bo-grid-2">
        <div className="bo-stack">
          <Card title={t('lots.article')}>
            <div className="bo-line">
              <LineName article={lot.article} />
            </div>
            <Facts
              facts={[
                [t('lots.expiresOn'), lot.expiresOn && formatDate(lot.expiresOn, locale)],
                [t('lots.onHand'), lot.onHand],
                [t('lots.keptBack'), lot.keptBack > 0 && lot.keptBack],
              ]}
            />
          </Card>
          {can('orders:read') && <LotOrders lot={lot} />}
          <Movements lot={lot} />
        </div>
        <div className="bo-stack">
          <Receipts lot={lot} />
          <LotPlaces lot={lot} />
        </div>
      </div>
    </div>
  )
}

function Receipts({ lot }: { lot: Lot }) {
  const t = useT()
  return (
    <Card title={t('lots.receipts')}>
      {lot.receipts.length === 0 && <p className="bo-quiet">{t('lots.receipts.none')}</p>}
      <ul className="bo-plain-list">
        {lot.receipts.map((receipt) => (
          <li key={receipt.number} className="bo-row-between">
            <span className="bo-wrap">
              <Link
                to="/stock/supplier-orders/$supplierOrderId"
                params={{ supplierOrderId: receipt.supplierOrderId }}
                className="bo-link"
              >
                {`${receipt.supplierName} · ${receipt.supplierOrderNumber}`}
              </Link>
              <span className="bo-quiet bo-block">
                {receipt.number} · {receipt.placeName} · <RelativeTime at={receipt.at} />
              </span>
            </span>
            <span className="tabular">{t('documents.units', { count: receipt.units })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Movements({ lot }: { lot: Lot }) {
  const t = useT()
  return (
    <Card title={t('lots.movements')}>
      <ul className="bo-plain-list">
        {lot.movements.map((movement) => (
          <li key={movement.id} className="bo-row-between">
            <span className="bo-wrap">
              {t(`movement.${movement.kind}`)}
              {movement.reference && movement.reference !== lot.number && ` · ${movement.reference}`}
              <span className="bo-quiet bo-block">
                {movement.placeName} · <RelativeTime at={movement.at} />
                {eventActor(movement.actor) && ` · ${eventActor(movement.actor)}`}
              </span>
            </span>
            <Signed value={movement.quantity} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function LotActs({ lot }: { lot: Lot }) {
  const t = useT()
  const [blocking, setBlocking] = useState(false)
  const number = lot.number ?? ''
  const release = useAct({
    act: (_: void, key) => call(endpoints.unblockLot, { params: { lotId: lot.id }, body: {} }, { idempotencyKey: key }),
    touches: touchedByLots,
    done: () => t('lots.unblock.done', { number }),
  })
  if (lot.blocked)
    return (
      <Button
        variant="default"
        leftSection={<IconLockOpen size={16} aria-hidden />}
        loading={release.isPending}
        onClick={() => release.mutate()}
      >
        {t('lots.unblock')}
      </Button>
    )
  return (
    <>
      <Button
        color="red"
        variant="light"
        leftSection={<IconBan size={16} aria-hidden />}
        onClick={() => setBlocking(true)}
      >
        {t('lots.block')}
      </Button>
      {blocking && <BlockLot lotId={lot.id} number={number} onClose={() => setBlocking(false)} />}
    </>
  )
}
