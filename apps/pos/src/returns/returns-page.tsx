import { useState } from 'react'
import { Skeleton, UnstyledButton } from '@mantine/core'
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import { ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery, queryClient } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { SearchField } from '../common/search-field.tsx'
import { useChannelOf } from '../common/use-channel-of.ts'
import { orderOfGift } from '@ecluse/contracts/gift-code.ts'

const findOrders = (q: string) => apiQuery(endpoints.listOrders, { query: { q, returnable: 'true', limit: 20 } })

const findSlips = (number: string) => apiQuery(endpoints.listReturns, { query: { q: number.toUpperCase(), limit: 5 } })
/** As it stands on a slip. */
const returnNumber = /^R-[0-9A-Z]{8}$/i

/** What was bought anywhere comes back here: the order is found by its code, its number, a name or an e-mail. */
export function ReturnsPage() {
  const t = useT()
  const search = useSearch({ from: '/returns' })
  const navigate = useNavigate({ from: '/returns' })
  const [text, setText] = useState(search.q ?? '')
  const [scanning, setScanning] = useState(false)
  const [asked] = useDebouncedValue(text.trim(), 250)
  const found = useQuery({ ...findOrders(asked), enabled: asked.length >= 2, placeholderData: (before) => before })
  useDocumentTitle(`${t('nav.returns')} · Écluse`)

  const open = (order: OrderSummary) => void navigate({ to: '/returns/$orderId', params: { orderId: order.id } })
  const enter = async (wanted: string): Promise<void> => {
    const q = wanted.trim()
    if (q === '') return
    setText(q)
    await navigate({ search: { q }, replace: true })
    if ((await openSlip(q)) || (await openGift(q))) return
    const answer = await queryClient.fetchQuery(findOrders(q)).catch(() => null)
    const only = answer?.items.length === 1 ? answer.items[0] : undefined
    if (only) open(only)
  }
  /** The number on a slip opens its order, with what was announced filled in. */
  const openSlip = async (number: string): Promise<boolean> => {
    if (!returnNumber.test(number)) return false
    const answer = await queryClient.fetchQuery(findSlips(number)).catch(() => null)
    const slip = answer?.items.find(({ state }) => state === 'asked' || state === 'received')
    if (!slip) return false
    await navigate({ to: '/returns/$orderId', params: { orderId: slip.orderId }, search: { request: slip.id } })
    return true
  }
  /** A gift receipt opens its order for who did not pay it. */
  const openGift = async (code: string): Promise<boolean> => {
    const number = orderOfGift(code)
    const answer = number ? await queryClient.fetchQuery(findOrders(number)).catch(() => null) : null
    const only = answer?.items[0]
    if (!only) return false
    await navigate({ to: '/returns/$orderId', params: { orderId: only.id }, search: { gift: 'true' } })
    return true
  }
  const items = asked.length >= 2 ? (found.data?.items ?? []) : []
  return (
    <div className="pos-page">
      <div className="pos-page-list">
        <h1>{t('nav.returns')}</h1>
        <SearchField
          label={t('returns.search')}
          value={text}
          onChange={setText}
          onEnter={(wanted) => void enter(wanted)}
          onCamera={() => setScanning(true)}
        />
        {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
        {asked.length >= 2 && found.isPending && <Skeleton height={72} radius="md" aria-label={t('app.loading')} />}
        {asked.length < 2 && <EmptyState title={t('returns.start')} hint={t('returns.start.help')} />}
        {asked.length >= 2 && found.data && items.length === 0 && (
          <EmptyState title={t('returns.none', { words: asked })} hint={t('returns.none.help')} />
        )}
        <ul className="pos-list">
          {items.map((order) => (
            <li key={order.id}>
              <Row order={order} onOpen={() => open(order)} />
            </li>
          ))}
        </ul>
      </div>
      {scanning && <CameraScan onCode={(code) => void enter(code)} onClose={() => setScanning(false)} />}
    </div>
  )
}

function Row({ order, onOpen }: { order: OrderSummary; onOpen: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const channel = useChannelOf()(order.channelCode)
  return (
    <UnstyledButton className="pos-item" onClick={onOpen}>
      <span className="pos-grow">
        <span className="pos-strong">{order.customerName ?? order.number}</span>
        <span className="pos-dim">
          {order.number} · {formatDate(order.placedAt, locale, 'day')} ·{' '}
          {t('pickups.units', { count: order.itemCount })}
        </span>
      </span>
      <span className="pos-item-end">
        <span className="pos-strong">
          <Money value={order.total} />
        </span>
        {channel && <ChannelMark medium={channel.medium} label={channel.name} />}
      </span>
      <IconChevronRight size={20} aria-hidden />
    </UnstyledButton>
  )
}
