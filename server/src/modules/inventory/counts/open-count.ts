import type { z } from 'zod'
import type { stockCountEndpoints } from '@ecluse/contracts/stock-counts.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { categoryOf, insertCount, listArticles, listArticlesOfPlace } from '../queries/counts.ts'
import { shelvedVariants } from '../queries/stock.ts'

type Input = z.output<typeof stockCountEndpoints.openStockCount.body>

/**
 * Begins a count: lists what is to be counted. Nothing is closed to sales.
 * @returns its id
 * @throws inventory.place_not_found, inventory.variant_not_found, inventory.category_not_found, access.wrong_site
 */
export async function openCount(ctx: Ctx, tx: Tx, input: Input): Promise<string> {
  await requirePlace(ctx, tx, input.placeId)
  const { scope } = input
  const categoryId = scope.kind === 'category' ? await categoryOf(tx, scope.categoryCode) : null
  if (categoryId === undefined) throw refuse('inventory.category_not_found')
  const id = ctx.ids.next()
  await insertCount(tx, {
    id,
    number: documentNumberOf('count', id),
    place_id: input.placeId,
    scope: scope.kind,
    category_id: categoryId,
    blind: input.blind,
    note: input.note,
    opened_at: ctx.clock.now(),
    opened_by: actorLabel(ctx.actor),
  })
  if (scope.kind === 'articles') {
    const variantIds = [...new Set(scope.variantIds)]
    if ((await shelvedVariants(tx, variantIds)).size < variantIds.length) throw refuse('inventory.variant_not_found')
    await listArticles(tx, id, variantIds)
  } else await listArticlesOfPlace(tx, id, input.placeId, categoryId)
  return id
}
