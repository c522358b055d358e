import {
  outletLimits,
  type OutletComparison,
  type OutletNetworkView,
  type OutletPolicy,
} from '@ecluse/contracts/outlets.ts'
import { catchments, type HuffOptions } from '@ecluse/strategy-engine/outlets/catchments.ts'
import {
  chooseOutlets,
  networkOf,
  type OutletChoice,
  type OutletNetwork,
} from '@ecluse/strategy-engine/outlets/choose-outlets.ts'
import type { Region } from '@ecluse/strategy-engine/outlets/region.ts'
import type { SolveProgramme } from '@ecluse/strategy-engine/numeric/integer-programme.ts'
import { requireRange } from '@ecluse/strategy-engine/unanswerable.ts'

/** A region, and between which networks to choose. */
export type PoliciesQuestion = {
  region: Region
  /** Of each outlet, the share of its prices at the recommended one. */
  priceDiscipline: readonly number[]
  /** Who keeps the criteria: selective and exclusive distribution take nobody else. */
  admitted: readonly number[]
  reach: number
  most: number
  apart: number
  /** Between each two outlets, row by row. */
  between: Float64Array
  budget: number | null
  huff: HuffOptions
}

export type PoliciesCompared = Pick<OutletComparison, 'networks' | 'curve'>

/** The best network of each policy, and what one outlet more brings to a selective one. @throws Unanswerable */
export function comparePolicies(question: PoliciesQuestion, solve: SolveProgramme): PoliciesCompared {
  requireRange('apart', question.apart, 0, 1e9)
  const { admitted } = question
  const choose = (choice: Partial<OutletChoice> & { policy: OutletPolicy }) => bestOf(question, choice, solve)
  return {
    networks: [
      networkView(question, 'intensive', choose({ policy: 'intensive' })),
      networkView(question, 'selective', choose({ policy: 'selective', most: question.most, eligible: admitted })),
      networkView(
        question,
        'exclusive',
        choose({
          policy: 'exclusive',
          eligible: admitted,
          apart: { distance: question.apart, between: question.between },
        }),
      ),
    ],
    curve: curveOf(question, (most) => choose({ policy: 'selective', most, eligible: admitted })),
  }
}

/** Where nobody is admitted there is no network, which is an answer too. */
function bestOf(
  { region, reach, budget, huff }: PoliciesQuestion,
  choice: Partial<OutletChoice> & { policy: OutletPolicy },
  solve: SolveProgramme,
): OutletNetwork {
  if (choice.eligible?.length === 0) return networkOf(region, [], reach, huff)
  return chooseOutlets(region, { ...choice, reach, ...(budget === null ? {} : { budget }) }, solve, huff)
}

/** From no outlet up to where one more is taken no longer. */
function curveOf(question: PoliciesQuestion, choose: (most: number) => OutletNetwork): PoliciesCompared['curve'] {
  const curve: PoliciesCompared['curve'] = []
  for (let most = 0; most <= Math.min(outletLimits.curve, question.admitted.length); most++) {
    const { chosen, coverage, sales, cost } = choose(most)
    if (most > 0 && chosen.length < most) break
    curve.push({ most, count: chosen.length, coverage, sales, cost })
  }
  return curve
}

function networkView(
  question: PoliciesQuestion,
  policy: OutletPolicy,
  { chosen, cost, coverage, overlap, image }: OutletNetwork,
): OutletNetworkView {
  const { region, priceDiscipline, huff } = question
  const open = region.outlets.map((_, at) => chosen.includes(at))
  const { shares, sales, lost } = catchments(region, huff, open)
  const total = region.zones.reduce((sum, { demand }) => sum + demand, 0)
  const sold = sales.reduce((sum, one) => sum + one, 0)
  const weighted = priceDiscipline.reduce((sum, one, at) => sum + one * (sales[at] ?? 0), 0)
  return {
    policy,
    count: chosen.length,
    coverage,
    overlap,
    sales: sold,
    salesPerOutlet: chosen.length > 0 ? sold / chosen.length : 0,
    lost,
    image: image * 10,
    priceDiscipline: sold > 0 ? weighted / sold : 0,
    cost,
    outlets: chosen.map((at) => ({
      outlet: region.outlets[at]?.name ?? '',
      sales: sales[at] ?? 0,
      share: total > 0 ? (sales[at] ?? 0) / total : 0,
      ...territoryOf(question, at, chosen, total),
    })),
    areas: region.zones.map((_, zone) => likeliest(shares, zone, region.outlets.length)),
  }
}

/** What lies within reach of an outlet, and how much of it another one reaches as well. */
function territoryOf({ region, reach }: PoliciesQuestion, at: number, chosen: readonly number[], total: number) {
  const { zones, outlets, distances } = region
  let within = 0
  let contested = 0
  zones.forEach(({ demand }, zone) => {
    const reaches = (outlet: number): boolean => (distances[zone * outlets.length + outlet] ?? Infinity) <= reach
    if (!reaches(at)) return
    within += demand
    if (chosen.some((other) => other !== at && reaches(other))) contested += demand
  })
  return { within: total > 0 ? within / total : 0, contested: within > 0 ? contested / within : 0 }
}

function likeliest(shares: Float64Array, zone: number, count: number): OutletNetworkView['areas'][number] {
  let best: OutletNetworkView['areas'][number] = { outlet: null, share: 0 }
  for (let outlet = 0; outlet < count; outlet++) {
    const share = shares[zone * count + outlet] ?? 0
    if (share > best.share) best = { outlet, share }
  }
  return best
}
