import type { Random } from '../numeric/random.ts'
import { termPlaces, type Layout, type PlacedChange, type State } from './layout.ts'

/** Room for one draw, used again for the next. */
export interface Workspace {
  state: State
  /** exp(utility) by segment and channel at the prices of the month, as if all knew the channel. */
  weights: Float64Array
  /** What of it counts this month. */
  counted: Float64Array
  /** First choices by segment and channel, and what is added by those who were not served elsewhere. */
  first: Float64Array
  second: Float64Array
  /** By channel. */
  wanted: Float64Array
  added: Float64Array
  share: Float64Array
  shareOfAdded: Float64Array
  orders: Float64Array
  value: Float64Array
  ordersSoFar: Float64Array
  known: Float64Array
  /** Share of all occasions that came to us, by month. */
  ourShare: Float64Array
  /** Outside of our channels, by segment: nothing bought, or bought from a rival. */
  outside: Float64Array
  occasions: number
}

export function createWorkspace({ start, segments, channels, months }: Layout): Workspace {
  const byPair = (): Float64Array => new Float64Array(segments * channels)
  const byChannel = (): Float64Array => new Float64Array(channels)
  return {
    state: structuredClone(start),
    weights: byPair(),
    counted: byPair(),
    first: byPair(),
    second: byPair(),
    wanted: byChannel(),
    added: byChannel(),
    share: byChannel(),
    shareOfAdded: byChannel(),
    orders: byChannel(),
    value: byChannel(),
    ordersSoFar: byChannel(),
    known: byChannel(),
    ourShare: new Float64Array(months),
    outside: new Float64Array(segments),
    occasions: 0,
  }
}

/** Puts the workspace back to the first month of the scenario. */
export function resetWorkspace(work: Workspace, { start }: Layout): void {
  const { state } = work
  state.terms.set(start.terms)
  state.appeal.set(start.appeal)
  state.openedAt.set(start.openedAt)
  state.sensitivity.set(start.sensitivity)
  state.demand.set(start.demand)
  state.answer.set(start.answer)
  state.moveEffect.set(start.moveEffect)
  state.moveCost.set(start.moveCost)
  work.ordersSoFar.fill(0)
}

/** Beyond this a choice is certain; e^±300 can still be added and divided. */
const mostUtility = 300

/** Utility falls with the price over the list price; a closed channel has none. */
export function weighChannel(work: Workspace, { segments, channels, months }: Layout, channel: number): void {
  const { terms, appeal, openedAt, sensitivity } = work.state
  const price = terms[termPlaces.price * channels + channel]! - 1
  for (let segment = 0; segment < segments; segment++) {
    const place = segment * channels + channel
    const utility = appeal[place]! - sensitivity[segment]! * price
    work.weights[place] =
      openedAt[channel] === months ? 0 : Math.exp(Math.max(-mostUtility, Math.min(mostUtility, utility)))
  }
}

/** Makes the changes of a move; `effect` is the part of it that comes true. */
export function applyChange(
  work: Workspace,
  layout: Layout,
  change: PlacedChange,
  month: number,
  effect: number,
): void {
  const { state } = work
  if (change.kind === 'open' && state.openedAt[change.channel] === layout.months) state.openedAt[change.channel] = month
  if (change.kind === 'close') state.openedAt[change.channel] = layout.months
  const values = change.kind === 'appeal' ? state.appeal : state.terms
  for (const place of change.places) {
    const now = values[place]!
    const meant = (change.to ?? now) * change.times + change.by
    // An endless capacity is there or not: there is no part of it.
    const next = Number.isFinite(meant) && Number.isFinite(now) ? now + effect * (meant - now) : meant
    values[place] = change.kind === 'term' ? Math.max(0, next) : next
  }
  weighChannel(work, layout, change.channel)
}

