import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { useT } from '../app/i18n.ts'
import type { MovementValues } from './movement-values.ts'

/** Lots or serial numbers of a movement made by hand; nothing of an article that is not followed. */
export function MovementLots({
  values,
  level,
  onChange,
}: {
  values: MovementValues
  level: StockLevel | null
  onChange: (lots: LotUnits[]) => void
}) {
  const t = useT()
  const { kind, variantId, placeId, quantity } = values
  const shelf = useQuery({
    ...apiQuery(endpoints.listShelfLots, { query: { placeId, variantIds: variantId } }),
    enabled: variantId !== '' && placeId !== '',
  })
  const followed = shelf.data?.items[0]
  const units = Number(quantity) || 0
  const wanted = kind === 'count' ? (level ? Math.abs(units - level.onHand) : null) : units
  if (!followed || quantity === '' || wanted === 0) return null
  return (
    <div className="bo-stack">
      {kind === 'count' && <span className="bo-quiet">{t('documents.lotsDiffer')}</span>}
      {kind !== 'receipt' && kind !== 'count' && followed.tracking.mode === 'lot' && (
        <span className="bo-quiet">{t('documents.lotsByDate')}</span>
      )}
      <LotsField
        of={level?.productName ?? ''}
        tracking={followed.tracking}
        lots={values.lots ?? []}
        wanted={wanted}
        shelf={kind === 'receipt' ? [] : followed.lots}
        incoming={kind === 'receipt' || (kind === 'count' && level !== null && units > level.onHand)}
        onChange={(lots) => onChange([...lots])}
      />
    </div>
  )
}
