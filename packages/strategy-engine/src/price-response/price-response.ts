import type { Random } from '../numeric/random.ts'
import { requireFinite, Unanswerable } from '../unanswerable.ts'
import { fixedEffectsRegression, pooledRegression, type Regression } from './regression.ts'

export interface PriceObservations {
  /** Units sold, above 0. */
  volume: Float64Array
  /** Above 0, in one currency. */
  price: Float64Array
  /** What else moves sales, as it is: a display, a season. */
  others?: Readonly<Record<string, Float64Array>>
  /** Who sold: shops, retailers, channels. */
  sellers?: readonly string[]
}

export interface PriceResponse {
  /** Over all rows alike: differences between sellers count as if prices made them. */
  pooled: Regression
  /** With an effect of each seller: only a seller's own changes of price count. Null without at least two sellers. */
  fixedEffects: Regression | null
}

/**
 * Price elasticities by regression of ln volume on ln price and other columns, pooled and with an effect of each seller; the first step
 * of P. Boatwright, R. McCulloch, P. Rossi (1999, Account-level modeling for trade promotion, JASA 94:1063–1073). The coefficient
 * `log_price` is by how many percent sales change when the price grows by one percent.
 */
export function priceResponse({ volume, price, others = {}, sellers }: PriceObservations): PriceResponse {
  if (volume.length === 0) throw new Unanswerable('empty')
  const columns = {
    names: [...Object.keys(others), 'log_price'],
    values: [...Object.values(others), logarithms('price', price)],
  }
  const outcome = logarithms('volume', volume)
  const several = sellers !== undefined && new Set(sellers).size > 1
  return {
    pooled: pooledRegression(columns, outcome, several ? sellers : undefined),
    fixedEffects: several ? fixedEffectsRegression(columns, outcome, sellers) : null,
  }
}

function logarithms(name: string, values: Float64Array): Float64Array {
  requireFinite(name, values)
  const bad = values.find((value) => value <= 0)
  if (bad !== undefined) throw new Unanswerable('out_of_range', { name, value: bad })
  return values.map(Math.log)
}

/**
 * The price that earns most against a constant elasticity and a constant cost: cost × e/(e + 1), e below −1 (R. Dorfman, P. Steiner 1954).
 * Throws `no_finite_optimum` for a demand that shrinks slower than its price grows: then the dearer the better, by this model.
 */
export function bestPrice(elasticity: number, unitCost: number): number {
  if (!(elasticity < -1)) throw new Unanswerable('no_finite_optimum', { name: 'price' })
  return (unitCost * elasticity) / (elasticity + 1)
}

/** Weekly sales of invented shops with levels of their own, dearer where demand is high, and an elasticity that is known. */
export function inventPrices(random: Random, shops: number, weeks: number, elasticity: number): PriceObservations {
  const rows = shops * weeks
  const [volume, price, display] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)]
  const sellers = Array.from({ length: rows }, (_, row) => `shop${Math.floor(row / weeks) + 1}`)
  let level = 0
  for (let row = 0; row < rows; row++) {
    if (row % weeks === 0) level = random.normal()
    price[row] = Math.exp(1 + 0.3 * level + 0.15 * random.normal())
    display[row] = random.float()
    volume[row] = Math.exp(6 + level + 0.8 * display[row]! + elasticity * Math.log(price[row]!) + 0.4 * random.normal())
  }
  return { volume, price, others: { display }, sellers }
}
