import type { SupplierPlace } from '@ecluse/contracts/supplier-places.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { placesOf } from '../actors-places.ts'
import { usualSetting } from '../domain/sourcing-terms.ts'
import { policyInForce } from '../load-sourcing.ts'
import { selectSupplierPlaces } from '../queries/supplier-places.ts'

/** Suppliers who send to our customers, with their terms in force and what they have; those of the actor's sites. */
export async function readSupplierPlaces(
  ctx: Ctx,
  db: Queryable,
  placeIds: readonly string[] | null = null,
): Promise<SupplierPlace[]> {
  const { settings } = await policyInForce(db)
  const known = new Map(settings.places.map((setting) => [setting.placeId, setting]))
  const rows = await selectSupplierPlaces(db, placeIds ?? (await placesOf(ctx, db)))
  return rows.map((row) => {
    const setting = known.get(row.place_id) ?? usualSetting(row.place_id, 'supplier')
    return {
      placeId: row.place_id,
      placeCode: row.place_code,
      supplierName: row.supplier_name,
      email: row.email,
      locale: row.locale,
      address: { street: row.street, postalCode: row.postal_code, locality: row.locality, country: row.country },
      ships: row.ships,
      sendsOrders: row.sends_orders,
      leadDays: setting.leadDays ?? 0,
      cutOff: setting.cutOff,
      parcelMinor: setting.parcelMinor ?? null,
      handlingMinorPerUnit: setting.handlingMinorPerUnit,
      marginKeptBasisPoints: setting.marginKeptBasisPoints,
      dailyCapacity: setting.dailyCapacity,
      articles: row.articles,
      units: row.units,
      promised: row.promised,
      openOrders: row.open_orders,
      stockToldAt: row.stock_told_at?.toISOString() ?? null,
    }
  })
}
