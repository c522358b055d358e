import type { IntegerProgramme, SolveProgramme } from '../numeric/integer-programme.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'
import { catchments, type HuffOptions } from './catchments.ts'
import { requireRegion, type Outlet, type Region } from './region.ts'

/** How many outlets a brand has, and which. */
export type DistributionPolicy =
  /** Wherever people buy: every eligible outlet. */
  | 'intensive'
  /** A chosen number of them. */
  | 'selective'
  /** One for each area: no two nearer to each other than a distance. */
  | 'exclusive'

export interface OutletNetwork {
  /** Places of the chosen outlets in the region. */
  chosen: number[]
  /** Share of the demand that has an outlet within reach. */
  coverage: number
  /** Outlets within reach of somebody who has one, on average by demand: above 1, outlets compete for the same people, and prices slip. */
  overlap: number
  /** Purchases a year of all outlets and of one, by their catchments. */
  sales: number
  salesPerOutlet: number
  /** Mean image by sales, between 0 and 1. */
  image: number
  cost: number
}

/** What outlets do together. */
export function networkOf(
  region: Region,
  chosen: readonly number[],
  reach: number,
  huff: HuffOptions = {},
): OutletNetwork {
  const { zones, outlets, distances } = region
  const open = outlets.map((_, at) => chosen.includes(at))
  const { sales } = catchments(region, huff, open)
  const total = zones.reduce((sum, { demand }) => sum + demand, 0)
  let covered = 0
  let near = 0
  zones.forEach(({ demand }, zone) => {
    const within = chosen.filter((outlet) => distances[zone * outlets.length + outlet]! <= reach).length
    if (within > 0) covered += demand
    near += demand * within
  })
  const sold = sales.reduce((sum, one) => sum + one, 0)
  return {
    chosen: [...chosen],
    coverage: total > 0 ? covered / total : 0,
    overlap: covered > 0 ? near / covered : 0,
    sales: sold,
    salesPerOutlet: chosen.length > 0 ? sold / chosen.length : 0,
    image: sold > 0 ? outlets.reduce((sum, { image }, at) => sum + image * sales[at]!, 0) / sold : 0,
    cost: chosen.reduce((sum, at) => sum + outlets[at]!.cost, 0),
  }
}

export interface OutletChoice {
  policy: DistributionPolicy
  /** How far people go: `coverage` counts who has an outlet within it. */
  reach: number
  /** Selective: the most outlets. */
  most?: number
  /** Exclusive: how far apart two outlets are at least, and the distance between each two, outlet by outlet. */
  apart?: { distance: number; between: Float64Array }
  /** The most that supporting them may cost. */
  budget?: number
  /** Places of outlets that may be taken; all unless said (`eligibility`). */
  eligible?: readonly number[]
}

/**
 * The outlets that give most people one within reach: the maximal covering location problem (R. Church, C. ReVelle, Papers of the
 * Regional Science Association 32, 1974), with a budget, a number, or a distance to keep. Intensive distribution takes every eligible
 * outlet that the budget allows, those that cover most first; the others take no outlet that covers nobody new. Of networks that cover as many
 * people, the one whose outlets have the better image. Throws `Unanswerable`: those of the region, and `empty` when no outlet is eligible.
 */
export function chooseOutlets(
  region: Region,
  choice: OutletChoice,
  solve: SolveProgramme,
  huff: HuffOptions = {},
): OutletNetwork {
  requireRegion(region)
  requireRange('reach', choice.reach, 0, 1e9)
  const eligible = choice.eligible ?? region.outlets.map((_, at) => at)
  if (eligible.length === 0) throw new Unanswerable('empty')
  for (const at of eligible) requireRange('outlet', at, 0, region.outlets.length - 1)
  const values = solve(coverProgramme(region, choice, eligible))
  // Choosing none keeps every row.
  const chosen = eligible.filter((_, at) => values !== null && values[at]! > 0.5)
  return networkOf(region, chosen, choice.reach, huff)
}

/** First whether each eligible outlet is taken, then whether each zone has one within reach. */
function coverProgramme(region: Region, choice: OutletChoice, eligible: readonly number[]): IntegerProgramme {
  const { zones, outlets, distances } = region
  const total = zones.reduce((sum, { demand }) => sum + demand, 0) || 1
  // Coverage decides. Beside it, intensive distribution takes one outlet more for its own sake, the others one less; image tells like from like.
  const little = total / (1e4 * eligible.length)
  const worth = ({ image }: Outlet) => little * (choice.policy === 'intensive' ? 1 + image : image / 2 - 1)
  const taken = eligible.map((at) => ({ gain: worth(outlets[at]!), most: 1, whole: true }))
  const covered = zones.map(({ demand }) => ({ gain: demand, most: 1, whole: false }))
  const cover = zones.map((_, zone) => ({
    terms: [
      { at: eligible.length + zone, times: 1 },
      ...eligible.flatMap((outlet, at) =>
        distances[zone * outlets.length + outlet]! <= choice.reach ? [{ at, times: -1 }] : [],
      ),
    ],
    least: -Infinity,
    most: 0,
  }))
  const all = (times: (at: number) => number) => eligible.map((outlet, at) => ({ at, times: times(outlet) }))
  const limits = [
    ...(choice.policy === 'selective' ? [{ terms: all(() => 1), least: 0, most: mostOf(choice) }] : []),
    ...(choice.budget === undefined
      ? []
      : [{ terms: all((at) => outlets[at]!.cost), least: 0, most: checked('budget', choice.budget) }]),
  ]
  return {
    variables: [...taken, ...covered],
    rows: [...cover, ...limits, ...(choice.policy === 'exclusive' ? tooNear(choice, eligible, outlets.length) : [])],
  }
}

function mostOf({ most }: OutletChoice): number {
  if (most === undefined) throw new Unanswerable('unknown_name', { name: 'most' })
  return checked('most', most)
}

function checked(name: string, value: number): number {
  requireRange(name, value, 0, 1e15)
  return value
}

/** Two outlets that are too near to each other are not both taken. */
function tooNear(
  { apart }: OutletChoice,
  eligible: readonly number[],
  count: number,
): IntegerProgramme['rows'][number][] {
  if (apart === undefined) throw new Unanswerable('unknown_name', { name: 'apart' })
  requireRange('apart', apart.distance, 0, 1e9)
  if (apart.between.length !== count * count)
    throw new Unanswerable('mismatch', { first: apart.between.length, second: count * count })
  return eligible.flatMap((one, first) =>
    eligible.flatMap((other, second) =>
      second > first && apart.between[one * count + other]! < apart.distance
        ? [
            {
              terms: [
                { at: first, times: 1 },
                { at: second, times: 1 },
              ],
              least: 0,
              most: 1,
            },
          ]
        : [],
    ),
  )
}
