import { NumberInput, Select } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { returnReasons, type ReturnReason } from '@ecluse/contracts/returns.ts'
import { useT } from '../app/i18n.ts'

type Props = {
  line: Order['lines'][number]
  values: { quantity: number; reason: ReturnReason }
  onQuantity: (quantity: number) => void
  onReason: (reason: ReturnReason) => void
}

/** How many of a line come back, and why. */
export function ReturnedUnits({ line, values, onQuantity, onReason }: Props) {
  const t = useT()
  const most = line.fulfilledQuantity - line.returnedQuantity
  return (
    <>
      <NumberInput
        label={t('returns.quantity', { most })}
        min={0}
        max={most}
        clampBehavior="strict"
        value={values.quantity}
        onChange={(quantity) => onQuantity(Number(quantity) || 0)}
      />
      <Select
        label={t('returns.reason')}
        data={returnReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
        value={values.reason}
        disabled={values.quantity === 0}
        onChange={(reason) => onReason(returnReasons.find((value) => value === reason) ?? 'other')}
      />
    </>
  )
}
