import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { dayOf, readFigures, readPractisedPrices } from '../../insights/public.ts'
import type { PriceResponseInput } from './domain/analysis-input.ts'
import { wholeWeeks } from './whole-weeks.ts'

/** Prices and quantities of the whole weeks of a question, and what serving costs beside the goods. */
export async function readPrices(
  ctx: Ctx,
  { from, until, per, channel }: Extract<AnalysisQuestion, { kind: 'price_response' }>,
): Promise<PriceResponseInput> {
  const whole = wholeWeeks({ from, until }, dayOf(ctx.clock.now()))
  const empty = { kind: 'price_response' as const, per, weeks: [], byChannel: false, servingShare: 0, goods: [] }
  if (whole.weeks.length === 0) return empty
  const days = { from: whole.from, until: whole.until }
  const [goods, { total }] = await Promise.all([
    readPractisedPrices(ctx, { ...days, per, channel }),
    readFigures(ctx, { ...days, by: 'channel', ...(channel === null ? {} : { channel }) }),
  ])
  const { payment, picking, parcel, commission, contacts, revenue } = total.now
  const serving = [payment, picking, parcel, commission, contacts].reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return {
    ...empty,
    weeks: whole.weeks,
    byChannel: channel === null,
    servingShare: revenue ? serving / revenue : 0,
    goods,
  }
}
