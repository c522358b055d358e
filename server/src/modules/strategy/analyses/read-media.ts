import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { dayOf, readFigures, salesWeeks, spendWeeks, type SpendWeek } from '../../insights/public.ts'
import type { MediaMixInput } from './domain/analysis-input.ts'
import { wholeWeeks } from './whole-weeks.ts'

/** Sales and spending of the whole weeks of a question, from the first week with a sale on. */
export async function readMedia(
  ctx: Ctx,
  { from, until, channel, lasting }: Extract<AnalysisQuestion, { kind: 'media_mix' }>,
): Promise<MediaMixInput> {
  const whole = wholeWeeks({ from, until }, dayOf(ctx.clock.now()))
  const empty = { kind: 'media_mix' as const, weeks: [], sales: [], reduced: [], media: [], lasting, marginRate: null }
  if (whole.weeks.length === 0) return empty
  const days = { from: whole.from, until: whole.until }
  const [sold, spent, { total }] = await Promise.all([
    salesWeeks(ctx.db, { ...days, channel }),
    spendWeeks(ctx.db, days),
    readFigures(ctx, { ...days, by: 'channel', ...(channel === null ? {} : { channel }) }),
  ])
  const salesOf = new Map(sold.map((row) => [row.week, row]))
  const weeks = whole.weeks.filter((week) => week >= (sold[0]?.week ?? '9999'))
  return {
    ...empty,
    weeks,
    sales: weeks.map((week) => salesOf.get(week)?.sales_minor ?? 0),
    reduced: weeks.map((week) => salesOf.get(week)?.reduced_minor ?? 0),
    media: mediaOf(spent, weeks),
    marginRate: total.now.marginRate,
  }
}

function mediaOf(rows: readonly SpendWeek[], weeks: readonly string[]): MediaMixInput['media'] {
  const at = new Map(weeks.map((week, index) => [week, index]))
  const media = new Map<string, { medium: string; isChannel: boolean; spent: number[] }>()
  for (const { medium, is_channel: isChannel, week, spent_minor: minor } of rows) {
    const index = at.get(week)
    if (index === undefined) continue
    const key = `${isChannel} ${medium}`
    const one = media.get(key) ?? { medium, isChannel, spent: weeks.map(() => 0) }
    one.spent[index] = minor
    media.set(key, one)
  }
  return [...media.values()]
}
