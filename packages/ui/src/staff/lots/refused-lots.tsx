import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { apiQuery } from '../api.ts'
import { useWords } from '../words.ts'
import { LotsField } from './lots-field.tsx'

/** Which lots or serial numbers are missing or spoilt of a line that is not prepared; nothing of one that is not followed. */
export function RefusedLots({
  fulfillmentId,
  lineId,
  units,
  lots,
  onChange,
}: {
  fulfillmentId: string
  lineId: string
  units: number
  lots: readonly LotUnits[]
  onChange: (lots: readonly LotUnits[]) => void
}) {
  const t = useWords()
  const query = useQuery(apiQuery(endpoints.getFulfillmentLots, { params: { fulfillmentId } }))
  const line = query.data?.lines.find((one) => one.lineId === lineId)
  if (!line) return null
  return (
    <div className="staff-lots-line">
      <span>{t('ui.lots.refused')}</span>
      <LotsField
        of={line.name}
        tracking={line.tracking}
        lots={lots}
        wanted={units}
        shelf={line.shelf}
        onChange={onChange}
      />
    </div>
  )
}
