import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { putCategory } from '../modules/catalog/public.ts'
import { saveProducts } from '../modules/offers/public.ts'
import { setPrices } from '../modules/pricing/public.ts'
import { buildProduct } from './build-product.ts'
import { demoProducts } from './catalogue.ts'
import { demoCategories } from './categories.ts'
import type { DemoStage } from './demo-stage.ts'
import { publicationsOf } from './publications.ts'

const batchSize = 40
const dayMs = 86_400_000

/** What the promoted shop sells cheaper, for some weeks: articles of these categories, by so much. */
const promoted = { categories: ['casques', 'bagagerie', 'antivols'], percent: 15n, fromDay: -18, untilDay: 24 }

/** Categories, products with their public prices, and the prices of one shop's promotion. */
export async function writeCatalogue({ app, today }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    for (const category of demoCategories) await putCategory(ctx, tx, category)
  })
  for (let start = 0; start < demoProducts.length; start += batchSize) {
    const batch = demoProducts.slice(start, start + batchSize)
    await command(ctx, async (tx) => {
      const inputs = batch.map((product) => buildProduct(product, publicationsOf(product, today)))
      const saved = await saveProducts(ctx, tx, inputs)
      const reduced = saved.flatMap(({ variantIds }, index) =>
        (inputs[index]?.variants ?? [])
          .filter(() => batch[index]?.in.some((code) => promoted.categories.includes(code)))
          .map(({ sku, price }) => ({
            variantId: variantIds[sku] ?? '',
            listCode: 'automne-nantes',
            amountMinor: reducedPrice(BigInt(price.amountMinor)),
            compareAtMinor: BigInt(price.amountMinor),
            validFrom: new Date(today.getTime() + promoted.fromDay * dayMs),
            validUntil: new Date(today.getTime() + promoted.untilDay * dayMs),
          })),
      )
      await setPrices(ctx, tx, reduced)
    })
  }
}

/** Less the percentage, rounded down to ten cents. */
function reducedPrice(amountMinor: bigint): bigint {
  return ((amountMinor * (100n - promoted.percent)) / 1000n) * 10n
}
