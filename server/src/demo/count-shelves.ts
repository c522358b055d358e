import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import {
  computeProposals,
  finishCount,
  listPlaces,
  openCount,
  postCount,
  readCount,
  recordCountLines,
} from '../modules/inventory/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'

const hourMs = 3_600_000

/** Counts of categories: where, how long ago, and how far they have come. */
const counts = [
  { place: 'nantes', category: 'bagagerie', hours: 96, until: 'posted' },
  { place: 'lyon', category: 'casques', hours: 26, until: 'review' },
  { place: 'nantes', category: 'eclairage', hours: 2, until: 'open' },
] as const

/** What was counted: a shelf now and then, with what was missing or turned up. */
export async function countShelves(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  const ctx = systemContext(app.services, 'demo')
  const places = new Map((await listPlaces(app.services.db)).map((place) => [place.code, place.id]))
  for (const [index, { place, category, hours, until }] of counts.entries()) {
    clock.set(new Date(today.getTime() - hours * hourMs))
    const once = { ...ctx, idempotency: onceKey(`count-${index}`) }
    await command(once, async (tx) => {
      const id = await openCount(ctx, tx, {
        placeId: places.get(place) ?? '',
        scope: { kind: 'category', categoryCode: category },
        blind: until === 'open',
        note: null,
      })
      clock.set(new Date(clock.now().getTime() + hourMs / 2))
      const { lines } = await readCount(ctx, tx, id)
      const found = lines.slice(0, until === 'open' ? 4 : 500).map((line, nth) => ({
        variantId: line.variantId,
        units: Math.max(0, (line.expectedUnits ?? 0) + (nth % 7 === 3 ? -1 : nth % 11 === 5 ? 1 : 0)),
        countedBefore: null,
      }))
      if (found.length > 0) await recordCountLines(ctx, tx, id, found)
      if (until === 'open') return
      await finishCount(ctx, tx, id, false)
      if (until === 'posted') await postCount(ctx, tx, id, [])
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
  clock.set(today)
  await settle(stage, [])
  await computeProposals(ctx)
}
