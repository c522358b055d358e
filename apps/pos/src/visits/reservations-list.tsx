import { useState } from 'react'
import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Reservation } from '@ecluse/contracts/reservations.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { SearchField } from '../common/search-field.tsx'
import { isPassLink } from '../sell/pick-up-pass.ts'
import { ReservationBadge } from './reservation-badge.tsx'
import { ReservationPanel } from './reservation-panel.tsx'
import { findReservations, reservationsOf, reservationViews, type ReservationView } from './reservation-queries.ts'

/** Articles reserved to try in this shop: to put aside, ready, being tried, over. A code, typed or scanned, finds one. */
export function ReservationsList() {
  const t = useT()
  const { site } = useShop()
  const search = useSearch({ from: '/visits' })
  const navigate = useNavigate({ from: '/visits' })
  const [scanning, setScanning] = useState(false)
  const [text, setText] = useState('')
  const view = search.state ?? 'to_put_aside'
  const [asked] = useDebouncedValue(codeOf(text), 200)
  const list = useQuery({
    ...(asked === '' ? reservationsOf(site.id, view) : findReservations(site.id, asked)),
    refetchInterval: 20_000,
    placeholderData: (before) => before,
  })
  const found = list.data?.items ?? []
  const items =
    asked === '' && view !== 'over' ? found.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt)) : found
  const chosen = items.find(({ id }) => id === search.open)
  const show = (open: string | undefined) => void navigate({ search: { ...search, open }, replace: true })
  return (
    <>
      <SearchField
        label={t('visits.search')}
        value={text}
        onChange={setText}
        onEnter={() => {
          if (items.length === 1) show(items[0]?.id)
        }}
        onCamera={() => setScanning(true)}
      />
      {asked === '' && (
        <SegmentedControl<ReservationView>
          size="md"
          fullWidth
          aria-label={t('visits.states')}
          value={view}
          onChange={(state) => void navigate({ search: { ...search, state, open: undefined }, replace: true })}
          data={reservationViews.map((value) => ({ value, label: t(`visits.view.${value}`) }))}
        />
      )}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState
          title={t(asked === '' ? `visits.none.${view}` : 'visits.none.found')}
          hint={t(asked === '' ? 'visits.none.help' : 'visits.none.found.help')}
        />
      )}
      <ul className="pos-list">
        {items.map((reservation) => (
          <li key={reservation.id}>
            <Row
              reservation={reservation}
              isChosen={reservation.id === search.open}
              onOpen={() => show(reservation.id)}
            />
          </li>
        ))}
      </ul>
      {chosen && <ReservationPanel key={chosen.id} reservation={chosen} onClose={() => show(undefined)} />}
      {scanning && <CameraScan onCode={setText} onClose={() => setScanning(false)} />}
    </>
  )
}

/** A scanned link names the pass; its code is what is searched for. */
function codeOf(text: string): string {
  return isPassLink(text) ? (/([0-9A-Z]{8})\.[\w-]{20,}/.exec(text)?.[1] ?? '') : text.trim()
}

type RowProps = { reservation: Reservation; isChosen: boolean; onOpen: () => void }

function Row({ reservation, isChosen, onOpen }: RowProps) {
  const t = useT()
  const { contact, code, itemCount, shelf, state, endedAt, expiresAt } = reservation
  return (
    <UnstyledButton className="pos-item" aria-current={isChosen || undefined} onClick={onOpen}>
      <span className="pos-grow">
        <span className="pos-strong">{contact.name}</span>
        <span className="pos-dim">
          {code} · {t('visits.units', { count: itemCount })}
          {shelf && ` · ${shelf}`}
        </span>
      </span>
      <span className="pos-item-end">
        <ReservationBadge state={state} />
        <span className="pos-dim">
          {t(endedAt ? 'visits.ended' : 'visits.until')} <RelativeTime at={endedAt ?? expiresAt} />
        </span>
      </span>
    </UnstyledButton>
  )
}
