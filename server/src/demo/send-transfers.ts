import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng } from '../kernel/rng.ts'
import {
  listPlaces,
  readAvailability,
  receiveTransfer,
  requestTransfer,
  sendTransfer,
} from '../modules/inventory/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'

const hourMs = 3_600_000

/** Goods between the warehouse and shops: where to, how long ago, and how far they have come. */
const transfers = [
  { to: 'lyon', hours: 70, note: 'Réassort de la semaine', until: 'received' },
  { to: 'nantes', hours: 20, note: null, until: 'sent' },
  { to: 'rennes', hours: 3, note: 'Pour la vitrine', until: 'requested' },
] as const

/** What the warehouse has sent to shops, and what they ask it for. */
export async function sendTransfers(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const draw = createSeededRng(state.seed + 6)
  const ctx = systemContext(app.services, 'demo')
  const places = new Map((await listPlaces(app.services.db)).map((place) => [place.code, place.id]))
  const warehouse = places.get('entrepot') ?? ''
  const plenty = (await readAvailability(app.services.db))
    .filter(({ placeId, available }) => placeId === warehouse && available >= 12)
    .map(({ variantId }) => variantId)
    .toSorted()
  for (const [index, { to, hours, note, until }] of transfers.entries()) {
    const variantIds = new Set([0, 1, 2].map(() => plenty[draw.uint32() % plenty.length] ?? ''))
    const lines = [...variantIds].map((variantId) => ({ variantId, units: 2 + (draw.uint32() % 5) }))
    clock.set(new Date(today.getTime() - hours * hourMs))
    const once = { ...ctx, idempotency: onceKey(`transfer-${index}`) }
    await command(once, async (tx) => {
      const id = await requestTransfer(ctx, tx, {
        fromPlaceId: warehouse,
        toPlaceId: places.get(to) ?? '',
        note,
        lines: lines.map(({ variantId, units }) => ({ variantId, requestedUnits: units })),
      })
      if (until === 'requested') return
      clock.set(new Date(clock.now().getTime() + 2 * hourMs))
      await sendTransfer(ctx, tx, id, lines)
      if (until === 'sent') return
      clock.set(new Date(clock.now().getTime() + 22 * hourMs))
      const arrived = lines.map((line, nth) => ({
        ...line,
        units: nth === 0 ? line.units - 1 : line.units,
        reasonCode: nth === 0 ? ('damaged' as const) : null,
      }))
      await receiveTransfer(ctx, tx, id, arrived)
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
  clock.set(today)
  await settle(stage, [])
}
