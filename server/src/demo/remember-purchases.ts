import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { enqueue } from '../kernel/jobs.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { listChannels } from '../modules/channels/public.ts'
import {
  computeFirstValuesJob,
  readCustomers,
  recordInteractions,
  writeCustomers,
  type CustomerInput,
  type Interaction,
} from '../modules/customers/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'

const dayMs = 86_400_000
/** Three years before the month whose orders are kept whole. */
const pastDays = 1_095

const firstNames =
  'Agathe Bruno Claire David Emma Farid Gaspard Héloïse Ivan Jeanne Kévin Laure Marius Noémie Oscar Pauline Quentin Rachida Simon Tess'.split(
    ' ',
  )
const lastNames = 'Auger|Besson|Chauvin|Delorme|Evrard|Fontaine|Gaudin|Humbert|Jacquot|Lambert'.split('|')

/** Who bought in former years only: the company keeps their names, and writes to those who agreed. */
function formerCustomers(): CustomerInput[] {
  return lastNames.flatMap((last, row) =>
    firstNames.map((first, column) => {
      const { address, locale } = demoCustomer(row * firstNames.length + column)
      const name = `${first} ${last}`
      const local = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.')
      const street = `${1 + ((row * 31 + column * 7) % 140)} rue de l’Écluse`
      return { kind: 'person', name, email: `${local}@ancien.example`, locale, address: { ...address, name, street } }
    }),
  )
}

/**
 * What customers bought before the company's month of history, as the log of a former till would tell it: some come each season, many
 * came once. So there is something to foresee from on the first day.
 */
export async function rememberPurchases({ app, state, today }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const channels = (await listChannels(app.services.db))
    .filter(({ code, medium }) => code === 'web' || medium === 'store')
    .map(({ code }) => code)
    .toSorted((a, b) => Number(b === 'web') - Number(a === 'web') || (a < b ? -1 : 1))
  await command({ ...ctx, idempotency: onceKey('remember-purchases') }, async (tx) => {
    await writeCustomers(ctx, tx, formerCustomers())
    const customers = await readCustomers(tx, { afterId: null, limit: 1_000 })
    const draw = createSeededRng(state.seed + 7)
    const past = customers
      .filter(({ kind }) => kind === 'person')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ id: partyId, email }): Interaction[] => {
        // Between three weeks and ten months from one purchase to the next; whoever came in former years only left sooner.
        const usual = 20 + 280 * draw.float() ** 2
        const leaves = email?.endsWith('@ancien.example') ? 0.45 : 0.15
        const spends = 2_500 + 20_000 * draw.float() ** 3
        const channelCode = channels[Math.floor(draw.float() ** 2 * channels.length)] ?? 'web'
        const orders: Interaction[] = []
        for (let ago = 60 + pastDays * draw.float(); ago > 31; ago += usual * Math.log(1 - draw.float())) {
          orders.push({
            partyId,
            kind: 'order',
            at: new Date(today.getTime() - Math.floor(ago) * dayMs),
            id: ctx.ids.next(),
            channelCode,
            quantity: 1 + draw.below(3),
            valueMinor: BigInt(Math.round(spends * (0.5 + draw.float()))),
          })
          if (draw.float() < leaves) break
        }
        return orders
      })
    await recordInteractions(ctx, tx, past)
    await enqueue(tx, computeFirstValuesJob, {}, { key: computeFirstValuesJob.name })
    return {}
  })
}
