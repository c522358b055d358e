import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import type { Tx } from '../kernel/db.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import {
  blockNumber,
  companyDay,
  keepBackExpired,
  listPlaces,
  readAvailability,
  receiveDelivery,
  recordCounts,
  sendSupplierOrder,
  setTracking,
  writeSupplierOrder,
} from '../modules/inventory/public.ts'
import { placeOrder } from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'
import { demoShops } from './sites.ts'
import { staffOf } from './staff-of.ts'

const dayMs = 86_400_000

/** Lots of a sealant that dries up with time, as Nantes received them: how many, and until how many days from today they are good. */
const sealants = [
  { number: 'SV-2609', units: 6, goodFor: 12 },
  { number: 'SV-2611', units: 8, goodFor: 45 },
  { number: 'SV-2701', units: 12, goodFor: 170 },
  { number: 'SV-2702', units: 12, goodFor: 190 },
] as const
const frames = ['OR26-004417', 'OR26-004418', 'OR26-004423', 'OR26-004431'] as const

/** What customers of Nantes carried away: the numbers on its labels. */
const sales = [
  { what: 'sealant', number: 'SV-2701', units: 2, days: 6 },
  { what: 'sealant', number: 'SV-2701', units: 1, days: 4 },
  { what: 'bicycle', number: 'OR26-004417', units: 1, days: 3 },
  { what: 'bicycle', number: 'OR26-004423', units: 1, days: 2 },
] as const

/** Bicycles with the number of their frame and a sealant with its lots, one of which its maker has called back. */
export async function followLots(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  const { db } = app.services
  const bicycle = await firstVariant(db, 'origami-e')
  const sealant = await firstVariant(db, 'preventif-crevaison')
  const nantes = (await listPlaces(db)).find(({ code }) => code === 'nantes')
  if (!bicycle || !sealant || !nantes) return
  const ctx = systemContext(app.services, 'demo')
  const dayIn = (days: number): string => companyDay(new Date(today.getTime() + days * dayMs))
  const lots = sealants.map(({ number, units, goodFor }) => ({ number, units, expiresOn: dayIn(goodFor) }))
  const serials = frames.map((number) => ({ number, units: 1 }))
  clock.set(new Date(today.getTime() - 20 * dayMs))
  await command({ ...ctx, idempotency: onceKey('follow-lots') }, async (tx) => {
    await clearShelf(ctx, tx, nantes.id, [bicycle, sealant])
    await setTracking(ctx, tx, bicycle, { mode: 'serial', withExpiry: false, minDaysLeft: 0 })
    await setTracking(ctx, tx, sealant, { mode: 'lot', withExpiry: true, minDaysLeft: 30 })
    for (const { name, variantId, came } of [
      { name: 'Cycles du Pliant', variantId: bicycle, came: serials },
      { name: 'Tramontane Chimie', variantId: sealant, came: lots },
    ]) {
      const units = came.reduce((sum, one) => sum + one.units, 0)
      const line = { variantId, orderedUnits: units, expectedOn: dayIn(-19), unitCostMinor: null }
      const order = { supplierName: name, placeId: nantes.id, note: null, lines: [line] }
      const id = await writeSupplierOrder(ctx, tx, order)
      await sendSupplierOrder(ctx, tx, id)
      const received = { variantId, units, receivedBefore: 0, reasonCode: null, lots: came }
      await receiveDelivery(ctx, tx, id, { lines: [received], closes: false, note: null })
    }
  }).catch((error: unknown) => {
    if (!(error instanceof Replay)) throw error
  })
  await settle(stage, [])
  await app.model.refresh()
  for (const [index, sale] of sales.entries())
    await sell(stage, nantes.siteId, { ...sale, variantId: sale.what === 'sealant' ? sealant : bicycle }, index)
  clock.set(new Date(today.getTime() - dayMs))
  await command({ ...ctx, idempotency: onceKey('recall') }, (tx) =>
    blockNumber(ctx, tx, { variantId: sealant, number: 'SV-2701' }, 'Bouchon mal serti, d’après le fabricant.'),
  ).catch((error: unknown) => {
    if (!(error instanceof Replay)) throw error
  })
  clock.set(today)
  await keepBackExpired(ctx)
  await settle(stage, ['capture'])
}

/** What shops never promise of most articles. */
const usualSafety = 1

/** Units without a number are sold out before the first with one come, where none is promised. */
async function clearShelf(ctx: Ctx, tx: Tx, placeId: string, variantIds: readonly string[]): Promise<void> {
  const free = (await readAvailability(tx, variantIds)).filter(
    (shelf) => shelf.placeId === placeId && shelf.onHand > 0 && shelf.available >= shelf.onHand - usualSafety,
  )
  const reason = 'Derniers exemplaires sans numéro, partis en vitrine'
  await recordCounts(
    ctx,
    tx,
    free.map(({ variantId }) => ({ variantId, placeId, counted: 0, reason })),
  )
}

async function firstVariant(db: DemoStage['app']['services']['db'], handle: string): Promise<string | undefined> {
  for await (const page of loadCatalogProducts(db))
    for (const product of page) if (product.handle === handle) return product.variants[0]?.id
  return undefined
}

async function sell(
  { app, clock, today }: DemoStage,
  siteId: string,
  { variantId, number, units, days }: { variantId: string; number: string; units: number; days: number },
  index: number,
): Promise<void> {
  clock.set(new Date(today.getTime() - days * dayMs))
  const { name, email, phone } = demoCustomer(50 + index)
  const shop = demoShops.find(({ code }) => code === 'nantes') ?? null
  const ctx = {
    ...systemContext(app.services, 'demo'),
    actor: staffOf(shop, 'Écluse'),
    idempotency: onceKey(`lot-sale-${index}`),
  }
  const price = app.model.sellable('shop-nantes', variantId, clock.now())?.unitPriceMinor ?? 0n
  await placeOrder(app.placement, ctx, {
    channel: 'shop-nantes',
    locale: 'fr',
    lines: [{ variantId, quantity: units }],
    lots: [{ variantId, lots: [{ number, units }] }],
    contact: { name, email, phone },
    delivery: { method: 'carry_out', siteId },
    payments: [{ method: 'terminal_card', amountMinor: Number(price) * units }],
  }).catch((error: unknown) => {
    if (!(error instanceof Replay)) throw error
  })
}
