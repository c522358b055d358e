import { createRandom, type Random } from '../numeric/random.ts'
import { requireRange } from '../unanswerable.ts'
import { quantileOf } from './distribution.ts'
import { termPlaces, type Layout } from './layout.ts'
import {
  applyChange,
  chooseChannels,
  createWorkspace,
  resetWorkspace,
  serveOrders,
  weighChannel,
  type Workspace,
} from './month.ts'

/** Draws simulated together. Sums are taken within a chunk and then over chunks in order, so who works on which changes no bit. */
export const drawsPerChunk = 250

/** What is added up by channel and month. */
export const measures = ['orders', 'revenue', 'profit', 'cash'] as const
export type Measure = (typeof measures)[number]

/** The outcome of some draws in a row. */
export interface Chunk {
  from: number
  /** Present value of all cash, by draw. */
  presentValues: Float64Array
  /** `cash[draw · months + month]`; what comes in after the last month is in the present value only. */
  cash: Float64Array
  /** Turnover of all channels: `revenue[draw · months + month]`. */
  revenue: Float64Array
  /** `sums[(measure · months + month) · channels + channel]`, over the draws. */
  sums: Float64Array
  /** What moves cost, by month, over the draws. */
  moveCosts: Float64Array
  /** `drawn[draw · uncertain + figure]`. */
  drawn: Float64Array
}

/** Where the cash of one draw goes to. */
interface Books {
  cash: Float64Array
  revenue: Float64Array
  sums: Float64Array
  moveCosts: Float64Array
}

/** How many chunks so many draws take. */
export const chunkCount = (draws: number): number => Math.ceil(draws / drawsPerChunk)

/** Simulates one chunk. The same seed and chunk give the same bytes, on any machine and in any order. */
export function simulateChunk(layout: Layout, seed: number, draws: number, chunk: number): Chunk {
  requireRange('draws', draws, 1, 1e7)
  requireRange('chunk', chunk, 0, chunkCount(draws) - 1)
  const { months, channels, uncertain } = layout
  const from = chunk * drawsPerChunk
  const count = Math.min(draws, from + drawsPerChunk) - from
  const work = createWorkspace(layout)
  const result: Chunk = {
    from,
    presentValues: new Float64Array(count),
    cash: new Float64Array(count * months),
    revenue: new Float64Array(count * months),
    sums: new Float64Array(measures.length * months * channels),
    moveCosts: new Float64Array(months),
    drawn: new Float64Array(count * uncertain.length),
  }
  const { sums, moveCosts } = result
  const books: Books = { cash: new Float64Array(months + 25), revenue: new Float64Array(months), sums, moveCosts }
  for (let draw = 0; draw < count; draw++) {
    const number = from + draw
    const drawn = result.drawn.subarray(draw * uncertain.length, (draw + 1) * uncertain.length)
    uncertain.forEach(({ key, distribution }, at) => {
      drawn[at] = quantileOf(distribution, chanceOf(seed, key, number))
    })
    result.presentValues[draw] = simulateDraw(layout, work, drawn, createRandom(seed).stream(number), books)
    result.cash.set(books.cash.subarray(0, months), draw * months)
    result.revenue.set(books.revenue, draw * months)
  }
  return result
}

/**
 * The chance of a figure in a draw, strictly between 0 and 1: seed, name and number stirred until nothing of their order is left (the
 * finaliser of A. Appleby’s MurmurHash3, twice).
 */
function chanceOf(seed: number, key: number, draw: number): number {
  const high = stir(stir(stir(seed >>> 0) ^ stir(Math.floor(seed / 4_294_967_296) ^ key)) ^ draw)
  const low = stir(high ^ key ^ 0x9e3779b9)
  return ((high >>> 6) * 134_217_728 + (low >>> 5) + 0.5) / 9_007_199_254_740_992
}

function stir(word: number): number {
  let mixed = word | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** One future: with these values of the uncertain figures, and with or without the noise of months. Answers its present value. */
export function simulateDraw(
  layout: Layout,
  work: Workspace,
  drawn: ArrayLike<number>,
  noise: Random | null,
  books: Books = emptyBooks(layout),
): number {
  resetWorkspace(work, layout)
  applyDrawn(work, layout, drawn)
  for (let channel = 0; channel < layout.channels; channel++) weighChannel(work, layout, channel)
  books.cash.fill(0)
  books.revenue.fill(0)
  let next = 0
  let monthlyCost = 0
  for (let month = 0; month < layout.months; month++) {
    let costs = 0
    for (; next < layout.moves.length && layout.moves[next]!.month === month; next++) {
      const move = layout.moves[next]!
      const factor = work.state.moveCost[next]!
      costs += move.investment * factor
      monthlyCost += move.monthlyCost * factor
      for (const change of move.changes) applyChange(work, layout, change, month, work.state.moveEffect[next]!)
    }
    chooseChannels(work, layout, month, noise)
    serveOrders(work, layout, month)
    keepBooks(work, layout, month, costs + monthlyCost, books)
  }
  let presentValue = 0
  for (let month = 0; month < books.cash.length; month++) presentValue += books.cash[month]! * layout.discount[month]!
  return presentValue
}

const emptyBooks = ({ months, channels }: Layout): Books => ({
  cash: new Float64Array(months + 25),
  revenue: new Float64Array(months),
  sums: new Float64Array(measures.length * months * channels),
  moveCosts: new Float64Array(months),
})

/** What cannot be below nothing is kept there, however far out a draw lies. */
function applyDrawn(work: Workspace, layout: Layout, drawn: ArrayLike<number>): void {
  layout.uncertain.forEach(({ targets }, at) => {
    for (const { field, places, adds } of targets) {
      const values = work.state[field]
      const free = adds || field === 'moveEffect' || field === 'moveCost'
      for (const place of places) {
        const value = adds ? values[place]! + drawn[at]! : values[place]! * drawn[at]!
        // Nothing times an endless capacity is nothing.
        values[place] = Number.isNaN(value) ? 0 : free ? value : Math.max(0, value)
      }
    }
  })
}

/** Turnover less commission, goods, handling that practice makes cheaper, and fixed cost while open. */
function keepBooks(work: Workspace, layout: Layout, month: number, moveCosts: number, books: Books): void {
  const { channels, months, company, practice, cashDelay } = layout
  const { terms, openedAt } = work.state
  const { cash, sums } = books
  const size = months * channels
  books.moveCosts[month]! += moveCosts
  cash[month]! -= moveCosts
  for (let channel = 0; channel < channels; channel++) {
    if (openedAt[channel]! > month) continue
    const orders = work.orders[channel]!
    const value = work.value[channel]!
    const before = company.channels[channel]!.ordersBefore
    const doublings =
      practice[channel] === 0 ? 1 : ((before + work.ordersSoFar[channel]!) / before) ** practice[channel]!
    work.ordersSoFar[channel]! += orders
    const revenue = value * terms[termPlaces.price * channels + channel]!
    const received = revenue * (1 - Math.min(1, terms[termPlaces.commission * channels + channel]!))
    const costs =
      value * terms[termPlaces.goodsCost * channels + channel]! +
      orders * terms[termPlaces.orderCost * channels + channel]! * doublings +
      terms[termPlaces.fixedCost * channels + channel]!
    const place = month * channels + channel
    sums[place]! += orders
    sums[size + place]! += revenue
    books.revenue[month]! += revenue
    sums[2 * size + place]! += received - costs
    sums[3 * size + place]! -= costs
    const paid = month + cashDelay[channel]!
    if (paid < months) sums[3 * size + paid * channels + channel]! += received
    cash[month]! -= costs
    cash[paid]! += received
  }
}