/** Who would buy where: a logit of our channels, the rivals and not buying. */
export function chooseChannels(work: Workspace, layout: Layout, month: number, noise: Random | null): void {
  const { segments, channels, expected, rivals, volatility } = layout
  const { counted, first, weights, wanted, known, state, outside } = work
  knowChannels(work, layout, month)
  const rival = Math.exp(Math.min(mostUtility, state.answer[0]! * rivalsNotice(work, layout, month)))
  wanted.fill(0)
  work.occasions = 0
  for (let segment = 0; segment < segments; segment++) {
    const start = segment * channels
    let total = 1 + rivals[segment]! * rival
    outside[segment] = total
    for (let channel = 0; channel < channels; channel++) {
      const weight = weights[start + channel]! * known[channel]!
      counted[start + channel] = weight
      total += weight
    }
    let occasions = expected[month * segments + segment]! * state.demand[segment]!
    const spread = volatility[segment]!
    // Drawn whether it counts or not, so that scenarios share their chance.
    if (noise !== null) occasions *= Math.exp(spread * noise.normal() - (spread * spread) / 2)
    work.occasions += occasions
    const each = occasions / total
    for (let channel = 0; channel < channels; channel++) {
      const orders = counted[start + channel]! * each
      first[start + channel] = orders
      wanted[channel]! += orders
    }
  }
}

function knowChannels({ known, state }: Workspace, layout: Layout, month: number): void {
  for (let channel = 0; channel < layout.channels; channel++) {
    const opened = state.openedAt[channel]!
    known[channel] = opened < 0 ? 1 : opened > month ? 0 : layout.known[channel * layout.months + month - opened]!
  }
}

/** By how much our share of the market has grown since the first month, as the rivals see it after their delay. */
function rivalsNotice({ ourShare }: Workspace, { company }: Layout, month: number): number {
  const seen = month - 1 - Math.round(company.market.answerDelay)
  return seen < 0 ? 0 : Math.max(0, ourShare[seen]! - ourShare[0]!)
}

/**
 * Who is served: within capacity and what is in stock, in proportion; of those who are not, the patient look once more among the
 * channels that have room, and among the outside.
 */
export function serveOrders(work: Workspace, layout: Layout, month: number): void {
  const { channels, baskets, segments } = layout
  const { first, second, share, shareOfAdded, orders, value } = work
  const allServed = shareServed(work, layout)
  if (!allServed) lookElsewhere(work, layout)
  orders.fill(0)
  value.fill(0)
  let served = 0
  for (let segment = 0; segment < segments; segment++) {
    const basket = baskets[segment]!
    const start = segment * channels
    for (let channel = 0; channel < channels; channel++) {
      const place = start + channel
      const got = allServed ? first[place]! : first[place]! * share[channel]! + second[place]! * shareOfAdded[channel]!
      orders[channel]! += got
      value[channel]! += got * basket
      served += got
    }
  }
  work.ourShare[month] = work.occasions > 0 ? served / work.occasions : 0
}

/** The share of first choices each channel can serve; true where it is all of them. */
function shareServed({ share, wanted, state }: Workspace, { channels }: Layout): boolean {
  let all = true
  for (let channel = 0; channel < channels; channel++) {
    const capacity = state.terms[termPlaces.capacity * channels + channel]!
    const inStock = Math.min(1, state.terms[termPlaces.inStock * channels + channel]!)
    share[channel] = wanted[channel]! > capacity ? (capacity / wanted[channel]!) * inStock : inStock
    all &&= share[channel] === 1
  }
  return all
}

function lookElsewhere(work: Workspace, layout: Layout): void {
  const { channels, segments, company } = layout
  const { first, second, counted, share, shareOfAdded, wanted, added, state, outside } = work
  const capacityFrom = termPlaces.capacity * channels
  added.fill(0)
  for (let segment = 0; segment < segments; segment++) {
    const start = segment * channels
    let unmet = 0
    let total = outside[segment]!
    for (let channel = 0; channel < channels; channel++) {
      unmet += first[start + channel]! * (1 - share[channel]!)
      if (wanted[channel]! < state.terms[capacityFrom + channel]!) total += counted[start + channel]!
    }
    const each = (unmet * company.market.patience) / total
    for (let channel = 0; channel < channels; channel++) {
      const room = wanted[channel]! < state.terms[capacityFrom + channel]!
      const more = room ? counted[start + channel]! * each : 0
      second[start + channel] = more
      added[channel]! += more
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    // What was served may be a rounding error more than the capacity: there is no room then, rather than less than none.
    const room = Math.max(0, state.terms[capacityFrom + channel]! - wanted[channel]! * share[channel]!)
    const inStock = Math.min(1, state.terms[termPlaces.inStock * channels + channel]!)
    shareOfAdded[channel] = (added[channel]! > room ? room / added[channel]! : 1) * inStock
  }
}
