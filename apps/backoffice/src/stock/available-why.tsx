import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import { Why } from '@ecluse/ui/why.tsx'
import { useT } from '../app/i18n.ts'

/** What can be promised, and why: each term of the sum, as the server keeps them. */
export function AvailableWhy({ level, compact = true }: { level: StockLevel; compact?: boolean }) {
  const t = useT()
  const { available, onHand, held, committed, safety } = level
  const terms = [
    { rule: 'on_hand', detail: t('stock.why.onHand', { count: onHand, place: level.placeName }) },
    { rule: 'committed', detail: t('stock.why.committed', { count: committed }) },
    { rule: 'held', detail: t('stock.why.held', { count: held }) },
    { rule: 'safety', detail: t('stock.why.safety', { count: safety }) },
  ]
  const reason = {
    kept: 'available',
    tried: [
      ...terms.map((term) => ({ ...term, outcome: 'passed' as const })),
      {
        rule: 'available',
        outcome: 'kept' as const,
        detail: t('stock.why.sum', { onHand, committed, held, safety, available }),
      },
    ],
  }
  return (
    <span className="bo-available" data-out={available <= 0 || undefined}>
      <strong className="tabular">{available}</strong>
      <Why
        subject={t('stock.why.subject', { count: available, sku: level.sku, place: level.placeName })}
        sentence={t('stock.why.sentence', { count: Math.max(0, available), place: level.placeName })}
        reason={reason}
        compact={compact}
      />
    </span>
  )
}
