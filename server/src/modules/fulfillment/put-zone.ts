import type { DeliveryZone, PutZoneBody } from '@ecluse/contracts/windows.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { makeWindows } from './make-windows.ts'
import { selectDepot } from './queries/route-days.ts'
import { areasOfOthers, putZoneDay, replaceAreas, replaceTemplate, selectZone, upsertZone } from './queries/zones.ts'

/**
 * Creates a delivery zone or changes it; the windows of coming days follow.
 * @throws inventory.place_not_found, fulfillment.depot_without_position, fulfillment.area_taken, access.wrong_site
 */
export async function putZone(ctx: Ctx, tx: Tx, code: string, body: PutZoneBody): Promise<DeliveryZone> {
  const depot = await selectDepot(tx, body.placeId)
  if (!depot) throw refuse('inventory.place_not_found')
  requireSite(ctx.actor, depot.site_id)
  if (depot.latitude === null || depot.longitude === null) throw refuse('fulfillment.depot_without_position')
  const before = await selectZone(tx, code)
  if (before) requireSite(ctx.actor, before.siteId)
  const areas = [...new Map(body.areas.map((area) => [area.prefix, area])).values()]
  const [taken] = await areasOfOthers(
    tx,
    code,
    areas.map(({ prefix }) => prefix),
  )
  if (taken) throw refuse('fulfillment.area_taken', taken)
  const zone = { ...body, ...body.centre, id: before?.id ?? ctx.ids.next(), code }
  const id = await upsertZone(tx, zone, ctx.clock.now())
  await replaceAreas(
    tx,
    id,
    areas.map(({ prefix, coordinates }) => ({
      prefix,
      latitude: coordinates?.latitude ?? null,
      longitude: coordinates?.longitude ?? null,
    })),
  )
  const template = [...new Map(body.template.map((one) => [`${one.weekday} ${one.from}`, one])).values()]
  await replaceTemplate(tx, id, template)
  return renew(ctx, tx, code)
}

/**
 * Closes a date of a zone, opens it although it is a public holiday, or goes back to the week.
 * @throws fulfillment.zone_not_found, access.wrong_site
 */
export async function setZoneDay(
  ctx: Ctx,
  tx: Tx,
  code: string,
  date: string,
  decision: { open: boolean | null; reason: string },
): Promise<DeliveryZone> {
  const zone = await selectZone(tx, code)
  if (!zone) throw refuse('fulfillment.zone_not_found')
  requireSite(ctx.actor, zone.siteId)
  await putZoneDay(tx, zone.id, date, decision)
  return renew(ctx, tx, code)
}

async function renew(ctx: Ctx, tx: Tx, code: string): Promise<DeliveryZone> {
  const zone = await selectZone(tx, code)
  if (!zone) throw refuse('fulfillment.zone_not_found')
  await makeWindows(ctx, tx, zone)
  return zone
}
