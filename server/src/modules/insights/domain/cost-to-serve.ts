import { allocate, divideHalfUp } from '../../../kernel/money.ts'

/** What a channel costs on a day, in minor units; shares in basis points (100 is 1 %). */
export type CostModel = {
  readonly perOrderMinor: bigint
  readonly perLineMinor: bigint
  readonly perUnitMinor: bigint
  readonly perParcelMinor: bigint
  readonly perContactMinor: bigint
  readonly perCardPaymentMinor: bigint
  readonly cardBasisPoints: number
  readonly commissionBasisPoints: number
  /** What goods are taken to cost, as a share of their price without VAT, where nobody entered what they were bought for. */
  readonly goodsBasisPoints: number
}

/** A line of an order as it stands: units and their price without VAT, and what one was bought for, if that is known. */
export type ServedLine = {
  readonly lineId: string
  readonly units: number
  readonly netMinor: bigint
  readonly unitCostMinor: bigint | null
}

/** An order as it drives costs: its lines, and what was counted of it in the log. */
export type ServedOrder = {
  readonly lines: readonly ServedLine[]
  readonly parcels: number
  /** Times the customer was met: the order itself, each collection, each return. */
  readonly contacts: number
  /** What messages about it cost, as the log says. */
  readonly messagesMinor: bigint
  readonly cardPayments: number
  readonly cardPaidMinor: bigint
}

export const costTerms = ['goods', 'payment', 'picking', 'parcel', 'commission', 'contacts'] as const
export type CostTerm = (typeof costTerms)[number]

/** Where a figure comes from: a purchase price, the share assumed instead, or the channel's prices times what the log counted. */
export type CostSource = 'purchase_price' | 'assumed_share' | 'channel_costs'

/** One term of a line's cost: the amount, the words of its formula are found by `term` and `source`, filled with `inputs`. */
export type ExplainedTerm = {
  readonly term: CostTerm
  readonly amountMinor: bigint
  readonly source: CostSource
  /** What the formula was computed from: counts, amounts in minor units, shares in basis points. */
  readonly inputs: Readonly<Record<string, number>>
}

export type CostOfLine = {
  readonly lineId: string
  readonly totalMinor: bigint
  readonly terms: readonly ExplainedTerm[]
}

/**
 * What it costs to serve each line of an order, and why: the one function every figure of margin uses.
 *
 * Activity-based costing in its time-driven form: each activity has a price per driver, which the channel's cost model states, and
 * the drivers are counted in the log (R. S. Kaplan and S. R. Anderson, "Time-Driven Activity-Based Costing", Harvard Business
 * Review 82(11), 2004; the cost to serve of customers and channels: R. S. Kaplan and V. G. Narayanan, 2001). What is caused by the
 * order as a whole (card fees, handling, parcels, contacts) is shared by the lines' price without VAT, to the cent by largest
 * remainder; lines that are worth nothing share by units. Lines of no units cost nothing.
 *
 * @returns one cost per line, in order; the terms of a line add up to its total, and those of all lines to the order's
 */
export function costToServe(order: ServedOrder, model: CostModel): CostOfLine[] {
  const shares = sharesOf(order.lines)
  const payment = cardFees(order, model)
  const handling = shared(model.perOrderMinor, shares)
  const fees = shared(payment, shares)
  const parcels = shared(model.perParcelMinor * BigInt(order.parcels), shares)
  const contacts = shared(model.perContactMinor * BigInt(order.contacts) + order.messagesMinor, shares)
  return order.lines.map((line, index) => {
    const part = (parts: readonly bigint[]): bigint => parts[index] ?? 0n
    const share = { lineNetMinor: Number(line.netMinor), orderNetMinor: netOf(order.lines) }
    const ofChannel = (
      term: CostTerm,
      amountMinor: bigint,
      inputs: Readonly<Record<string, number>>,
    ): ExplainedTerm => ({ term, amountMinor, source: 'channel_costs', inputs })
    const terms = [
      goodsOf(line, model),
      ofChannel('payment', part(fees), {
        payments: order.cardPayments,
        perPaymentMinor: Number(model.perCardPaymentMinor),
        paidMinor: Number(order.cardPaidMinor),
        basisPoints: model.cardBasisPoints,
        ...share,
      }),
      pickingOf(line, model, part(handling), share),
      ofChannel('parcel', part(parcels), {
        parcels: order.parcels,
        perParcelMinor: Number(model.perParcelMinor),
        ...share,
      }),
      ofChannel('commission', ofBasisPoints(line.netMinor, model.commissionBasisPoints), {
        netMinor: Number(line.netMinor),
        basisPoints: model.commissionBasisPoints,
      }),
      ofChannel('contacts', part(contacts), {
        contacts: order.contacts,
        perContactMinor: Number(model.perContactMinor),
        messagesMinor: Number(order.messagesMinor),
        ...share,
      }),
    ]
    const totalMinor = terms.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    return { lineId: line.lineId, totalMinor, terms }
  })
}

/** Card fees of a whole order: so much for each payment, and a share of what was paid, VAT included. */
function cardFees({ cardPayments, cardPaidMinor }: ServedOrder, model: CostModel): bigint {
  return model.perCardPaymentMinor * BigInt(cardPayments) + ofBasisPoints(cardPaidMinor, model.cardBasisPoints)
}

function goodsOf({ units, netMinor, unitCostMinor }: ServedLine, model: CostModel): ExplainedTerm {
  if (unitCostMinor !== null)
    return {
      term: 'goods',
      amountMinor: unitCostMinor * BigInt(units),
      source: 'purchase_price',
      inputs: { units, unitCostMinor: Number(unitCostMinor) },
    }
  return {
    term: 'goods',
    amountMinor: units > 0 ? ofBasisPoints(netMinor, model.goodsBasisPoints) : 0n,
    source: 'assumed_share',
    inputs: { netMinor: Number(netMinor), basisPoints: model.goodsBasisPoints },
  }
}

function pickingOf(
  { units }: ServedLine,
  model: CostModel,
  handlingMinor: bigint,
  share: Readonly<Record<string, number>>,
): ExplainedTerm {
  const own = units > 0 ? model.perLineMinor + model.perUnitMinor * BigInt(units) : 0n
  return {
    term: 'picking',
    amountMinor: handlingMinor + own,
    source: 'channel_costs',
    inputs: {
      perOrderMinor: Number(model.perOrderMinor),
      perLineMinor: Number(model.perLineMinor),
      units,
      perUnitMinor: Number(model.perUnitMinor),
      ...share,
    },
  }
}

function netOf(lines: readonly ServedLine[]): number {
  return Number(lines.reduce((sum, { netMinor }) => sum + netMinor, 0n))
}

/** By what the lines bear what is the whole order's: their price, or their units where all are free. Null where nothing is left. */
function sharesOf(lines: readonly ServedLine[]): readonly bigint[] | null {
  const byPrice = lines.map(({ units, netMinor }) => (units > 0 && netMinor > 0n ? netMinor : 0n))
  if (byPrice.some((weight) => weight > 0n)) return byPrice
  const byUnits = lines.map(({ units }) => BigInt(units))
  return byUnits.some((weight) => weight > 0n) ? byUnits : null
}

function shared(amountMinor: bigint, shares: readonly bigint[] | null): readonly bigint[] {
  return shares === null ? [] : allocate(amountMinor, shares)
}

function ofBasisPoints(amountMinor: bigint, basisPoints: number): bigint {
  return divideHalfUp(amountMinor * BigInt(basisPoints), 10_000n)
}
