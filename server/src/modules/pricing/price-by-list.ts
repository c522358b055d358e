import type { PriceEntryInput } from '@ecluse/contracts/price-lists.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { farthest, type ListRule } from './domain/list-price.ts'
import { articlesOf, idsOfScopes, selectRulesFor } from './queries/price-rules.ts'
import { listSummary } from './save-entries.ts'

/**
 * What a list says of articles on a day in a channel, in one statement.
 * @param at the day as `YYYY-MM-DD`
 * @returns the rules of each article; articles it says nothing of are absent
 */
export async function listRulesFor(
  db: Queryable,
  listCode: string,
  variantIds: readonly string[],
  at: { readonly channelCode: string; readonly day: string; readonly now: Date },
): Promise<Map<string, (ListRule & { readonly includesVat: boolean })[]>> {
  const byArticle = new Map<string, (ListRule & { includesVat: boolean })[]>()
  for (const { variantId, ...rule } of await selectRulesFor(db, listCode, variantIds, at)) {
    const others = byArticle.get(variantId)
    if (others) others.push(rule)
    else byArticle.set(variantId, [rule])
  }
  return byArticle
}

/**
 * The articles an entry is about, by SKU, and how far it is from them.
 * @throws pricing.list_not_found, pricing.scope_not_found
 */
export async function entryArea(
  db: Queryable,
  listCode: string,
  { scope, code }: Pick<PriceEntryInput, 'scope' | 'code'>,
): Promise<{ variantIds: string[]; distance: number; includesVat: boolean }> {
  const { includesVat } = await listSummary(db, listCode)
  const about = { variant: [], product: [], category: [], [scope]: code === null ? [] : [code] }
  const [found] = scope === 'all' ? [] : await idsOfScopes(db, about)
  if (scope !== 'all' && !found) throw refuse('pricing.scope_not_found', { code: code ?? '' })
  const id = found?.id ?? null
  const variantIds = await articlesOf(db, {
    variant_id: scope === 'variant' ? id : null,
    product_id: scope === 'product' ? id : null,
    category_id: scope === 'category' ? id : null,
  })
  const distance = { variant: 0, product: 1, category: 2, all: farthest }[scope]
  return { variantIds, distance, includesVat }
}
