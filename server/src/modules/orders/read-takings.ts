import type { Takings } from '@ecluse/contracts/takings.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import { toMoney } from '../../kernel/money.ts'
import { countSales, takingsOf } from './queries/takings.ts'

/**
 * What a shop sold, took and gave back at its counter in a time.
 * @throws access.wrong_site
 */
export async function readTakings(
  ctx: Ctx,
  siteId: string,
  { from, until = null }: { from: string; until?: string | null },
): Promise<{ saleCount: number; means: Takings[] }> {
  requireSite(ctx.actor, siteId)
  const asked = { siteId, from, until }
  const [saleCount, rows] = await Promise.all([countSales(ctx.db, asked), takingsOf(ctx.db, asked)])
  return {
    saleCount,
    means: rows.map(({ method, currency, taken, given_back: givenBack }) => ({
      method,
      taken: toMoney(taken, currency),
      givenBack: toMoney(givenBack, currency),
    })),
  }
}
