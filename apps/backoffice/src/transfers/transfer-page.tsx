import { Button, Skeleton } from '@mantine/core'
import { IconPackageImport, IconSend, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Transfer } from '@ecluse/contracts/transfers.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { ArrivalDate } from '../availability/arrival-date.tsx'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { LineName } from '../documents/line-name.tsx'
import { PrintButton } from '../documents/print-button.tsx'
import { useMyPlaces } from '../documents/use-places.ts'
import { eventActor } from '../orders/order-events.ts'
import { touchedByTransfers } from './touched.ts'
import { TransferBadge } from './transfer-badge.tsx'

const route = getRouteApi('/stock/transfers/$transferId')

/** A transfer, and its slip when it is printed. */
export function TransferPage() {
  const t = useT()
  const { transferId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getTransfer, { params: { transferId }, query: { locale } }))
  const transfer = query.data
  return (
    <Page
      title={transfer?.number ?? t('transfers.one')}
      badge={transfer && <TransferBadge state={transfer.state} />}
      summary={transfer && `${transfer.fromPlaceName} → ${transfer.toPlaceName}`}
      back={{ to: '/stock/transfers', label: t('nav.transfers') }}
      acts={transfer && <TransferActs transfer={transfer} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {transfer && (
        <div className="bo-grid-2">
          <TransferLines transfer={transfer} />
          <TransferFacts transfer={transfer} />
        </div>
      )}
    </Page>
  )
}

function TransferActs({ transfer }: { transfer: Transfer }) {
  const t = useT()
  const can = useCan()
  const mine = new Set(useMyPlaces().map(({ id }) => id))
  const cancel = useAct({
    act: (_: void, key) =>
      call(endpoints.cancelTransfer, { params: { transferId: transfer.id }, body: {} }, { idempotencyKey: key }),
    touches: touchedByTransfers,
    done: () => t('transfers.cancelled'),
  })
  const to = `/stock/transfers/${transfer.id}/move`
  return (
    <>
      <PrintButton />
      {can('stock:write') && transfer.state === 'requested' && (
        <Button
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('transfers.cancel')}
        </Button>
      )}
      {can('stock:write') && transfer.state === 'requested' && mine.has(transfer.fromPlaceId) && (
        <Button component={Link} to={to} leftSection={<IconSend size={16} aria-hidden />}>
          {t('transfers.send')}
        </Button>
      )}
      {can('stock:receive') && transfer.state === 'sent' && mine.has(transfer.toPlaceId) && (
        <Button component={Link} to={to} leftSection={<IconPackageImport size={16} aria-hidden />}>
          {t('transfers.receive')}
        </Button>
      )}
    </>
  )
}

function TransferFacts({ transfer }: { transfer: Transfer }) {
  const t = useT()
  const { locale } = useLocale()
  const when = (at: string | null, by: string | null) =>
    at && [formatDate(at, locale, 'full'), eventActor(by)].filter(Boolean).join(' · ')
  return (
    <Card title={t('transfers.way')}>
      <Facts
        facts={[
          [t('movements.fromPlace'), transfer.fromPlaceName],
          [t('movements.toPlace'), transfer.toPlaceName],
          [t('transfers.requestedAt'), when(transfer.requestedAt, transfer.requestedBy)],
          [t('transfers.sentAt'), when(transfer.sentAt, transfer.sentBy)],
          [t('availability.arrivals.expectedOn'), transfer.state === 'sent' && <Expected transfer={transfer} />],
          [t('transfers.receivedAt'), when(transfer.receivedAt, transfer.receivedBy)],
          [t('documents.note'), transfer.note],
        ]}
      />
    </Card>
  )
}

/** The day goods in transit arrive, and the means to say that it is another. */
function Expected({ transfer }: { transfer: Transfer }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { id, number, expectedOn } = transfer
  return (
    <>
      {expectedOn === null ? t('availability.arrivals.undated') : formatDate(expectedOn, locale, 'weekday', 'UTC')}{' '}
      {can('stock:write') && <ArrivalDate arrival={{ kind: 'transfer', documentId: id, number, expectedOn }} />}
    </>
  )
}

function TransferLines({ transfer }: { transfer: Transfer }) {
  const t = useT()
  return (
    <Card title={t('orders.lines')}>
      <table className="bo-doc-table">
        <thead>
          <tr>
            <th scope="col">{t('orders.article')}</th>
            <th scope="col" data-end>
              {t('transfers.requested')}
            </th>
            <th scope="col" data-end>
              {t('transfers.sent')}
            </th>
            <th scope="col" data-end>
              {t('transfers.received')}
            </th>
          </tr>
        </thead>
        <tbody>
          {transfer.lines.map((line) => (
            <tr key={line.variantId}>
              <td>
                <LineName article={line}>{line.reasonCode && t(`reasonCode.${line.reasonCode}`)}</LineName>
              </td>
              <td data-end>{line.requestedUnits}</td>
              <td data-end>{line.sentUnits ?? '–'}</td>
              <td data-end>{line.receivedUnits ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
