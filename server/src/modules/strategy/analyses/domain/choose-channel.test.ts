import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, test } from 'vitest'
import type { ChannelChoice } from '../../../insights/public.ts'
import type { ChannelChoiceInput } from './analysis-input.ts'
import { chooseChannel } from './choose-channel.ts'

const weights = { price: -6, distance: -0.9, service: 1.5 }
const liking = [0.4, 0.9, 0]
const quiet = () => undefined

/** Orders of a world in which it is known how people choose among a site, a shop and another shop. */
function world(orders: number, { samePrices = false } = {}): ChannelChoiceInput {
  const random = createRandom(7)
  const choices = Array.from({ length: orders }, (_, at): ChannelChoice => {
    const basket = 2_000 + 18_000 * random.float()
    const price = liking.map(() => (samePrices ? basket : basket * (0.9 + 0.2 * random.float())))
    const km = [0, 40 * random.float(), 40 * random.float()]
    const kept = liking.map(() => 0.6 + 0.4 * random.float())
    const utility = liking.map((liked, channel) => {
      const seen =
        weights.price * Math.log(price[channel] ?? 1) +
        weights.distance * Math.log1p(km[channel] ?? 0) +
        weights.service * (kept[channel] ?? 0)
      return liked + seen + random.gumbel()
    })
    return {
      chosen: utility.indexOf(Math.max(...utility)),
      valueMinor: Math.round(basket),
      offered: [true, true, true],
      segments: at % 3 === 0 ? ['s'] : at < 30 ? ['few'] : [],
      price,
      km,
      // Known of nobody: nothing is said of it.
      hours: liking.map(() => null),
      kept,
    }
  })
  return {
    kind: 'channel_choice',
    channels: [
      { code: 'web', visited: false },
      { code: 'nantes', visited: true },
      { code: 'lyon', visited: true },
    ],
    choices,
    sampled: false,
    ordersOfAll: 2 * orders,
    priceChange: 0.1,
    segments: [
      { id: 's', name: 'Un tiers' },
      { id: 'few', name: 'Trop peu' },
    ],
    margins: ['web', 'nantes', 'lyon'].map((channel) => ({ channel, netMinor: 8_000, marginMinor: 2_000 })),
  }
}

test('what people weigh is found within its error, of all and of a segment', () => {
  const { groups } = chooseChannel(world(4_000), quiet)
  for (const group of groups.slice(0, 2)) {
    for (const [name, truth] of Object.entries(weights)) {
      const found = group.coefficients.find((one) => one.name === name)
      expect(Math.abs((found?.value ?? 0) - truth), name).toBeLessThan(3 * (found?.standardError ?? 0))
      expect(found?.pValue).toBeLessThan(0.01)
    }
    expect(group.dropped).toEqual([{ attribute: 'delay', reason: 'unknown' }])
    expect(group.fit).toBeGreaterThan(0.1)
  }
  expect(groups[0]?.orders).toBe(4_000)
  expect(groups[0]?.nest?.dissimilarity).toBeGreaterThan(0.7)
  expect(groups[0]?.nest?.consistent).toBeDefined()
})

test('orders of a channel that is gone go to the others, all of them, and fitted orders are those that were', () => {
  const [group] = chooseChannel(world(2_000), quiet).groups
  for (const { channel, orders, fitted } of group?.channels ?? []) {
    // With a constant for each, a logit gives every channel what it had.
    expect(fitted).toBeCloseTo(orders, 3)
    const lost = group?.diversion.filter(({ from }) => from === channel) ?? []
    expect(lost.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    // Twice as many orders as were looked at.
    expect(lost.reduce((sum, one) => sum + one.orders, 0)).toBeCloseTo(2 * orders, 6)
    for (const { standardError } of lost) expect(standardError).toBeGreaterThan(0)
  }
})

test('a dearer channel loses orders to the others, none is lost in all, and the margin follows by hand', () => {
  const [group] = chooseChannel(world(2_000), quiet).groups
  const web = group?.tests?.find(({ channel }) => channel === 'web')
  if (!web) throw new Error('no test of the site')
  expect(web.ordersAfter).toBeLessThan(0.95 * web.ordersBefore)
  const moved = web.moves.reduce((sum, { orders }) => sum + orders, 0)
  expect(moved).toBeCloseTo(web.ordersBefore - web.ordersAfter, 6)
  // Margins are alike: all that changes is what those who stay pay more.
  expect(web.marginChange).toBeCloseTo(0.1 * 8_000 * web.ordersAfter, 3)
})

test('the same prices everywhere tell nothing of prices; few orders of a segment, and none at all, say why', () => {
  const { groups } = chooseChannel(world(1_000, { samePrices: true }), quiet)
  expect(groups[0]?.dropped).toContainEqual({ attribute: 'price', reason: 'same' })
  expect(groups[0]?.tests).toBeNull()
  expect(groups[2]).toMatchObject({ name: 'Trop peu', problem: 'few_orders', coefficients: [] })
  const none = { ...world(0), segments: [] }
  expect(() => chooseChannel(none, quiet)).toThrow(expect.objectContaining({ reason: 'too_few' }) as Error)
  const lone = world(200)
  const one = { ...lone, choices: lone.choices.map((choice) => ({ ...choice, chosen: 0 })) }
  expect(() => chooseChannel(one, quiet)).toThrow(expect.objectContaining({ reason: 'one_alternative' }) as Error)
})

test('own and cross elasticities are those of a small change of the price', () => {
  const input = { ...world(1_000), priceChange: 1e-5, segments: [] }
  const [group] = chooseChannel(input, quiet).groups
  for (const one of group?.tests ?? []) {
    const changed = [{ channel: one.channel, change: one.ordersAfter - one.ordersBefore, before: one.ordersBefore }]
    for (const { channel, orders } of one.moves) {
      const before = group?.tests?.find((each) => each.channel === channel)?.ordersBefore ?? 0
      changed.push({ channel, change: orders, before })
    }
    for (const { channel, change, before } of changed) {
      const told = group?.elasticities?.find(({ of, on }) => of === one.channel && on === channel)?.value
      expect(told, `${one.channel} on ${channel}`).toBeCloseTo(change / before / 1e-5, 2)
    }
  }
  expect(group?.elasticities).toHaveLength(9)
})

test('a channel is chosen among those that were open: what opened late is no less liked for it', () => {
  const whole = world(3_000)
  const early = whole.choices.map((choice, at) =>
    at < 1_500 && choice.chosen !== 2 ? { ...choice, offered: [true, true, false] } : choice,
  )
  const kept = early.filter(({ chosen }, at) => at >= 1_500 || chosen !== 2)
  const preferenceOf = (choices: ChannelChoice[]) =>
    chooseChannel({ ...whole, choices, segments: [] }, quiet).groups[0]?.coefficients.find(
      ({ name }) => name === 'asc_lyon',
    )
  const late = preferenceOf(kept)
  expect(Math.abs((late?.value ?? 0) - (liking[2] ?? 0) + (liking[0] ?? 0))).toBeLessThan(
    3 * (late?.standardError ?? 0),
  )
  const blind = preferenceOf(kept.map((choice) => ({ ...choice, offered: [true, true, true] })))
  expect((late?.value ?? 0) - (blind?.value ?? 0)).toBeGreaterThan(0.3)
})
