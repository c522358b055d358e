import type { CustomerOverview } from '@ecluse/contracts/customer-timeline.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { membersOf, survivorsOf } from '../customers/public.ts'
import { figuresOf, segmentsOf } from './queries/overview.ts'

/**
 * What a customer bought over their life, whoever it was written of among those who are one customer today, and their segments.
 * @throws customers.not_found
 */
export async function readOverview(db: Queryable, customerId: string): Promise<CustomerOverview> {
  const [members, survivors] = await Promise.all([membersOf(db, customerId), survivorsOf(db, [customerId])])
  const survivor = survivors.get(customerId)
  if (survivor === undefined) throw refuse('customers.not_found')
  const [figures, segments] = await Promise.all([figuresOf(db, members), segmentsOf(db, survivor)])
  const { orders } = figures
  return {
    figures: {
      orders,
      ordered: toMoney(figures.ordered_minor),
      returned: toMoney(figures.returned_minor),
      averageOrder:
        orders === 0 ? null : toMoney((2n * figures.ordered_minor + BigInt(orders)) / (2n * BigInt(orders))),
      firstOrderAt: figures.first_at?.toISOString() ?? null,
      lastOrderAt: figures.last_at?.toISOString() ?? null,
      lastSeenAt: figures.seen_at?.toISOString() ?? null,
      channels: figures.channels,
    },
    segments: segments.map(({ id, name, since }) => ({ id, name, since: since.toISOString() })),
  }
}
