import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { enqueue } from '../kernel/jobs.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { listChannels } from '../modules/channels/public.ts'
import {
  computeFirstValuesJob,
  learnTraitsJob,
  matchPartiesJob,
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

/** Former customers whom somebody wrote down once more, in a hurry: the queue of duplicates has something to ask. */
function writtenTwice(): CustomerInput[] {
  const slips = [
    ['Agathe Augé', 'agathe.auge@courriel.example'],
    ['B. Besson', 'bb@courriel.example'],
    ['Chauvin Claire', 'claire.c@courriel.example'],
    ['Davide Delorme', 'ddelorme@courriel.example'],
    ['Emma Evrar', 'emma.e@courriel.example'],
  ] as const
  const former = formerCustomers()
  return slips.flatMap(([name, email], nth) => {
    const whole = former[nth * (firstNames.length + 1)]
    return whole?.address ? [{ ...whole, name, email, address: { ...whole.address, name } }] : []
  })
}

/** Who lives with a former customer and buys too: the queue of households has something to ask. */
function relatives(): CustomerInput[] {
  const former = formerCustomers()
  return ['Odile Fontaine', 'Paul Gaudin', 'Rosa Humbert'].flatMap((name, nth) => {
    const whole = former[(nth + 5) * (firstNames.length + 1)]
    const email = `${name.toLowerCase().replace(' ', '.')}@courriel.example`
    return whole?.address ? [{ ...whole, name, email, address: { ...whole.address, name } }] : []
  })
}

const looked = ['gravel', 'ville', 'casques', 'electriques', 'tentes', 'vestes', 'chaussures', 'bagagerie']

/** What some customers looked at in the shop in the last weeks, as those who allow it are remembered. */
function visitsOf(
  customers: readonly { readonly id: string; readonly kind: string; readonly name: string }[],
  draw: ReturnType<typeof createSeededRng>,
  { today, newId }: { today: Date; newId: () => string },
): Interaction[] {
  return customers
    .filter(({ kind }) => kind === 'person')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((_, nth) => nth % 5 === 0)
    .flatMap(({ id: partyId }): Interaction[] => {
      const at = new Date(today.getTime() - (1 + 40 * draw.float()) * dayMs)
      const seen = { partyId, channelCode: 'web' }
      const first = draw.below(looked.length)
      return [
        { ...seen, kind: 'visit_anonymous', at, id: newId() },
        ...[first, (first + 3) % looked.length].map((nth, place): Interaction => ({
          ...seen,
          kind: 'category_view',
          at: new Date(at.getTime() + (place + 1) * 60_000),
          id: newId(),
          detail: looked[nth] ?? null,
        })),
      ]
    })
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
    await writeCustomers(ctx, tx, [...formerCustomers(), ...writtenTwice(), ...relatives()])
    const customers = await readCustomers(tx, { afterId: null, limit: 1_000 })
    const draw = createSeededRng(state.seed + 7)
    const past = customers
      .filter(({ kind }) => kind === 'person')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      // Of those who buy today, one in three bought for the first time.
      .filter(({ email }, nth) => email?.endsWith('@ancien.example') === true || nth % 3 > 0)
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
    await recordInteractions(ctx, tx, visitsOf(customers, draw, { today, newId: () => ctx.ids.next() }))
    await enqueue(tx, learnTraitsJob, {}, { key: learnTraitsJob.name })
    await enqueue(tx, matchPartiesJob, {}, { key: matchPartiesJob.name })
    await enqueue(tx, computeFirstValuesJob, {}, { key: computeFirstValuesJob.name })
    return {}
  })
}
