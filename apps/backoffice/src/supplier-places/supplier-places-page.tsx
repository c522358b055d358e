import { useState } from 'react'
import { Badge, Button, Group, Skeleton } from '@mantine/core'
import { IconListNumbers, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierPlace } from '@ecluse/contracts/supplier-places.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { StockTold } from './stock-told.tsx'
import { TermsForm } from './terms-form.tsx'

type Open = { of: 'new' } | { of: 'terms' | 'stock'; place: SupplierPlace }

/** Suppliers who send to our customers: their terms, what they have, and what they were asked for. */
export function SupplierPlacesPage() {
  const t = useT()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.listSupplierPlaces, {}))
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const add = can('sourcing:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ of: 'new' })}>
      {t('supplierPlaces.new')}
    </Button>
  )
  const places = query.data?.items ?? []
  return (
    <Page
      title={t('supplierPlaces.title')}
      summary={t('supplierPlaces.summary')}
      back={{ to: '/stock/supplier-orders', label: t('supplierOrders.title') }}
      acts={places.length > 0 && add}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && places.length === 0 && (
        <EmptyState title={t('supplierPlaces.empty')} hint={t('supplierPlaces.empty.help')}>
          {add}
        </EmptyState>
      )}
      <div className="bo-stack">
        {places.map((place) => (
          <PlaceCard key={place.placeId} place={place} onOpen={(of) => setOpen({ of, place })} />
        ))}
      </div>
      {open?.of === 'new' && (
        <SidePanel itemKey="new" title={t('supplierPlaces.new')} onClose={close}>
          <TermsForm place={null} onClose={close} />
        </SidePanel>
      )}
      {open?.of === 'terms' && (
        <SidePanel itemKey={`terms ${open.place.placeId}`} title={open.place.supplierName} onClose={close}>
          <TermsForm place={open.place} onClose={close} />
        </SidePanel>
      )}
      {open?.of === 'stock' && (
        <SidePanel
          itemKey={`stock ${open.place.placeId}`}
          title={t('supplierPlaces.stockOf', { name: open.place.supplierName })}
          onClose={close}
        >
          <StockTold place={open.place} onClose={close} />
        </SidePanel>
      )}
    </Page>
  )
}

type CardProps = { place: SupplierPlace; onOpen: (of: 'terms' | 'stock') => void }

function PlaceCard({ place, onOpen }: CardProps) {
  const t = useT()
  const { address } = place
  return (
    <Card title={place.supplierName}>
      {!place.ships && (
        <Badge color="gray" variant="light" mb="xs">
          {t('supplierPlaces.paused')}
        </Badge>
      )}
      <Facts
        facts={[
          [t('supplierPlaces.from'), `${address.postalCode} ${address.locality}`],
          [t('supplierOrders.email'), place.email],
          [t('supplierPlaces.leadDays'), t('supplierPlaces.days', { days: place.leadDays, cutOff: place.cutOff })],
          [
            t('supplierPlaces.parcel'),
            place.parcelMinor === null ? (
              t('supplierPlaces.parcel.usual')
            ) : (
              <Money value={{ amountMinor: place.parcelMinor, currency: 'EUR' }} />
            ),
          ],
          [
            t('supplierPlaces.orders'),
            t(place.sendsOrders ? 'supplierPlaces.orders.sent' : 'supplierPlaces.orders.drafts'),
          ],
          [
            t('supplierPlaces.stock'),
            t('supplierPlaces.stock.figures', {
              articles: place.articles,
              units: place.units,
              promised: place.promised,
            }),
          ],
          [t('supplierPlaces.toldAt'), place.stockToldAt && <RelativeTime at={place.stockToldAt} />],
        ]}
      />
      <PlaceActs place={place} onOpen={onOpen} />
    </Card>
  )
}

function PlaceActs({ place, onOpen }: CardProps) {
  const t = useT()
  const can = useCan()
  return (
    <Group gap="xs" mt="sm">
      {can('stock:write') && (
        <Button
          size="compact-sm"
          leftSection={<IconListNumbers size={16} aria-hidden />}
          onClick={() => onOpen('stock')}
        >
          {t('supplierPlaces.tell')}
        </Button>
      )}
      {can('sourcing:write') && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onOpen('terms')}
        >
          {t('supplierPlaces.terms')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" component={Link} to={`/stock/supplier-orders?place=${place.placeId}`}>
        {t('supplierPlaces.openOrders', { count: place.openOrders })}
      </Button>
      <Button size="compact-sm" variant="subtle" component={Link} to={`/stock?place=${place.placeId}`}>
        {t('supplierPlaces.seeStock')}
      </Button>
    </Group>
  )
}
