import type { MixQuestionBody, PricedMixAnswer } from '@ecluse/contracts/channel-grid.ts'
import type { Mix, MixQuestion } from '@ecluse/strategy-engine/channel-grid/best-mix.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { unanswerable } from '../answerable.ts'
import { askEngine } from '../ask-engine.ts'

/** The best channels to run together, in a thread of its own. @throws strategy.unanswerable with what cannot be kept together */
export async function solveMix(ctx: Ctx, body: MixQuestionBody): Promise<PricedMixAnswer> {
  const question: MixQuestion = {
    channels: body.channels.map(({ channel, costMinor, value, reach }) => ({
      name: channel,
      levels: [{ name: 'run', cost: costMinor, value, reach: { customers: reach } }],
    })),
    overlaps: body.overlaps,
    constraints: body.constraints,
  }
  const [answer] = await askEngine([{ kind: 'mix', question }])
  if (answer && 'unanswerable' in answer) throw unanswerable(ctx.locale, answer.unanswerable)
  if (answer?.answer.kind !== 'mix') throw new Error('the engine answered something else')
  const { prices, ...mix } = answer.answer
  return {
    ...mixView(mix),
    prices: prices.map(({ without, ...price }) => ({ ...price, without: mixView(without) })),
  }
}

function mixView({ chosen, cost, value, reach }: Mix): Omit<PricedMixAnswer, 'prices'> {
  return { chosen: chosen.map(({ channel }) => channel), cost, value, reach: reach['customers'] ?? null }
}
