import type { z } from 'zod'
import type { windowEndpoints } from '@ecluse/contracts/windows.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import { mondayOf } from './domain/window-days.ts'
import { selectKept } from './queries/route-days.ts'

type Kept = z.output<typeof windowEndpoints.getKeptPromises.response>
type Asked = z.output<typeof windowEndpoints.getKeptPromises.query>

const none = { promised: 0, kept: 0, late: 0, failed: 0, open: 0 }

/** How many deliveries came within their window, by day or by week. One that failed, or came early, was not kept. */
export async function measurePromises(ctx: Ctx, asked: Asked): Promise<Kept> {
  const days = await selectKept(ctx.db, { ...asked, siteIds: sitesOf(ctx.actor), now: ctx.clock.now() })
  const items = new Map<string, Omit<Kept['items'][number], 'date'>>()
  for (const { date, ...counts } of days) {
    const key = asked.by === 'week' ? mondayOf(date) : date
    items.set(key, sum(items.get(key) ?? none, counts))
  }
  return {
    items: [...items].map(([date, counts]) => ({ date, ...counts })),
    total: [...items.values()].reduce(sum, none),
  }
}

function sum(a: Kept['total'], b: Kept['total']): Kept['total'] {
  return {
    promised: a.promised + b.promised,
    kept: a.kept + b.kept,
    late: a.late + b.late,
    failed: a.failed + b.failed,
    open: a.open + b.open,
  }
}
