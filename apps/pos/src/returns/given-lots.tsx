import { useQuery } from '@tanstack/react-query'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { useShop } from '../app/shop.tsx'
import { shelfQuery } from '../sell/line-lots.tsx'
import type { GivenArticle } from './exchange-finder.tsx'

/** Which units are given in an exchange, of a followed article; without a word, what expires first. */
export function GivenLots({
  article,
  onChange,
}: {
  article: GivenArticle
  onChange: (lots: readonly LotUnits[]) => void
}) {
  const { site } = useShop()
  const shelf = useQuery(shelfQuery(site.id, [article.variantId]))
  const followed = shelf.data?.items[0]
  if (!followed) return null
  return (
    <LotsField
      of={article.name}
      tracking={followed.tracking}
      lots={article.lots ?? []}
      wanted={article.quantity}
      shelf={followed.lots}
      onChange={onChange}
    />
  )
}
