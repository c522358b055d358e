import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createExperiment, readBaseline, startExperiment } from '../modules/strategy/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000
/** It began so many days ago: its window is over, shops can be compared. */
const startedAgo = 9

/** The shops of Alizé try another shelf: half of them, drawn by chance, for a week. */
export async function tryShelves({ app, clock, today }: DemoStage): Promise<void> {
  // Those who ordered are known once the log has heard of it.
  await app.relay.drain()
  clock.set(new Date(today.getTime() - startedAgo * dayMs))
  const ctx = systemContext(app.services, 'demo')
  const question = { unit: 'site', kpi: 'revenue', windowDays: 7 } as const
  const baseline = await readBaseline(ctx, question)
  await command({ ...ctx, idempotency: onceKey('try-shelves') }, async (tx) => {
    const id = await createExperiment(ctx, tx, {
      name: 'Les antivols près de la caisse',
      hypothesis: 'Vus au moment de payer, ils s’ajoutent à la vente d’un vélo.',
      design: {
        ...question,
        effect: 2_500,
        level: 0.05,
        power: 0.8,
        adjust: false,
        arms: [
          { key: 'a', name: 'Au rayon', share: 50 },
          { key: 'b', name: 'Près de la caisse', share: 50 },
        ],
      },
      baseline,
    })
    await startExperiment(ctx, tx, id)
    return {}
  })
  clock.set(today)
}
