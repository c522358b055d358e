import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { useWords } from '../words.ts'
import { LotsField } from './lots-field.tsx'
import { lotsOfLine, useOrderLots } from './order-lots.ts'

/** Which of the lots or serial numbers a line left with comes back; nothing where it left without. */
export function ReturnedLots({
  orderId,
  line,
  name,
  quantity,
  lots,
  onChange,
}: {
  orderId: string
  line: { id: string; variantId: string }
  name: string
  quantity: number
  lots: readonly LotUnits[]
  onChange: (lots: readonly LotUnits[]) => void
}) {
  const t = useWords()
  const sold = lotsOfLine(useOrderLots(orderId), line)
  if (sold.length === 0 || quantity === 0) return null
  const mode = sold.some(({ serial }) => serial) ? 'serial' : 'lot'
  return (
    <div className="staff-lots-line">
      <span>{t('ui.lots.sold', { numbers: sold.map(({ number }) => number).join(', ') })}</span>
      <LotsField
        of={name}
        tracking={{ mode, withExpiry: false, minDaysLeft: 0 }}
        lots={lots}
        wanted={quantity}
        shelf={sold}
        onChange={onChange}
      />
    </div>
  )
}
