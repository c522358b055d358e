import { useState } from 'react'
import { Button, Loader, Switch, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { GiftReceipt } from './gift-receipt.tsx'
import { PaperActs } from './paper-acts.tsx'
import { Receipt } from './receipt.tsx'
import { tenderedFor } from './tendered.ts'
import { useSiteOf } from './use-site-of.ts'

/** After the money: what to give back, the receipt, and the next customer under one key. */
export function ReceiptPage() {
  const t = useT()
  const navigate = useNavigate()
  const { orderId } = useParams({ from: '/receipts/$orderId' })
  const order = useQuery(apiQuery(endpoints.getOrder, { params: { orderId }, query: { locale: currentLocale() } }))
  const siteOf = useSiteOf()
  // Of a present, the paper without prices comes first.
  const [chosen, setGift] = useState<boolean | null>(null)
  const gift = chosen ?? (order.data?.gift ?? null) !== null
  useDocumentTitle(`${t('receipt.title')} · Écluse`)
  if (order.isError) return <ErrorNote error={order.error} onRetry={() => void order.refetch()} />
  if (!order.data) return <Loader aria-label={t('app.loading')} className="pos-wait" />
  return (
    <div className="pos-receipt">
      <section className="pos-receipt-acts" aria-labelledby="receipt-title">
        <Summary order={order.data} />
        <PaperActs next={t('receipt.next')} print={t('receipt.print')} />
        <Switch
          size="lg"
          label={t('gift.switch')}
          checked={gift}
          onChange={(event) => setGift(event.currentTarget.checked)}
        />
        <Button
          size="md"
          fullWidth
          variant="subtle"
          onClick={() => void navigate({ to: '/returns/$orderId', params: { orderId } })}
        >
          {t('receipt.return')}
        </Button>
      </section>
      {gift ? (
        <GiftReceipt order={order.data} site={siteOf(order.data.delivery.siteId)} />
      ) : (
        <Receipt order={order.data} site={siteOf(order.data.delivery.siteId)} />
      )}
    </div>
  )
}

function Summary({ order }: { order: Order }) {
  const t = useT()
  const { site } = useShop()
  const change = tenderedFor(order.id)?.changeMinor ?? 0
  const isHere = order.delivery.siteId === site.id
  return (
    <>
      <Title order={1} id="receipt-title" className="pos-receipt-title">
        <IconCircleCheck size={32} stroke={1.75} aria-hidden />
        {t(isHere ? 'receipt.done' : 'receipt.elsewhere')}
      </Title>
      <p className="pos-row">
        <span className="pos-grow pos-dim">{t('receipt.sum')}</span>
        <span className="pos-strong">
          <Money value={order.total} />
        </span>
      </p>
      {change > 0 && (
        <p className="pos-change" role="status">
          <span className="pos-grow">{t('receipt.giveBack')}</span>
          <Money value={{ amountMinor: change, currency: 'EUR' }} />
        </p>
      )}
      {order.contact?.email && <p className="pos-dim">{t('receipt.sent', { email: order.contact.email })}</p>}
    </>
  )
}
