import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { createSeededRng } from '../../../kernel/rng.ts'
import { putCategory } from '../../catalog/public.ts'
import { putChannel, putSite } from '../../channels/public.ts'
import { putPlace, recordMovements, type Movement } from '../../inventory/public.ts'
import { setDeliveryFees } from '../../pricing/public.ts'
import { saveProducts } from '../public.ts'
import { seededCategories } from '../../../../test/kit/seeded-catalogue.ts'

/** What the tests of offers play in: a warehouse, shops, a site that delivers, a till per shop. */
export type SeededShop = {
  siteIds: string[]
  placeIds: string[]
  /** SKU → variant id. */
  variantIds: Map<string, string>
}

const towns = ['nantes', 'lyon', 'lille', 'brest', 'nice', 'tours', 'metz', 'dijon', 'pau', 'caen', 'reims', 'quimper']

/** Sites, places, channels `web`, `phone` and one `till-<town>` per shop, and the categories. */
async function seedSites(ctx: Ctx, shops: number): Promise<{ siteIds: string[]; placeIds: string[] }> {
  return inTransaction(ctx.db, async (tx) => {
    const placeIds: string[] = []
    const siteIds: string[] = []
    for (const town of ['entrepot', ...towns.slice(0, shops)]) {
      const isShop = town !== 'entrepot'
      const name = isShop ? `Alizé ${town}` : 'Entrepôt'
      const site = await putSite(ctx, tx, {
        code: town,
        kind: isShop ? 'shop' : 'warehouse',
        name,
        street: '1 rue du Quai',
        postalCode: '44000',
        locality: town,
        country: 'FR',
        latitude: null,
        longitude: null,
        phone: null,
        timeZone: 'Europe/Paris',
        openingHours: isShop ? [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '10:00', closes: '19:00' })) : [],
        offersPickup: isShop,
        pickupReadyMinutes: 120,
      })
      const place = { id: ctx.ids.next(), code: town, name, siteId: site.id, priority: isShop ? 100 : 1 }
      await putPlace(ctx, tx, { ...place, shipsParcels: !isShop, offersPickup: isShop })
      placeIds.push(place.id)
      if (isShop) siteIds.push(site.id)
    }
    const fee = { leadDaysMin: 0, leadDaysMax: 3, freeFromMinor: null }
    const channel = { circuit: 'direct', sells: true } as const
    for (const [code, medium] of [
      ['web', 'web'],
      ['phone', 'phone'],
    ] as const) {
      await putChannel(ctx, tx, { code, medium, name: { fr: code, en: code }, siteIds, ...channel })
      const fees = [
        { method: 'delivery', feeMinor: 490n, ...fee },
        { method: 'pickup', feeMinor: 0n, ...fee },
      ] as const
      await setDeliveryFees(ctx, tx, { channelCode: code, fees })
    }
    for (const [index, town] of towns.slice(0, shops).entries()) {
      const code = `till-${town}`
      const own = siteIds.slice(index, index + 1)
      await putChannel(ctx, tx, { code, medium: 'store', name: { fr: code, en: code }, siteIds: own, ...channel })
      await setDeliveryFees(ctx, tx, { channelCode: code, fees: [{ method: 'carry_out', feeMinor: 0n, ...fee }] })
    }
    for (const category of seededCategories) await putCategory(ctx, tx, category)
    return { siteIds, placeIds }
  })
}

/** Writes products with their prices and some stock, in batches as an import does. */
async function seedProducts(
  ctx: Ctx,
  products: readonly ProductInput[],
  placeIds: readonly string[],
  seed: number,
): Promise<Map<string, string>> {
  const rng = createSeededRng(seed)
  const variantIds = new Map<string, string>()
  const batch = 500
  for (let start = 0; start < products.length; start += batch)
    await inTransaction(ctx.db, async (tx) => {
      const written = await saveProducts(ctx, tx, products.slice(start, start + batch))
      const movements: Movement[] = []
      for (const { variantIds: ids } of written)
        for (const [sku, variantId] of Object.entries(ids)) {
          variantIds.set(sku, variantId)
          for (const placeId of placeIds)
            if (rng.below(3) === 0)
              movements.push({ kind: 'receipt', variantId, placeId, quantity: BigInt(1 + rng.below(6)) })
        }
      await recordMovements(ctx, tx, movements)
    })
  return variantIds
}

/** A shop with a seeded catalogue, published in every channel. */
export async function seedShop(
  ctx: Ctx,
  { shops, products, seed }: { shops: number; products: readonly ProductInput[]; seed: number },
): Promise<SeededShop> {
  const sites = await seedSites(ctx, shops)
  return { ...sites, variantIds: await seedProducts(ctx, products, sites.placeIds, seed) }
}
