import { inTransaction } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import type { AppointmentDesk } from '../orders/public.ts'
import { readPools } from '../promises/public.ts'
import { groupsAt, openPools, quartersIn } from './book-appointment.ts'
import { openDesk } from './find-slots.ts'

/** What orders ask of agendas: who is free at an hour that is bought with articles. What they take they take themselves. */
export const appointmentDesk: AppointmentDesk = {
  async find(ctx, { service, siteId, startsAt, productIds, mine }) {
    const desk = await openDesk(ctx, ctx.db, service, siteId)
    // What is offered with a product is offered with that one.
    if (!desk.service.productIds.some((id) => productIds.includes(id))) throw refuse('service.not_found')
    const at = new Date(startsAt)
    const { groups, endsAt, blockedUntil } = groupsAt(ctx, desk, { startsAt: at }, false)
    const pooled = groups.map((group) => ({ group, pools: quartersIn(group, at, blockedUntil) }))
    await inTransaction(ctx.db, (tx) =>
      openPools(
        tx,
        pooled.flatMap(({ pools }) => pools),
      ),
    )
    const levels = new Map(
      (
        await readPools(
          ctx.db,
          pooled.flatMap(({ pools }) => pools.map(({ poolId }) => poolId)),
        )
      ).map((one) => [one.poolId, Number(one.held + one.committed)]),
    )
    const free = pooled.filter(({ pools }) =>
      pools.every(({ poolId, resource }) => {
        const own = mine?.has(poolId) ? 1 : 0
        return (levels.get(poolId) ?? 0) - own < resource.capacity + resource.overbooking
      }),
    )
    if (free.length === 0) throw refuse('orders.promise_full', { kind: 'appointment' })
    return {
      name: desk.service.name,
      endsAt,
      blockedUntil,
      lastAt: new Date(at.getTime() - desk.service.leadMinutes * 60_000),
      candidates: free.map(({ group: [first, also], pools }) => ({
        resourceId: first.id,
        alsoResourceId: also?.id ?? null,
        poolIds: pools.map(({ poolId }) => poolId),
      })),
    }
  },
}
