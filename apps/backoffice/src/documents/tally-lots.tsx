import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { unitsIn } from '@ecluse/ui/staff/lots/lot-draft.ts'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { useT } from '../app/i18n.ts'
import { unitsToName, type TallyLine, type TallyLots } from './tally.ts'

/** Of a followed article in a tally: its lots or serial numbers, where there is something to name. */
export function TallyLotsField({
  line,
  lots,
  placeId,
  onChange,
}: {
  line: TallyLine
  lots: TallyLots | undefined
  placeId: string | undefined
  onChange: (changes: Partial<TallyLine>) => void
}) {
  const t = useT()
  const { article } = line
  const wanted = unitsToName(line, lots)
  const leaves = lots === 'outgoing' && placeId !== undefined
  const shelf = useQuery({
    ...apiQuery(endpoints.listShelfLots, { query: { placeId: placeId ?? '', variantIds: article.variantId } }),
    enabled: leaves && article.tracking !== null,
  })
  if (!article.tracking || wanted === 0) return null
  return (
    <div className="bo-tally-lots">
      {lots === 'difference' && <p className="bo-quiet">{t('documents.lotsDiffer')}</p>}
      {leaves && article.tracking.mode === 'lot' && <p className="bo-quiet">{t('documents.lotsByDate')}</p>}
      <LotsField
        of={[article.productName, article.variantLabel].filter(Boolean).join(' · ')}
        tracking={article.tracking}
        lots={line.lots ?? []}
        wanted={wanted}
        usual={Math.max(1, (line.expected ?? 0) - unitsIn(line.lots ?? []))}
        shelf={leaves ? (shelf.data?.items[0]?.lots ?? []) : []}
        incoming={lots === 'incoming'}
        onChange={(next) => onChange(wanted === null ? { lots: next, units: unitsIn(next) } : { lots: next })}
      />
    </div>
  )
}
