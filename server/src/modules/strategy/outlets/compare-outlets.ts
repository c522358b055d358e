import type { OutletComparison, OutletQuestion } from '@ecluse/contracts/outlets.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { measureAreas, placeAreas, type Placed } from '../../insights/public.ts'
import { answerable, unanswerable } from '../answerable.ts'
import { askEngine } from '../ask-engine.ts'
import type { PoliciesQuestion } from './domain/compare-policies.ts'
import { judgeCandidates } from './domain/judge-candidates.ts'

/**
 * Three policies of distribution side by side, solved in a thread of its own.
 * @throws strategy.outlets_unplaced, strategy.areas_unplaced, strategy.unanswerable
 */
export async function compareOutlets(ctx: Ctx, body: OutletQuestion): Promise<OutletComparison> {
  const judged = answerable(ctx.locale, () => judgeCandidates(body))
  const outlets = await placedOutlets(ctx, body)
  const found = await placeAreas(ctx.db, body.areas)
  const areas = body.areas.flatMap((area, at) => {
    const place = found[at]
    return place ? [{ ...area, place }] : []
  })
  const left = body.areas.filter((_, at) => !found[at])
  if (areas.length === 0) throw refuse('strategy.areas_unplaced')
  const question = questionOf(body, areas, outlets, judged)
  const [answer] = await askEngine([{ kind: 'outlets', question }])
  if (answer && 'unanswerable' in answer) throw unanswerable(ctx.locale, answer.unanswerable)
  if (answer?.answer.kind !== 'outlets') throw new Error('the engine answered something else')
  return {
    judged,
    networks: answer.answer.networks,
    curve: answer.answer.curve,
    areas: areas.map(({ name, postalCode, spend, place }) => ({ name, postalCode, spend, ...place })),
    outlets: body.outlets.flatMap(({ name, open }, at) => {
      const place = outlets[at]
      return place ? [{ name, open, ...place }] : []
    }),
    unplaced: { areas: left.length, spend: left.reduce((sum, { spend }) => sum + spend, 0) },
  }
}

/** Every outlet has a place, or those without are named. */
async function placedOutlets(ctx: Ctx, body: OutletQuestion): Promise<Placed[]> {
  const places = await placeAreas(ctx.db, body.outlets)
  const nowhere = body.outlets.filter((_, at) => !places[at])
  if (nowhere.length > 0) {
    const names = nowhere.map(({ name, country, postalCode }) => `${name} (${country} ${postalCode})`).join(', ')
    throw refuse('strategy.outlets_unplaced', { names })
  }
  return places.flatMap((place) => (place ? [place] : []))
}

function questionOf(
  body: OutletQuestion,
  areas: readonly { country: string; postalCode: string; spend: number; place: Placed }[],
  outlets: readonly Placed[],
  judged: OutletComparison['judged'],
): PoliciesQuestion {
  const { reach, most, apart, budget } = body
  const places = areas.map(({ place }) => place)
  return {
    region: {
      zones: areas.map(({ country, postalCode, spend }) => ({ name: `${country} ${postalCode}`, demand: spend })),
      outlets: body.outlets.map(({ name, surface, cost, image }) => ({
        name,
        attraction: surface,
        cost,
        image: image / 10,
      })),
      distances: measureAreas(places, outlets),
    },
    priceDiscipline: body.outlets.map(({ priceDiscipline }) => priceDiscipline),
    admitted: judged.flatMap(({ admitted }, at) => (admitted ? [at] : [])),
    reach,
    most,
    apart,
    between: measureAreas(outlets, outlets),
    budget,
    huff: { beta: body.distanceWeight, elsewhere: body.elsewhere },
  }
}
