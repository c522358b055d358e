import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { endChange, payChange } from './changing.ts'
import { atOnce, onceOnly, pick, someFulfillment, type Theme, type World } from './world.ts'

/** A dearer article is offered in the place of one that is missing: its buyer is asked for the difference. Two clerks may ask at once. */
async function askForDearer(world: World): Promise<void> {
  const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'pickup')
  const line = found?.lines[world.rng.below(found.lines.length)]
  const order = world.orders.find(({ orderId }) => orderId === found?.orderId)
  if (!found || !line || !order) return
  const { orderId, accessToken: token } = order
  const ask = async () => {
    const { changeId } = await world.staff(endpoints.substituteLine, {
      params: { fulfillmentId: found.id },
      body: {
        lineId: line.lineId,
        quantity: 1 + world.rng.below(line.quantity),
        reason: 'not_found',
        // The last costs the most.
        variantId: pick(world, world.shop.variantIds.slice(-2)),
        askToPay: true,
      },
    })
    if (changeId) world.changes.push({ orderId, changeId, token, paymentId: null })
  }
  await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
}

/** Another article stands in for one that is missing from a pick-up, or its money does. Two clerks look for it. */
async function substitute(world: World): Promise<void> {
  const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'pickup')
  const line = found?.lines[world.rng.below(found.lines.length)]
  if (!found || !line) return
  const ask = () =>
    world.staff(endpoints.substituteLine, {
      params: { fulfillmentId: found.id },
      body: {
        lineId: line.lineId,
        quantity: 1 + world.rng.below(line.quantity),
        reason: pick(world, ['not_found', 'damaged']),
        variantId: pick(world, [null, ...world.shop.variantIds]),
        agreed: world.rng.below(3) > 0,
      },
    })
  await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
}

async function openRound(world: World): Promise<void> {
  const siteId = world.shop.sites[pick(world, ['lyon', 'entrepot'])]
  const { items } = await world.staff(endpoints.listFulfillments, { query: { siteId, state: 'to_prepare', limit: 4 } })
  if (items.length === 0) return
  const body = { fulfillmentIds: items.map(({ id }) => id) }
  for (const { id } of await atOnce([
    world.staff(endpoints.openPickingRound, { body }),
    world.staff(endpoints.openPickingRound, { body }),
  ]))
    world.rounds.push(id)
}

/** Several orders picked in one walk, and other articles in the place of those that are missing. */
export const picking: Theme = {
  acts: [
    { name: 'let another article stand in', perform: substitute },
    { name: 'ask for a dearer article', perform: askForDearer },
    { name: 'ask for a dearer article', perform: askForDearer },
    { name: 'pay a dearer article', perform: payChange },
    { name: 'answer for a dearer article', perform: endChange },
    { name: 'let another article stand in', perform: substitute },
    {
      name: 'take back what stands in',
      async perform(world) {
        const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'pickup')
        const line = found?.lines[world.rng.below(found.lines.length)]
        if (!found || !line) return
        const params = { fulfillmentId: found.id, lineId: line.lineId }
        const ask = () => world.staff(endpoints.refuseSubstitute, { params })
        await onceOnly(world, ask, 'one article was refunded twice')
      },
    },
    { name: 'begin a round', perform: openRound },
    {
      name: 'pick in a round',
      async perform(world) {
        if (world.rounds.length === 0) return
        const params = { roundId: pick(world, world.rounds) }
        const code = `SKU-${world.rng.below(4)}`
        const scan = () => world.staff(endpoints.scanPick, { params, body: { code } })
        await atOnce([scan(), scan()])
      },
    },
    {
      name: 'end a round',
      async perform(world) {
        if (world.rounds.length > 0)
          await world.staff(endpoints.finishPickingRound, { params: { roundId: pick(world, world.rounds) } })
      },
    },
  ],
}
