import type { AdvanceSale } from '@ecluse/contracts/availability.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import {
  companyDay,
  listPlaces,
  sendSupplierOrder,
  setAdvanceSales,
  setChannelBuffer,
  setSafetyStock,
  writeSupplierOrder,
} from '../modules/inventory/public.ts'
import { placeOrder } from '../modules/orders/public.ts'
import { webChannels } from './channels.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'

const dayMs = 86_400_000
/** When the bicycle that is announced comes out, and when the supplier of what is sold out delivers. */
const [releaseDays, arrivalDays] = [9, 11]

type Found = { handle: string; variantIds: string[] }

/**
 * What is sold before it is there: a bicycle that comes out at the end of the month, and what is sold out and ordered again, each
 * with customers who wait. Beside it what is kept back, and what the shop on the web leaves to the others.
 */
export async function sellAhead(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  await app.model.refresh()
  const products: Found[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    products.push(...page.map(({ handle, variants }) => ({ handle, variantIds: variants.map(({ id }) => id) })))
  products.sort((a, b) => (a.handle < b.handle ? -1 : 1))
  const places = await listPlaces(app.services.db)
  const warehouse = places.find(({ code }) => code === 'entrepot')?.id ?? ''
  const announced = products.find(({ handle }) => handle === 'rivage-e')?.variantIds ?? []
  const gone = soldOut(stage, products, places)
  const ctx = systemContext(app.services, 'demo')
  const dayIn = (days: number): string => companyDay(new Date(today.getTime() + days * dayMs))
  const terms = { placeId: warehouse, limitUnits: null, shipsOn: null, delayDays: null, basis: 'inbound' as const }
  await command({ ...ctx, idempotency: onceKey('sell-ahead') }, async (tx) => {
    for (const variantId of announced) {
      const sale = {
        ...terms,
        kind: 'pre_order',
        basis: 'stated',
        limitUnits: 20,
        shipsOn: dayIn(releaseDays),
      } as const
      await setAdvanceSales(ctx, tx, variantId, onTheWeb(sale))
    }
    if (gone) {
      const line = { variantId: gone, orderedUnits: 12, expectedOn: dayIn(arrivalDays), unitCostMinor: null }
      const order = { supplierName: 'Ateliers du Ponant', placeId: warehouse, note: null, lines: [line] }
      await sendSupplierOrder(ctx, tx, await writeSupplierOrder(ctx, tx, order))
      await setAdvanceSales(ctx, tx, gone, onTheWeb({ ...terms, kind: 'back_order' }))
    }
    await keepBack(ctx, tx, products, warehouse)
  }).catch((error: unknown) => {
    if (!(error instanceof Replay)) throw error
  })
  await settle(stage, [])
  await app.model.refresh()
  const waiting = [...announced.slice(0, 2), ...(gone ? [gone, gone] : [])]
  for (const [index, variantId] of waiting.entries()) {
    clock.set(new Date(today.getTime() - (waiting.length - index) * 5_400_000))
    await orderAhead(stage, variantId, index)
  }
  clock.set(today)
  await settle(stage, ['capture'])
}

const onTheWeb = (sale: Omit<AdvanceSale, 'channelCode'>): AdvanceSale[] =>
  webChannels.map((channelCode) => ({ ...sale, channelCode }))

/** The first article on the web of which nothing is left anywhere. */
function soldOut(
  { app, clock }: DemoStage,
  products: readonly Found[],
  places: readonly { id: string }[],
): string | undefined {
  return products
    .filter(({ handle }) => handle !== 'rivage-e')
    .flatMap(({ variantIds }) => variantIds)
    .find(
      (id) =>
        app.model.sellable('web', id, clock.now()) !== undefined &&
        !app.model.isDownload(id) &&
        places.every((place) => app.model.available(id, place.id) <= 0),
    )
}

/** A unit of the best-known bicycle stays on display in the warehouse, and the web leaves the shops one of each. */
async function keepBack(
  ctx: Parameters<typeof setSafetyStock>[0],
  tx: Parameters<typeof setSafetyStock>[1],
  products: readonly Found[],
  placeId: string,
): Promise<void> {
  const [variantId] = products.find(({ handle }) => handle === 'rivage-1')?.variantIds ?? []
  if (!variantId) return
  await setSafetyStock(ctx, tx, { placeId, variantId, units: 1 })
  await setChannelBuffer(ctx, tx, {
    channelCode: 'web',
    variantId,
    categoryCode: null,
    units: 1,
    shareBasisPoints: null,
  })
}

async function orderAhead({ app }: DemoStage, variantId: string, index: number): Promise<void> {
  const { name, email, phone, address } = demoCustomer(40 + index)
  const ctx = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
  await placeOrder(
    app.placement,
    { ...ctx, idempotency: onceKey(`ahead-${index}`) },
    {
      channel: 'web',
      locale: 'fr',
      lines: [{ variantId, quantity: 1 }],
      contact: { name, email, phone },
      delivery: { method: 'delivery', address },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  ).catch((error: unknown) => {
    if (!(error instanceof Replay) && !(error instanceof Refusal)) throw error
  })
}
