import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listPlaces, recordCounts, type Count } from '../modules/inventory/public.ts'
import { demoProducts } from './catalogue.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'
import { demoShops } from './sites.ts'
import { unitsInShop, unitsInWarehouse } from './stock.ts'

const batchSize = 1_500

/** The opening inventory of the warehouse and of every shop. */
export async function stockShelves({ app, state }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const counts = await openingCounts(ctx.db, state.seed)
  for (let start = 0; start < counts.length; start += batchSize) {
    const once = { ...ctx, idempotency: onceKey(`stock-${start}`) }
    await command(once, async (tx) => {
      await recordCounts(ctx, tx, counts.slice(start, start + batchSize))
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
}

async function openingCounts(db: DemoStage['app']['services']['db'], seed: number): Promise<Count[]> {
  const draw = createSeededRng(seed)
  const placeIds = new Map((await listPlaces(db)).map((place) => [place.code, place.id]))
  const variantsOf = new Map<string, readonly { id: string; sku: string }[]>()
  for await (const page of loadCatalogProducts(db))
    for (const product of page) variantsOf.set(product.handle, product.variants)
  const count = (variantId: string, placeCode: string, counted: number): Count => ({
    variantId,
    placeId: placeIds.get(placeCode) ?? '',
    counted,
    reason: 'Inventaire d’ouverture',
    ...(placeCode !== 'entrepot' && counted >= 4 ? { safety: 1 } : {}),
  })
  // Drawn product by product in the order of the catalogue's own file, so that a seed always gives the same shelves.
  return demoProducts.flatMap((product) =>
    (variantsOf.get(product.handle) ?? []).flatMap(({ id }) => [
      count(id, 'entrepot', unitsInWarehouse(product, draw)),
      ...demoShops.flatMap((shop) => {
        const units = unitsInShop(product, shop.size, draw)
        return units === 0 ? [] : [count(id, shop.code, units)]
      }),
    ]),
  )
}
