import type { Backtest } from '@ecluse/contracts/scenarios.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { answerable } from '../answerable.ts'
import { backtest } from './domain/backtest.ts'
import { readMonths } from './read-months.ts'

/** How well two years would have predicted the third. @throws strategy.unanswerable when there are not three */
export async function readBacktest(ctx: Ctx): Promise<Backtest> {
  const months = await readMonths(ctx)
  return answerable(ctx.locale, () => backtest(months))
}
