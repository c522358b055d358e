import type { z } from 'zod'
import type { supplierPlaceEndpoints } from '@ecluse/contracts/supplier-places.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { text } from '../../../kernel/messages.ts'
import { requirePlace } from '../actors-places.ts'
import { noteStockTold, selectOtherUnits, selectSupplierPlace, selectToldArticles } from '../queries/supplier-places.ts'
import { recordCounts } from '../record-counts.ts'

type Input = z.output<typeof supplierPlaceEndpoints.tellSupplierStock.body>
export type Told = z.output<typeof supplierPlaceEndpoints.tellSupplierStock.response>

/**
 * Takes over what a supplier says they have, as counts of their place: the same file again moves nothing. What is promised of it
 * already stays promised. Lines that cannot be taken are answered; the others count.
 * @throws inventory.place_not_found, access.wrong_site
 */
export async function tellStock(ctx: Ctx, tx: Tx, placeId: string, { lines, complete }: Input): Promise<Told> {
  await requirePlace(ctx, tx, placeId)
  if (!(await selectSupplierPlace(tx, placeId))) throw refuse('inventory.place_not_found')
  const articles = await selectToldArticles(
    tx,
    placeId,
    lines.map(({ code }) => code),
  )
  const byCode = new Map([
    ...articles.flatMap((article) => (article.gtin === null ? [] : [[article.gtin, article] as const])),
    ...articles.map((article) => [article.sku, article] as const),
  ])
  const refused: Told['refused'] = []
  const units = new Map<string, number>()
  const named = new Set<string>()
  for (const line of lines) {
    const article = byCode.get(line.code)
    if (!article) refused.push({ code: line.code, reason: 'unknown' })
    // The same article under its SKU and its GTIN.
    else if (named.has(article.id)) refused.push({ code: line.code, reason: 'same_article_twice' })
    // Which of its units are gone, a number does not tell.
    else if (article.serial && line.units < article.onHand) refused.push({ code: line.code, reason: 'lots_followed' })
    else units.set(article.id, line.units)
    if (article) named.add(article.id)
  }
  const others = complete ? await selectOtherUnits(tx, placeId, [...named]) : []
  for (const { variantId } of others) units.set(variantId, 0)
  const reason = text(ctx.locale, 'stock.told_by_supplier')
  const differences = await recordCounts(
    ctx,
    tx,
    [...units].map(([variantId, counted]) => ({ variantId, placeId, counted, reason })),
  )
  await noteStockTold(tx, placeId, ctx.clock.now())
  const changed = differences.filter((difference) => difference !== 0).length
  return {
    changed: Math.max(0, changed - others.length),
    unchanged: units.size - changed,
    emptied: others.length,
    refused,
  }
}
