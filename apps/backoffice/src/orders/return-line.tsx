import { Fieldset, Select, SimpleGrid } from '@mantine/core'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { returnDispositions, type returnReasons } from '@ecluse/contracts/returns.ts'
import { ReturnedLots } from '@ecluse/ui/staff/lots/returned-lots.tsx'
import { useT } from '../app/i18n.ts'
import { ReturnedUnits } from './returned-units.tsx'

export type ReturnLineValues = {
  quantity: number
  reason: (typeof returnReasons)[number]
  disposition: (typeof returnDispositions)[number]
  lots: LotUnits[]
}

/** How many of one line come back, why, and what becomes of them; a defect is never put back on the shelf unasked. */
export function ReturnLine({
  orderId,
  line,
  values,
  onChange,
}: {
  orderId: string
  line: Order['lines'][number]
  values: ReturnLineValues
  onChange: (values: ReturnLineValues) => void
}) {
  const t = useT()
  return (
    <Fieldset legend={[line.name, line.variantLabel].filter(Boolean).join(' · ')}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <ReturnedUnits
          line={line}
          values={values}
          onQuantity={(quantity) => onChange({ ...values, quantity })}
          onReason={(reason) => {
            const spoilt = reason === 'defective' || reason === 'damaged'
            onChange({ ...values, reason, disposition: spoilt ? 'inspect' : 'restock' })
          }}
        />
        <Select
          label={t('returns.disposition')}
          data={returnDispositions.map((value) => ({ value, label: t(`disposition.${value}`) }))}
          value={values.disposition}
          disabled={values.quantity === 0}
          onChange={(disposition) =>
            onChange({ ...values, disposition: returnDispositions.find((value) => value === disposition) ?? 'inspect' })
          }
        />
      </SimpleGrid>
      <ReturnedLots
        {...{ orderId, line }}
        name={line.name}
        quantity={values.quantity}
        lots={values.lots}
        onChange={(lots) => onChange({ ...values, lots: [...lots] })}
      />
    </Fieldset>
  )
}
