import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { publicEventTypes } from '@ecluse/contracts/public-events.ts'
import { deliveryStates, type Delivery, type Webhook } from '@ecluse/contracts/webhooks.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { DeliveriesSearch } from '../app/search.ts'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { DeliveryBadge, errorWords, eventName } from './delivery-words.tsx'

const route = getRouteApi('/webhooks/$webhookId')
const filterNames = ['state', 'type'] as const

/** What was sent to a webhook, newest events first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<DeliveriesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listDeliveries, {
      params: { webhookId: webhook.id },
      query: { state: search.state, type: search.type },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: webhook.health.waiting > 0 && webhook.active ? 3_000 : 15_000,
  })
  return (
    <div className="bo-card">
      <div className="bo-card-head">
        <h2>{t('hooks.deliveries')}</h2>
      </div>
      <ListScreen
        name={t('hooks.file')}
        label={t('hooks.deliveries')}
        columns={useColumns()}
        pages={pages}
        rowId={(delivery) => delivery.eventId}
        rowName={(delivery) => eventName(t, delivery.type)}
        search={search}
        onSearch={setSearch}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        selectable={false}
        onOpen={(delivery) => setSearch({ open: delivery.eventId })}
        empty={<EmptyState title={t('hooks.none')} hint={t('hooks.none.help')} compact />}
      />
    </div>
  )
}

function Filters({
  search,
  onSearch,
}: {
  search: DeliveriesSearch
  onSearch: (patch: Partial<DeliveriesSearch>) => void
}) {
  const t = useT()
  return (
    <>
      <FilterSelect
        label={t('hooks.state')}
        value={search.state}
        options={deliveryStates.map((value) => ({ value, label: t(`hooks.state.${value}`) }))}
        onChange={(state) => onSearch({ state })}
      />
      <FilterSelect
        label={t('hooks.event')}
        value={search.type}
        options={publicEventTypes.map((value) => ({ value: value as string, label: eventName(t, value) }))}
        searchable
        onChange={(type) => onSearch({ type })}
      />
    </>
  )
}

function useColumns(): readonly Column<Delivery>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'event',
        header: t('hooks.event'),
        cell: (delivery) => (
          <TwoLines
            first={eventName(t, delivery.type)}
            second={delivery.error ? errorWords(t, delivery.error, delivery.status) : delivery.type}
          />
        ),
        sort: (delivery) => delivery.type,
        csv: (delivery) => delivery.type,
      },
      {
        id: 'state',
        header: t('hooks.state'),
        cell: (delivery) => <DeliveryBadge delivery={delivery} />,
        sort: (delivery) => delivery.state,
        csv: (delivery) => delivery.state,
        width: 170,
      },
      {
        id: 'attempts',
        header: t('hooks.attempts'),
        cell: (delivery) => formatNumber(delivery.attempts, locale),
        sort: (delivery) => delivery.attempts,
        csv: (delivery) => delivery.attempts,
        end: true,
        from: 'md',
        width: 90,
      },
      {
        id: 'status',
        header: t('hooks.status'),
        cell: (delivery) => delivery.status ?? '–',
        sort: (delivery) => delivery.status,
        csv: (delivery) => delivery.status,
        end: true,
        from: 'sm',
        width: 90,
      },
      {
        id: 'duration',
        header: t('hooks.duration'),
        cell: (delivery) => (delivery.durationMs === null ? '–' : t('hooks.ms', { ms: delivery.durationMs })),
        sort: (delivery) => delivery.durationMs,
        csv: (delivery) => delivery.durationMs,
        end: true,
        from: 'lg',
        width: 100,
      },
      {
        id: 'at',
        header: t('hooks.at'),
        cell: (delivery) => <RelativeTime at={delivery.lastAttemptAt ?? delivery.createdAt} />,
        sort: (delivery) => Date.parse(delivery.lastAttemptAt ?? delivery.createdAt),
        csv: (delivery) => delivery.lastAttemptAt ?? delivery.createdAt,
        from: 'sm',
        width: 150,
      },
      { id: 'id', header: 'webhook-id', cell: () => null, csv: (delivery) => delivery.eventId, from: 'csv' },
    ],
    [t, locale],
  )
}
