import { useState } from 'react'
import { SegmentedControl, Skeleton, UnstyledButton } from '@mantine/core'
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { DriveVisit } from '@ecluse/contracts/drive.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { queryClient } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { SearchField } from '../common/search-field.tsx'
import { DriveBoard } from './drive-board.tsx'
import { PickupBadge } from './pickup-badge.tsx'
import { PickupPanel } from './pickup-panel.tsx'
import { findPickups, openPickups, type PickupState } from './pickup-queries.ts'
import { sortPickups } from './sort-pickups.ts'

const states: readonly PickupState[] = ['to_prepare', 'ready', 'handed_over']

/** What was bought elsewhere and is fetched here: to prepare, ready, handed over. The customer's code opens their order. */
export function PickupsPage() {
  const t = useT()
  const { site } = useShop()
  const search = useSearch({ from: '/pickups' })
  const navigate = useNavigate({ from: '/pickups' })
  const [scanning, setScanning] = useState(false)
  // What is typed lives here: an address follows too slowly for a scanner.
  const [text, setText] = useState(search.q ?? '')
  const state = search.state ?? 'to_prepare'
  const [asked] = useDebouncedValue(text.trim(), 200)
  const list = useQuery({
    ...(asked === '' ? openPickups(site.id, state) : findPickups(site.id, asked)),
    refetchInterval: 20_000,
    placeholderData: (before) => before,
  })
  const items = sortPickups(list.data?.items ?? [], asked === '' ? state : null)
  const chosen = items.find(({ id }) => id === search.open)
  useDocumentTitle(`${t('nav.pickups')} · Écluse`)

  const show = (open: string | undefined) => void navigate({ search: { ...search, open }, replace: true })
  const find = (next: string): void => {
    setText(next)
    void navigate({ search: { ...search, q: next.trim() || undefined, open: undefined }, replace: true })
  }
  const enter = async (wanted: string): Promise<void> => {
    const q = wanted.trim()
    if (q === '') return
    find(wanted)
    const found = await queryClient.fetchQuery(findPickups(site.id, q)).catch(() => null)
    const only = found?.items.length === 1 ? found.items[0] : undefined
    if (only) void navigate({ search: { ...search, q, open: only.id }, replace: true })
  }
  // A car that waits is opened whatever the list shows.
  const openVisit = ({ orderNumber, fulfillmentId }: DriveVisit): void => {
    setText(orderNumber)
    void navigate({ search: { ...search, q: orderNumber, open: fulfillmentId ?? undefined }, replace: true })
  }
  return (
    <div className="pos-page" data-panel={chosen !== undefined || undefined}>
      <div className="pos-page-list">
        <h1>{t('nav.pickups')}</h1>
        <DriveBoard siteId={site.id} onOpen={openVisit} />
        <SearchField
          label={t('pickups.search')}
          value={text}
          onChange={setText}
          onEnter={(wanted) => void enter(wanted)}
          onCamera={() => setScanning(true)}
        />
        {asked === '' && (
          <States value={state} onChange={(next) => void navigate({ search: { state: next }, replace: true })} />
        )}
        <Found list={list} items={items} state={asked === '' ? state : 'found'} open={search.open} onOpen={show} />
      </div>
      {chosen && <PickupPanel key={chosen.id} pickup={chosen} typed={text} onClose={() => show(undefined)} />}
      {scanning && <CameraScan onCode={(code) => void enter(code)} onClose={() => setScanning(false)} />}
    </div>
  )
}

type FoundProps = {
  list: Pick<UseQueryResult<{ items: Fulfillment[] }>, 'isError' | 'isPending' | 'error' | 'data' | 'refetch'>
  items: readonly Fulfillment[]
  state: PickupState | 'found'
  open: string | undefined
  onOpen: (id: string) => void
}

function Found({ list, items, state, open, onOpen }: FoundProps) {
  const t = useT()
  return (
    <>
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Waiting />}
      {list.data && items.length === 0 && (
        <EmptyState title={t(`pickups.none.${state}`)} hint={t(`pickups.none.${state}.help`)} />
      )}
      <ul className="pos-list">
        {items.map((pickup) => (
          <li key={pickup.id}>
            <Row pickup={pickup} isChosen={pickup.id === open} onOpen={() => onOpen(pickup.id)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function States({ value, onChange }: { value: PickupState; onChange: (state: PickupState) => void }) {
  const t = useT()
  return (
    <SegmentedControl<PickupState>
      size="md"
      fullWidth
      aria-label={t('pickups.states')}
      value={value}
      onChange={onChange}
      data={states.map((state) => ({ value: state, label: t(`pickups.state.${state}`) }))}
    />
  )
}

function Row({ pickup, isChosen, onOpen }: { pickup: Fulfillment; isChosen: boolean; onOpen: () => void }) {
  const t = useT()
  const units = pickup.lines.reduce((sum, line) => sum + line.quantity, 0)
  const when = pickup.state === 'handed_over' ? pickup.closedAt : pickup.dueAt
  return (
    <UnstyledButton className="pos-item" aria-current={isChosen || undefined} onClick={onOpen}>
      <span className="pos-grow">
        <span className="pos-strong">{pickup.customerName ?? t('pickups.noName')}</span>
        <span className="pos-dim">
          {pickup.orderNumber} · {t('pickups.units', { count: units })}
        </span>
      </span>
      <span className="pos-item-end">
        <PickupBadge pickup={pickup} />
        {when && (
          <span className="pos-dim">
            {t(pickup.state === 'handed_over' ? 'pickups.at' : 'pickups.due')} <RelativeTime at={when} />
          </span>
        )}
      </span>
    </UnstyledButton>
  )
}

function Waiting() {
  const t = useT()
  return (
    <div role="status" aria-label={t('app.loading')} className="pos-list">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={72} radius="md" />
      ))}
    </div>
  )
}
