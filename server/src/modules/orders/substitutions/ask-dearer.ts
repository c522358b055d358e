import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { Sellable } from '../../offers/public.ts'
import { takePromises } from '../../promises/public.ts'
import { addedUnits } from '../changes/added-units.ts'
import { askForChange } from '../changes/ask-for-change.ts'
import { notChangeable } from '../changes/changeable.ts'
import { sumsOfChange, type ChangePlan } from '../changes/plan.ts'
import type { PlannedSubstitute } from '../changes/planned-substitute.ts'
import { waitingChangeOf } from '../queries/order-changes.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import { carriagesOf } from '../queries/order-groups.ts'
import { revisionOf } from '../queries/revisions.ts'
import { titleOf } from './substitute-units.ts'

/** How long a dearer article is kept for its buyer's answer: the order is being picked. */
const answerMs = 24 * 3_600_000

/**
 * Asks the buyer of an order whether they take a dearer article for one that is missing, and pay the difference, under the order's lock.
 * It is held meanwhile, and the order stays as it is until they have answered.
 * @throws orders.out_of_stock, orders.not_changeable while another change waits
 */
export async function askForDearer(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  substitute: PlannedSubstitute,
  sellable: Sellable,
): Promise<void> {
  const line = lines.find(({ id }) => id === substitute.lineId)
  if (!line) throw notChangeable('ended')
  if (await waitingChangeOf(tx, order.id)) throw notChangeable('unpaid_change')
  const added = addedUnits(ctx, order.locale, sellable, { quantity: substitute.units, placeId: line.place_id })
  const left = line.quantity - substitute.units
  const plan: ChangePlan = {
    lowered: left > 0 ? [{ lineId: line.id, quantity: left }] : [],
    gone: left > 0 ? [] : [line.id],
    added: [added],
    moved: [],
    address: null,
    delivery: null,
    told: [
      {
        kind: 'substitute',
        name: titleOf(line),
        quantity: substitute.units,
        instead: titleOf({ name: added.name, variant_label: added.variantLabel }),
      },
    ],
    substitute,
  }
  const expiresAt = new Date(ctx.clock.now().getTime() + answerMs)
  const promised = { promiseId: added.promiseId, poolId: added.poolId, quantity: BigInt(added.quantity) }
  const { refusals } = await takePromises(ctx, tx, [
    { referenceId: order.id, as: 'held', expiresAt, lines: [promised] },
  ])
  if (refusals[0])
    throw refuse('orders.out_of_stock', { variantId: added.variantId, available: Number(refusals[0].available) })
  await askForChange(ctx, tx, order, {
    plan,
    revision: await revisionOf(tx, order.id),
    dueMinor: sumsOfChange(order, lines, await carriagesOf(tx, order, lines), plan).differenceMinor,
    changer: { by: 'staff', actor: actorLabel(ctx.actor) },
    expiresAt,
  })
}
