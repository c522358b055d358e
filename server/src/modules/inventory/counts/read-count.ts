import type { CountSummary, StockCount } from '@ecluse/contracts/stock-counts.ts'
import { may, sitesOf, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { differenceOf, needsApproval, valueOf } from '../domain/count-differences.ts'
import { articleOf } from '../queries/articles.ts'
import { selectCount, selectCountLines, type CountHead } from '../queries/counts.ts'

/** @throws inventory.document_not_found, access.wrong_site */
export async function readCount(ctx: Ctx, db: Queryable, id: string): Promise<StockCount> {
  const count = await selectCount(db, id, ctx.locale)
  if (!count) throw refuse('inventory.document_not_found')
  if (sitesOf(ctx.actor)) await requirePlace(ctx, db, count.place_id)
  const lines = await selectCountLines(db, count, ctx.locale)
  // Whoever counts blindly is shown nothing that says how many there should be.
  const hidden = count.blind && count.state === 'open' && !may(ctx.actor, 'stock:approve')
  const value = valueOf(lines)
  return {
    ...summaryOf(count),
    note: count.note,
    openedBy: count.opened_by,
    postedBy: count.posted_by,
    lines: lines.map((line) => {
      const difference = hidden ? null : differenceOf(line)
      return {
        ...articleOf(line, ctx.locale),
        countedUnits: line.counted_units,
        countedAt: line.counted_at?.toISOString() ?? null,
        countedBy: line.counted_by,
        expectedUnits: hidden ? null : line.expected_units,
        differenceUnits: difference,
        differenceValue:
          difference === null || line.unit_cost_minor === null
            ? null
            : { amountMinor: difference * Number(line.unit_cost_minor), currency: 'EUR' as const },
        reasonCode: line.reason_code,
      }
    }),
    differenceValue: hidden ? null : { amountMinor: Number(value.minor), currency: 'EUR' },
    withoutCost: hidden ? 0 : value.withoutCost,
    needsApproval: !hidden && needsApproval(lines),
  }
}

export function summaryOf(row: CountHead): CountSummary {
  return {
    id: row.id,
    number: row.number,
    placeId: row.place_id,
    placeName: row.place_name,
    scope: row.scope,
    categoryName: row.category_name,
    blind: row.blind,
    state: row.state,
    openedAt: row.opened_at.toISOString(),
    postedAt: row.posted_at?.toISOString() ?? null,
    lineCount: row.line_count,
    countedCount: row.counted_count,
  }
}
