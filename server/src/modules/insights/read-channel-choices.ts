import type { Ctx } from '../../kernel/context.ts'
import { greatCircleKm, placesOfCodes } from '../inventory/public.ts'
import { grouped } from './domain/grouped.ts'
import { basketCosts, paidTable } from './domain/basket-costs.ts'
import {
  basketsOf,
  chosenChannels,
  countConfirmed,
  firstSales,
  mostChoices,
  paidByChannel,
  placesOfChannels,
  serviceOfMonths,
} from './queries/channel-choices.ts'
import type { Days } from './queries/order-facts.ts'

/** An order, with what every channel would have been to its buyer; null where it is not known. Arrays follow the channels. */
export type ChannelChoice = {
  readonly chosen: number
  readonly valueMinor: number
  readonly segments: readonly string[]
  /** Whether it was open by then; what it would have been is not asked of one that was not. */
  readonly offered: readonly boolean[]
  /** What the basket would have cost, with VAT, in minor units. */
  readonly price: readonly (number | null)[]
  /** To the shop; 0 for what one need not go to. */
  readonly km: readonly (number | null)[]
  /** From the order to the goods, on average in that month. */
  readonly hours: readonly (number | null)[]
  /** Promises kept in that month. */
  readonly kept: readonly (number | null)[]
}

export type ChannelChoices = {
  readonly channels: readonly { readonly code: string; readonly visited: boolean }[]
  readonly choices: readonly ChannelChoice[]
  /** Orders of the days, of which the choices are all or a sample. */
  readonly ordersOfAll: number
  readonly sampled: boolean
}

/**
 * Orders of some days as choices among the channels that sell: what the basket would have cost in each by what others paid there, how far
 * its shop is, how soon goods come and how often promises are kept. At most some thousands, drawn by chance, the same each time.
 */
export async function readChannelChoices(ctx: Ctx, days: Days): Promise<ChannelChoices> {
  const { db } = ctx
  const [orders, places, paid, service, first, ordersOfAll] = await Promise.all([
    chosenChannels(db, days),
    placesOfChannels(db),
    paidByChannel(db, days),
    serviceOfMonths(db, days),
    firstSales(db),
    countConfirmed(db, days),
  ])
  const baskets = grouped(
    await basketsOf(
      db,
      orders.map(({ id }) => id),
    ),
    ({ order_id: id }) => id,
  )
  const located = orders.flatMap(({ country, postal_code: code }) => (country && code ? [{ country, code }] : []))
  const homes = await placesOfCodes(db, located)
  const table = paidTable(paid)
  const serviceOf = new Map(service.map((row) => [`${row.channel} ${row.month ?? ''}`, row]))
  const firstOf = new Map(first.map(({ channel, day }) => [channel, day]))
  const codes = places.map(({ channel }) => channel)
  const visited = places.map(({ latitude, longitude }) =>
    latitude === null || longitude === null ? null : { latitude, longitude },
  )
  return {
    channels: codes.map((code, at) => ({ code, visited: visited[at] !== null })),
    ordersOfAll,
    sampled: orders.length === mostChoices,
    choices: orders.flatMap((order) => {
      const chosen = codes.indexOf(order.channel)
      if (chosen < 0) return []
      const home = homes.get(`${order.country} ${order.postal_code}`)
      const of = (at: number) => serviceOf.get(`${codes[at]} ${order.month}`) ?? serviceOf.get(`${codes[at]} `)
      return [
        {
          chosen,
          valueMinor: order.value_minor,
          segments: order.segments,
          offered: codes.map((code) => code === order.channel || (firstOf.get(code) ?? '9999') <= order.day),
          price: basketCosts(baskets.get(order.id) ?? [], order.channel, codes, table),
          km: visited.map((place) =>
            place === null ? 0 : home ? Math.round(greatCircleKm(home, place) * 10) / 10 : null,
          ),
          // What is carried out of a shop is there at once, and nothing had to be promised.
          hours: codes.map((_, at) => of(at)?.hours ?? (visited[at] ? 0 : null)),
          kept: codes.map((_, at) => of(at)?.kept ?? (visited[at] ? 1 : null)),
        },
      ]
    }),
  }
}
