import { useState } from 'react'
import { Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

export type OwedOrder = (typeof endpoints.listOwedOrders.response)['_output']['items'][number]

/** A transfer that came in, shared among the orders it pays; the oldest is filled in. */
export function RecordTransfer(props: { companyId: string; orders: readonly OwedOrder[]; onClose: () => void }) {
  const { companyId, orders, onClose } = props
  const t = useT()
  const [reference, setReference] = useState('')
  const [receivedOn, setReceivedOn] = useState(new Date().toISOString().slice(0, 10))
  const [amounts, setAmounts] = useState<Readonly<Record<string, number | null>>>(() => {
    const [first] = orders
    return first ? { [first.orderId]: first.owed.amountMinor } : {}
  })
  const parts = orders.flatMap(({ orderId }) => {
    const amountMinor = amounts[orderId] ?? 0
    return amountMinor > 0 ? [{ orderId, amountMinor }] : []
  })
  const total = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const record = useAct({
    act: (_input: void, idempotencyKey) =>
      call(
        endpoints.recordTransfer,
        { params: { companyId }, body: { reference: reference.trim(), receivedOn, orders: parts } },
        { idempotencyKey },
      ),
    touches: ['/companies', '/aged-balances', '/orders'],
    done: () => t('credit.transferred'),
    onDone: onClose,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (parts.length > 0 && reference.trim() !== '') record.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('credit.transfer.reference')}
          description={t('credit.transfer.reference.help')}
          value={reference}
          required
          maxLength={80}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <TextInput
          label={t('credit.transfer.on')}
          type="date"
          value={receivedOn}
          required
          onChange={(event) => setReceivedOn(event.currentTarget.value)}
        />
        {orders.map((order) => (
          <MoneyInput
            key={order.orderId}
            label={order.number}
            description={
              <>
                {t('credit.owed.left')} <Money value={order.owed} />
              </>
            }
            value={amounts[order.orderId] ?? null}
            max={order.owed.amountMinor / 100}
            onChange={(amountMinor) => setAmounts({ ...amounts, [order.orderId]: amountMinor })}
          />
        ))}
        <p>
          {t('credit.transfer.total')} <Money value={{ amountMinor: total, currency: 'EUR' }} />
        </p>
        <FormEnd onCancel={onClose} busy={record.isPending} label={t('credit.transfer.record')} />
      </Stack>
    </form>
  )
}
