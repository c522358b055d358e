import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { enqueue } from '../kernel/jobs.ts'
import { createSeededRng } from '../kernel/rng.ts'
import {
  computeFirstValuesJob,
  readCustomers,
  recordInteractions,
  type Interaction,
} from '../modules/customers/public.ts'
import { listChannels } from '../modules/channels/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000
/** Three years before the month whose orders are kept whole. */
const pastDays = 1_095

/**
 * What the customers of the company bought before its month of history, as the log of a former till would tell it: some come
 * each season, some came once. So there is something to foresee from on the first day.
 */
export async function rememberPurchases({ app, state, today }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const draw = createSeededRng(state.seed + 7)
  const customers = await readCustomers(app.services.db, { afterId: null, limit: 1_000 })
  const known = customers.filter(({ kind }) => kind === 'person').toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const channels = (await listChannels(app.services.db)).filter(
    ({ code, medium }) => code === 'web' || medium === 'store',
  )
  const codes = channels.map(({ code }) => code).toSorted((a) => (a === 'web' ? -1 : 1))
  const past = known.flatMap(({ id: partyId }): Interaction[] => {
    // Between three weeks and ten months from one purchase to the next; one in four leaves after each.
    const usual = 20 + 280 * draw.float() ** 2
    const spends = 2_500 + 20_000 * draw.float() ** 3
    const channelCode = codes[Math.floor(draw.float() ** 2 * codes.length)] ?? 'web'
    const orders: Interaction[] = []
    for (let ago = 60 + pastDays * draw.float(); ago > 31; ago += usual * Math.log(1 - draw.float())) {
      orders.push({
        partyId,
        kind: 'order',
        at: new Date(today.getTime() - Math.floor(ago) * dayMs),
        id: ctx.ids.next(),
        channelCode,
        quantity: 1 + Math.floor(3 * draw.float()),
        valueMinor: BigInt(Math.round(spends * (0.5 + draw.float()))),
      })
      if (draw.float() < 0.25) break
    }
    return orders
  })
  await command({ ...ctx, idempotency: onceKey('remember-purchases') }, async (tx) => {
    await recordInteractions(ctx, tx, past)
    await enqueue(tx, computeFirstValuesJob, {}, { key: computeFirstValuesJob.name })
    return {}
  })
}
