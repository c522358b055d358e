import { useState } from 'react'
import { Alert, Loader, Switch } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { ReturnSlip as Slip } from '@ecluse/contracts/returns.ts'
import { ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Segments } from '../common/segments.tsx'
import { useChannelOf } from '../common/use-channel-of.ts'
import { ExchangePart } from './exchange-part.tsx'
import { RefundPart } from './refund-part.tsx'
import { announcedLines, nothingReturned, returnableOf, ReturnLine, type ReturnedLine } from './return-line.tsx'
import { ReturnSlip, type ReturnMade } from './return-slip.tsx'

/** One order being taken back: which articles, why, what is refunded and to what; then the slip. */
export function ReturnPage() {
  const t = useT()
  const { orderId } = useParams({ from: '/returns/$orderId' })
  const order = useQuery(apiQuery(endpoints.getOrder, { params: { orderId }, query: { locale: currentLocale() } }))
  const { request, gift } = useSearch({ from: '/returns/$orderId' })
  const slip = useQuery({
    ...apiQuery(endpoints.getReturn, { params: { returnId: request ?? '' }, query: { locale: currentLocale() } }),
    enabled: request !== undefined,
  })
  const [made, setMade] = useState<ReturnMade | null>(null)
  useDocumentTitle(`${t('nav.returns')} · Écluse`)
  if (made) return <ReturnSlip made={made} />
  return (
    <div className="pos-page">
      <div className="pos-page-list">
        <Link to="/returns" className="pos-link pos-back">
          <IconArrowLeft size={20} aria-hidden /> {t('nav.returns')}
        </Link>
        {order.isError && <ErrorNote error={order.error} onRetry={() => void order.refetch()} />}
        {order.isPending && <Loader aria-label={t('app.loading')} className="pos-wait" />}
        {order.data && (request === undefined || !slip.isPending) && (
          <ReturnForm order={order.data} slip={slip.data} gift={gift === 'true'} onMade={setMade} />
        )}
      </div>
    </div>
  )
}

type FormProps = { order: Order; slip: Slip | undefined; gift: boolean; onMade: (made: ReturnMade) => void }

function ReturnForm({ order, slip, gift, onMade }: FormProps) {
  const t = useT()
  const { locale } = useLocale()
  const channel = useChannelOf()(order.channelCode)
  const [lines, setLines] = useState<Readonly<Record<string, ReturnedLine>>>(() => announcedLines(slip))
  const [way, setWay] = useState<'refund' | 'exchange' | 'voucher'>(gift ? 'exchange' : 'refund')
  const [agreed, setAgreed] = useState(false)
  // Who received a present exchanges it; money goes back to who paid, if they agree.
  const exchangeOnly = gift && !agreed
  const name = gift ? undefined : order.contact?.name
  const isPossible = order.lines.some((line) => returnableOf(line) > 0)
  return (
    <>
      <h1>{name ?? t('returns.order', { number: order.number })}</h1>
      <p className="pos-order-facts pos-dim">
        {name && <span>{order.number}</span>}
        <span>{formatDate(order.placedAt, locale, 'dayLong')}</span>
        {!gift && order.contact?.email && <span>{order.contact.email}</span>}
        {channel && <ChannelMark medium={channel.medium} label={channel.name} />}
      </p>
      {slip && <Alert>{t('returns.announced', { number: slip.number })}</Alert>}
      {gift && (
        <Alert title={t('gift.return')}>
          <Switch
            size="lg"
            label={t('gift.agreed')}
            checked={agreed}
            onChange={(event) => {
              setAgreed(event.currentTarget.checked)
              if (!event.currentTarget.checked && way === 'refund') setWay('exchange')
            }}
          />
        </Alert>
      )}
      {!isPossible && <EmptyState compact title={t('returns.impossible')} hint={t('returns.impossible.help')} />}
      <ul className="pos-plain">
        {order.lines.map((line) => (
          <ReturnLine
            orderId={order.id}
            key={line.id}
            line={line}
            value={lines[line.id] ?? nothingReturned}
            onChange={(value) => setLines({ ...lines, [line.id]: value })}
          />
        ))}
      </ul>
      {isPossible && (
        <Segments
          label={t('exchange.choice')}
          value={way}
          choices={[
            ...(exchangeOnly ? [] : [{ value: 'refund' as const, label: t('exchange.refund') }]),
            { value: 'exchange', label: t('exchange.open') },
            { value: 'voucher', label: t('exchange.voucher') },
          ]}
          onChange={setWay}
        />
      )}
      {isPossible && way === 'exchange' && (
        <ExchangePart order={order} lines={lines} requestId={slip?.id} gift={exchangeOnly} onMade={onMade} />
      )}
      {isPossible && way !== 'exchange' && (
        <RefundPart order={order} lines={lines} requestId={slip?.id} toVoucher={way === 'voucher'} onMade={onMade} />
      )}
    </>
  )
}
