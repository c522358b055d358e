import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng, type Rng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listPlaces, receiveDelivery, sendSupplierOrder, writeSupplierOrder } from '../modules/inventory/public.ts'
import { demoProducts } from './catalogue.ts'
import { nameSupplier } from './name-supplier.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000

/** Orders to suppliers at every step of their life: whose brand, for which place, how old, and due in how many days from today. */
const orders = [
  { brand: 'Drisse', place: 'entrepot', age: 24, due: -10, until: 'received' },
  { brand: 'Sillage', place: 'entrepot', age: 16, due: -4, until: 'part' },
  { brand: 'Alizé', place: 'entrepot', age: 9, due: 5, until: 'ordered' },
  { brand: 'Estran', place: 'nantes', age: 6, due: 2, until: 'ordered' },
  { brand: 'Cabestan', place: 'entrepot', age: 1, due: 18, until: 'draft' },
] as const

type Article = { readonly id: string; readonly sku: string; readonly costMinor: number }

/** What the company has ordered of its suppliers, and what came of it. */
export async function orderFromSuppliers(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const draw = createSeededRng(state.seed + 5)
  const articles = await articlesByBrand(app.services.db)
  const brands = [...articles.keys()].toSorted()
  const places = new Map((await listPlaces(app.services.db)).map((place) => [place.code, place.id]))
  const ctx = systemContext(app.services, 'demo')
  for (const [index, order] of orders.entries()) {
    const brand = articles.has(order.brand) ? order.brand : (brands[index % brands.length] ?? '')
    const due = new Date(today.getTime() + order.due * dayMs).toISOString().slice(0, 10)
    const lines = someOf(articles.get(brand) ?? [], 4, draw).map(({ id, costMinor }) => ({
      variantId: id,
      orderedUnits: 6 * (1 + (draw.uint32() % 4)),
      expectedOn: due,
      unitCostMinor: costMinor,
    }))
    clock.set(new Date(today.getTime() - order.age * dayMs))
    const once = { ...ctx, idempotency: onceKey(`supplier-order-${index}`) }
    await command(once, async (tx) => {
      const placeId = places.get(order.place) ?? ''
      const id = await writeSupplierOrder(ctx, tx, { supplierName: brand, placeId, note: null, lines })
      if (order.until === 'draft') return
      await sendSupplierOrder(ctx, tx, id)
      if (order.until === 'ordered') return
      clock.set(new Date(today.getTime() + order.due * dayMs))
      const came = order.until === 'part' ? lines.slice(0, 2) : lines
      await receiveDelivery(ctx, tx, id, {
        lines: came.map(({ variantId, orderedUnits }) => ({
          variantId,
          units: order.until === 'part' ? orderedUnits - 2 : orderedUnits,
          receivedBefore: 0,
          reasonCode: null,
        })),
        closes: false,
        note: order.until === 'part' ? 'Une palette sur deux.' : null,
      })
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
  clock.set(today)
  await settle(stage, [])
  const theirs = (articles.get('Estran') ?? []).slice(0, 6).map(({ sku }) => sku)
  if (theirs.length > 0) await nameSupplier(stage, 'Ateliers Estran', theirs)
}

/** Variants of each brand, at the cost of four tenths of the price. */
async function articlesByBrand(db: DemoStage['app']['services']['db']): Promise<Map<string, Article[]>> {
  const known = new Map(demoProducts.map((product) => [product.handle, product]))
  const found: (Article & { brand: string })[] = []
  for await (const page of loadCatalogProducts(db))
    for (const { handle, variants } of page) {
      const product = known.get(handle)
      if (!product || product.sold === 'past') continue
      const costMinor = Math.round(product.price * 40)
      found.push(...variants.map(({ id, sku }) => ({ brand: product.brand, sku, id, costMinor })))
    }
  found.sort((a, b) => (a.sku < b.sku ? -1 : 1))
  const byBrand = new Map<string, Article[]>()
  for (const { brand, ...article } of found) byBrand.set(brand, [...(byBrand.get(brand) ?? []), article])
  return byBrand
}

function someOf(articles: readonly Article[], count: number, draw: Rng): Article[] {
  const left = [...articles]
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(draw.uint32() % left.length, 1)).flat()
}
