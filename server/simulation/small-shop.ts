import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { inTransaction, type Tx } from '../src/kernel/db.ts'
import { putCategory } from '../src/modules/catalog/public.ts'
import { putChannel, putSite } from '../src/modules/channels/public.ts'
import { putPlace, recordMovements } from '../src/modules/inventory/public.ts'
import { saveProducts } from '../src/modules/offers/public.ts'
import { setDeliveryFees } from '../src/modules/pricing/public.ts'

/** What a small shop is made of: the same for tests, simulation and benches. */
export type SmallShop = {
  readonly sites: Readonly<Record<string, string>>
  readonly places: Readonly<Record<string, string>>
  readonly variantIds: readonly string[]
}

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '09:00', closes: '19:00' }))
const towns = ['nantes', 'lyon', 'lille']

/**
 * Makes a firm with a warehouse, three shops, a site and a hotline, selling so many articles with so many units of each at
 * each place. Ids are drawn from the context, so a seeded one makes the same firm again.
 */
export async function makeSmallShop(ctx: Ctx, size: { products: number; unitsPerPlace: number }): Promise<SmallShop> {
  return inTransaction(ctx.db, async (tx) => {
    const { sites, places } = await makeSites(ctx, tx)
    await makeChannels(ctx, tx, sites)
    await putCategory(ctx, tx, { code: 'velos', parentCode: null, name: { fr: 'Vélos', en: 'Bicycles' }, position: 1 })
    const variantIds: string[] = []
    for (let start = 0; start < size.products; start += 500) {
      const inputs = Array.from({ length: Math.min(500, size.products - start) }, (_, index) =>
        productNumber(start + index),
      )
      const written = await saveProducts(ctx, tx, inputs)
      variantIds.push(...written.flatMap((product) => Object.values(product.variantIds)))
    }
    if (size.unitsPerPlace > 0) {
      await recordMovements(
        ctx,
        tx,
        variantIds.flatMap((variantId) =>
          Object.values(places).map((placeId) => ({
            kind: 'receipt' as const,
            variantId,
            placeId,
            quantity: BigInt(size.unitsPerPlace),
          })),
        ),
      )
    }
    return { sites, places, variantIds }
  })
}

async function makeSites(ctx: Ctx, tx: Tx) {
  const sites: Record<string, string> = {}
  const places: Record<string, string> = {}
  for (const code of ['entrepot', ...towns]) {
    const isShop = code !== 'entrepot'
    const name = isShop ? `Magasin de ${code}` : 'Entrepôt'
    const site = await putSite(ctx, tx, {
      code,
      kind: isShop ? 'shop' : 'warehouse',
      name,
      street: '1 quai de la Fosse',
      postalCode: '44000',
      locality: code,
      country: 'FR',
      latitude: null,
      longitude: null,
      phone: null,
      timeZone: 'Europe/Paris',
      openingHours: everyDay,
      offersPickup: isShop,
      pickupReadyMinutes: 120,
    })
    sites[code] = site.id
    const place = {
      id: ctx.ids.next(),
      code,
      name,
      siteId: site.id,
      shipsParcels: !isShop,
      offersPickup: isShop,
      priority: isShop ? 100 : 1,
    }
    await putPlace(ctx, tx, place)
    places[code] = place.id
  }
  return { sites, places }
}

async function makeChannels(ctx: Ctx, tx: Tx, sites: Readonly<Record<string, string>>): Promise<void> {
  const remote = [
    { method: 'delivery' as const, feeMinor: 590n, freeFromMinor: 6_000n, leadDaysMin: 2, leadDaysMax: 4 },
    { method: 'pickup' as const, feeMinor: 0n, freeFromMinor: null, leadDaysMin: 0, leadDaysMax: 0 },
  ]
  const shops = towns.map((town) => ({ code: `shop-${town}`, medium: 'store' as const, siteIds: [sites[town] ?? ''] }))
  const everySite = Object.values(sites)
  const all = [
    { code: 'web', medium: 'web' as const, siteIds: everySite },
    { code: 'phone', medium: 'phone' as const, siteIds: everySite },
    ...shops,
  ]
  for (const [position, { code, medium, siteIds }] of all.entries()) {
    await putChannel(ctx, tx, {
      code,
      medium,
      siteIds,
      name: { fr: code, en: code },
      circuit: 'direct',
      sells: true,
      position,
    })
    const fees =
      medium === 'store'
        ? [
            { method: 'carry_out' as const, feeMinor: 0n, freeFromMinor: null, leadDaysMin: 0, leadDaysMax: 0 },
            ...remote,
          ]
        : remote
    await setDeliveryFees(ctx, tx, { channelCode: code, fees })
  }
}

function productNumber(n: number): ProductInput {
  const codes = ['web', 'phone', ...towns.map((town) => `shop-${town}`)]
  return {
    handle: `article-${n}`,
    kind: 'physical',
    name: { fr: `Article n° ${n}`, en: `Article no. ${n}` },
    description: { fr: '<p>Un article de démonstration.</p>', en: '<p>A sample article.</p>' },
    brand: n % 2 === 0 ? 'Alizé' : 'Ponant',
    vatClass: 'standard',
    categoryCodes: ['velos'],
    tags: [],
    attributes: {},
    options: [],
    media: [{ url: '/drawings/helmet-coral.svg', alt: { fr: 'Casque', en: 'Helmet' } }],
    variants: [
      {
        sku: `SKU-${n}`,
        gtin: null,
        options: {},
        weightGrams: 500,
        price: { amountMinor: 1_000 + (n % 90) * 100, currency: 'EUR' },
        compareAtPrice: null,
        mediaIndex: 0,
      },
    ],
    publications: codes.map((channelCode) => ({ channelCode, from: null, until: null })),
    seoTitle: null,
    seoDescription: null,
  }
}

/** A product that is a file, sold on the web. */
export function fileProductInput(handle: string): ProductInput {
  return {
    handle,
    kind: 'digital',
    name: { fr: handle, en: handle },
    description: { fr: '', en: '' },
    brand: null,
    vatClass: 'reduced',
    categoryCodes: [],
    tags: [],
    attributes: {},
    options: [],
    media: [],
    variants: [
      {
        sku: `FILE-${handle}`,
        gtin: null,
        options: {},
        weightGrams: null,
        price: { amountMinor: 900, currency: 'EUR' },
        compareAtPrice: null,
        mediaIndex: null,
      },
    ],
    publications: [{ channelCode: 'web', from: null, until: null }],
    seoTitle: null,
    seoDescription: null,
  }
}
