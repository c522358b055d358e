import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { dayOf, dropValues, latestFit, purchasesJson, rootsOf, writeValues } from '../queries/values.ts'
import { treatCustomers } from './treat-customers.ts'
import { summaryUntil, type PurchaseDays } from './domain/purchase-days.ts'
import { valueOf } from './domain/value-model.ts'

/** How many are computed here, between two of the shop's requests. */
const atOnce = 200

/**
 * Computes some customers again, by what was last fitted on all: they bought, cancelled, sent back, were merged or told apart.
 * Tells whose values changed (`customers.values_changed`).
 */
export async function valueParties(ctx: Ctx, partyIds: readonly string[]): Promise<void> {
  for (let from = 0; from < partyIds.length; from += atOnce) {
    const among = partyIds.slice(from, from + atOnce)
    await inTransaction(ctx.db, async (tx) => {
      const fit = await latestFit(tx)
      const roots = await rootsOf(tx, among)
      const rootIds = [...new Set(roots.map(({ root_id }) => root_id))]
      const readAt = ctx.clock.now()
      const asOf = await dayOf(tx, readAt)
      const bought = JSON.parse(await purchasesJson(tx, rootIds)) as PurchaseDays[]
      const values = bought.flatMap((one) => {
        const summary = summaryUntil(one, asOf)
        return summary ? [valueOf(fit?.result ?? null, summary, asOf)] : []
      })
      const kept = values.map(({ party_id }) => party_id)
      const concerned = [...new Set([...among, ...rootIds])]
      await dropValues(tx, { among: concerned, kept })
      await writeValues(tx, JSON.stringify(values), { fitId: fit?.id ?? null, readAt })
      await treatCustomers(ctx, tx, concerned)
      const payload = { partyIds: concerned }
      await publish(tx, ctx, [
        { type: 'customers.values_changed', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
      ])
    })
  }
}
