import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSupplierPlace, tellStock } from '../modules/inventory/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'

/** What the supplier says they have of each article. */
const units = 15

/**
 * A supplier who sends to customers for the company: big pieces nobody keeps in a shop.
 * @param skus what they have
 */
export async function nameSupplier(stage: DemoStage, supplierName: string, skus: readonly string[]): Promise<void> {
  const ctx = systemContext(stage.app.services, 'demo')
  await command({ ...ctx, idempotency: onceKey('supplier-place') }, async (tx) => {
    const placeId = await createSupplierPlace(ctx, tx, {
      supplierName,
      email: 'commandes@estran.example',
      locale: 'fr',
      address: { street: '18 quai des Chantiers', postalCode: '29200', locality: 'Brest', country: 'FR' },
      ships: true,
      // Drafts wait for somebody to send them: nothing is written to anybody outside.
      sendsOrders: false,
      leadDays: 4,
      cutOff: '15:00',
      parcelMinor: 1_290,
      handlingMinorPerUnit: 0,
      marginKeptBasisPoints: 5_500,
      dailyCapacity: 20,
    })
    await tellStock(ctx, tx, placeId, { lines: skus.map((code) => ({ code, units })), complete: true })
  }).catch((error: unknown) => {
    if (!(error instanceof Replay)) throw error
  })
  await settle(stage, [])
}
