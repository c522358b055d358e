import type { z } from 'zod'
import type { replenishmentEndpoints } from '@ecluse/contracts/replenishment.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { companyDay } from '../domain/company-day.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { lastCosts, takeProposals } from '../queries/replenishment.ts'
import { writeSupplierOrder } from '../supplier-orders/save-order.ts'
import { requestTransfer } from '../transfers/request-transfer.ts'

type Items = z.output<typeof replenishmentEndpoints.acceptProposals.body>['items']
type Made = z.output<typeof replenishmentEndpoints.acceptProposals.response>

const dayMs = 86_400_000

/**
 * Turns proposals into documents in one go: a transfer for each pair of places, a draft for each supplier and place. A proposal
 * can be accepted once: it is taken away, and what it asked for is inbound from now on.
 * @throws inventory.proposal_gone when one was accepted or computed anew meanwhile, access.wrong_site
 */
export async function acceptProposals(ctx: Ctx, tx: Tx, items: Items): Promise<Made> {
  for (const placeId of new Set(items.map((item) => item.placeId))) await requirePlace(ctx, tx, placeId)
  const taken = await takeProposals(tx, items)
  if (taken.length < items.length) throw refuse('inventory.proposal_gone')
  const units = new Map(items.map((item) => [`${item.variantId} ${item.placeId}`, item.units]))
  const costs = await lastCosts(
    tx,
    taken.map(({ variantId }) => variantId),
  )
  const groups = new Map<string, typeof taken>()
  for (const row of taken) {
    const key = `${row.source} ${row.placeId} ${row.fromPlaceId ?? row.supplierName ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const made: Made = { transfers: [], supplierOrders: [] }
  for (const rows of groups.values()) {
    const [{ placeId, fromPlaceId, supplierName, figures }] = rows as [(typeof taken)[number]]
    const unitsOf = (variantId: string) => units.get(`${variantId} ${placeId}`) ?? 1
    if (fromPlaceId) {
      const lines = rows.map(({ variantId }) => ({ variantId, requestedUnits: unitsOf(variantId) }))
      const id = await requestTransfer(ctx, tx, { fromPlaceId, toPlaceId: placeId, note: null, lines })
      made.transfers.push({ id, number: documentNumberOf('transfer', id) })
    } else {
      const expectedOn = companyDay(new Date(ctx.clock.now().getTime() + figures.leadDays * dayMs))
      const lines = rows.map(({ variantId }) => ({
        variantId,
        orderedUnits: unitsOf(variantId),
        expectedOn,
        unitCostMinor: costs.get(variantId) ?? null,
      }))
      const id = await writeSupplierOrder(ctx, tx, { supplierName: supplierName ?? '?', placeId, note: null, lines })
      made.supplierOrders.push({ id, number: documentNumberOf('supplier_order', id) })
    }
  }
  return made
}
