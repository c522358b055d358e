import { useState } from 'react'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ExchangeSums } from '@ecluse/contracts/exchanges.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { namedLots } from '@ecluse/ui/staff/lots/lot-draft.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { Segments } from '../common/segments.tsx'
import { ExchangeFinder, type GivenArticle } from './exchange-finder.tsx'
import { FaultWords } from './fault-words.tsx'
import { firstKeptFault } from './kept.ts'
import { GivenLines } from './given-lines.tsx'
import { LateReason } from './late-reason.tsx'
import type { ReturnedLine } from './return-line.tsx'
import type { ReturnMade } from './return-slip.tsx'
import { takenLines } from './taken-lines.ts'

type Props = {
  order: Order
  lines: Readonly<Record<string, ReturnedLine>>
  requestId: string | undefined
  /** For who received it as a present: no money goes back to who paid. */
  gift: boolean
  onMade: (made: ReturnMade) => void
}

/** What is given instead, and what it comes to: the difference is paid here, or goes back the way it came. */
export function ExchangePart({ order, lines, requestId, gift, onMade }: Props) {
  const t = useT()
  const { site } = useShop()
  const [lateReason, setLateReason] = useState('')
  const [given, setGiven] = useState<readonly GivenArticle[]>([])
  const [means, setMeans] = useState<'cash' | 'terminal_card'>('terminal_card')
  const fault = firstKeptFault(order, lines)
  const body = {
    siteId: site.id,
    lines: takenLines(lines),
    replacements: replacementsOf(given),
    ...(requestId === undefined ? {} : { requestId }),
    ...(lateReason.trim() === '' ? {} : { lateReason }),
  }
  const sums = useQuery({
    queryKey: ['exchange', order.id, body],
    queryFn: () => call(endpoints.priceExchange, { params: { orderId: order.id }, body }),
    enabled: given.length > 0 && body.lines.length > 0 && fault === null,
    retry: false,
  })
  const exchange = useAct({
    act: (shown: ExchangeSums, idempotencyKey) => {
      const amountMinor = shown.difference.amountMinor
      const payments = amountMinor > 0 ? [{ method: means, amountMinor }] : []
      return call(
        endpoints.exchangeArticles,
        { params: { orderId: order.id }, body: { ...body, payments, gift, expectedDifferenceMinor: amountMinor } },
        { idempotencyKey },
      )
    },
    touches: ['/orders', '/offers', '/stock', '/returns'],
    quiet: true,
    onDone: ({ number, difference, refundState, ...exchanged }) =>
      onMade({
        order,
        lines: Object.fromEntries(Object.entries(lines).filter(([, { quantity }]) => quantity > 0)),
        means: [],
        number,
        refund: { ...difference, amountMinor: Math.max(0, -difference.amountMinor) },
        refundState,
        exchange: { ...exchanged, difference },
      }),
  })
  const add = (article: GivenArticle) =>
    setGiven((before) => [...before.filter(({ variantId }) => variantId !== article.variantId), article])
  return (
    <section className="pos-refund" aria-labelledby="exchange-title">
      <h2 id="exchange-title">{t('exchange.title')}</h2>
      <ExchangeFinder order={order} lines={lines} onFound={add} />
      <GivenLines given={given} sums={sums.data} onChange={setGiven} />
      <LateReason order={order} announced={requestId !== undefined} value={lateReason} onChange={setLateReason} />
      {sums.isError && <ErrorNote error={sums.error} onRetry={() => void sums.refetch()} />}
      {sums.data && <Difference sums={sums.data} means={means} onMeans={setMeans} />}
      <FaultWords fault={fault} />
      {exchange.isError && <p role="alert">{messageOf(exchange.error)}</p>}
      <Button
        size="xl"
        fullWidth
        disabled={!sums.data || sums.isFetching || fault !== null}
        loading={exchange.isPending}
        onClick={() => sums.data && exchange.mutate(sums.data)}
      >
        {t('exchange.confirm')}
      </Button>
    </section>
  )
}

type DifferenceProps = {
  sums: ExchangeSums
  means: 'cash' | 'terminal_card'
  onMeans: (means: 'cash' | 'terminal_card') => void
}

function Difference({ sums, means, onMeans }: DifferenceProps) {
  const t = useT()
  const minor = sums.difference.amountMinor
  const words = minor === 0 ? 'exchange.even' : minor > 0 ? 'exchange.toPay' : 'exchange.toGiveBack'
  return (
    <>
      <p className="pos-row">
        <span className="pos-grow">{t('exchange.credit')}</span>
        <Money value={sums.credit} />
      </p>
      <p className="pos-row pos-total" role="status">
        <span className="pos-grow">{t(words)}</span>
        {minor !== 0 && <Money value={{ ...sums.difference, amountMinor: Math.abs(minor) }} />}
      </p>
      {minor > 0 && (
        <Segments
          label={t('exchange.means')}
          value={means}
          choices={[
            { value: 'terminal_card', label: t('means.terminal_card') },
            { value: 'cash', label: t('means.cash') },
          ]}
          onChange={onMeans}
        />
      )}
      {minor < 0 && <p className="pos-dim">{t('exchange.back')}</p>}
    </>
  )
}

/** What is given, as the API takes it. */
function replacementsOf(given: readonly GivenArticle[]) {
  return given.map(({ variantId, quantity, lots = [] }) => ({ variantId, quantity, ...namedLots(lots) }))
}
