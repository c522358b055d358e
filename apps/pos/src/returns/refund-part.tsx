import { useState } from 'react'
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { refundFor } from '@ecluse/contracts/carriage.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { isChangeOfMind } from '@ecluse/contracts/returns.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { FaultWords } from './fault-words.tsx'
import { firstKeptFault } from './kept.ts'
import { LateReason } from './late-reason.tsx'
import { refundedTo } from './refund.ts'
import type { ReturnedLine } from './return-line.tsx'
import type { ReturnMade } from './return-slip.tsx'
import { takenLines } from './taken-lines.ts'

type Props = {
  order: Order
  lines: Readonly<Record<string, ReturnedLine>>
  /** The announced return that is settled by it. */
  requestId: string | undefined
  /** A voucher for whoever brings it, instead of money to who paid. */
  toVoucher: boolean
  onMade: (made: ReturnMade) => void
}

/** What is given back and to which means of payment; it is money, so it is asked once. */
export function RefundPart({ order, lines, requestId, toVoucher, onMade }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const [asking, setAsking] = useState(false)
  const chosen = Object.entries(lines).filter(([, { quantity }]) => quantity > 0)
  const kept = chosen.reduce((sum, [, line]) => sum + (line.kept ?? 0), 0)
  const { goodsMinor, carriageMinor, surchargeKeptMinor } = refundFor(order, unitsOf(chosen))
  const amount = Math.max(0, goodsMinor + carriageMinor - kept)
  const fault = firstKeptFault(order, lines)
  const means = toVoucher ? [] : refundedTo(order, amount)
  const words = formatMoney({ amountMinor: amount, currency: 'EUR' }, locale)
  const [lateReason, setLateReason] = useState('')
  const takeBack = useTakeBack({ order, chosen, lateReason, requestId, toVoucher }, (answer) =>
    onMade({ order, lines: Object.fromEntries(chosen), means, ...answer }),
  )
  return (
    <section className="pos-refund" aria-labelledby="refund-title">
      <h2 id="refund-title" className="pos-row pos-total">
        <span className="pos-grow">{t(toVoucher ? 'voucher.title' : 'returns.refund')}</span>
        <Money value={{ amountMinor: amount, currency: 'EUR' }} />
      </h2>
      <Aside words={t('returns.carriage')} amountMinor={carriageMinor} />
      <Aside words={t('returns.surcharge')} amountMinor={surchargeKeptMinor} />
      {means.map((one, index) => (
        <p key={index} className="pos-row">
          <span className="pos-grow">{t(`refund.to.${one.method}`)}</span>
          <Money value={{ amountMinor: one.amountMinor, currency: 'EUR' }} />
        </p>
      ))}
      {toVoucher && amount > 0 && <p className="pos-dim">{t('voucher.give', { amount: words })}</p>}
      {chosen.length === 0 ? <p className="pos-dim">{t('returns.choose')}</p> : <FaultWords fault={fault} />}
      <Button size="xl" fullWidth disabled={chosen.length === 0 || fault !== null} onClick={() => setAsking(true)}>
        {t(toVoucher ? 'voucher.take' : 'returns.take')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => takeBack.isPending || setAsking(false)}
        title={t(toVoucher ? 'voucher.ask' : 'returns.ask', { amount: words })}
        closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
      >
        <Stack gap="md">
          {takeBack.isError && (
            <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />}>
              {messageOf(takeBack.error)}
            </Alert>
          )}
          {toVoucher && <p>{t('voucher.give', { amount: words })}</p>}
          <ul className="pos-plain">
            {means.map((one, index) => (
              <li key={index}>
                {t(`refund.do.${one.method}`, {
                  amount: formatMoney({ amountMinor: one.amountMinor, currency: 'EUR' }, locale),
                })}
              </li>
            ))}
          </ul>
          <LateReason order={order} announced={requestId !== undefined} value={lateReason} onChange={setLateReason} />
          <Group grow>
            <Button size="lg" variant="default" disabled={takeBack.isPending} onClick={() => setAsking(false)}>
              {t('app.cancel')}
            </Button>
            <Button size="lg" data-autofocus loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
              {t(toVoucher ? 'voucher.confirm' : 'returns.confirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  )
}

const unitsOf = (chosen: readonly (readonly [lineId: string, line: ReturnedLine])[]) =>
  chosen.map(([lineId, { quantity, reason }]) => ({ lineId, quantity, byChoice: isChangeOfMind(reason) }))

/** A part of the sum, said when there is one. */
function Aside({ words, amountMinor }: { words: string; amountMinor: number }) {
  if (amountMinor === 0) return null
  return (
    <p className="pos-row pos-dim">
      <span className="pos-grow">{words}</span>
      <Money value={{ amountMinor, currency: 'EUR' }} />
    </p>
  )
}

/** Takes the chosen lines back into this shop; tried again after a lost answer, it takes them back once. */
function useTakeBack(
  what: {
    order: Order
    chosen: readonly (readonly [lineId: string, line: ReturnedLine])[]
    lateReason: string
    requestId: string | undefined
    toVoucher: boolean
  },
  onDone: (answer: ResponseOf<typeof endpoints.createReturn>) => void,
) {
  const { site } = useShop()
  const { order, chosen, lateReason, requestId, toVoucher } = what
  return useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.createReturn,
        {
          params: { orderId: order.id },
          body: {
            siteId: site.id,
            lines: takenLines(Object.fromEntries(chosen)),
            refundTo: toVoucher ? 'voucher' : 'means',
            ...(requestId === undefined ? {} : { requestId }),
            ...(lateReason.trim() === '' ? {} : { lateReason }),
          },
        },
        { idempotencyKey },
      ),
    touches: ['/orders', '/offers', '/fulfillments', '/returns'],
    quiet: true,
    onDone,
  })
}
