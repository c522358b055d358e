import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { actorLabel, requirePermission, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { ensurePools, lockPools } from '../../promises/public.ts'
import { differenceOf, needsApproval } from '../domain/count-differences.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { selectCountLines, setCountState, writePosted } from '../queries/counts.ts'
import { recordMovements } from '../record-movements.ts'
import { requireCount } from './record-lines.ts'

/**
 * Puts the stock right: for each line, a movement by what was counted less what the journal says of the moment it was counted.
 * What was sold or received since then therefore stands. Large differences are posted by somebody who may approve them.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site, access.forbidden
 */
export async function postCount(
  ctx: Ctx,
  tx: Tx,
  id: string,
  reasons: readonly { variantId: string; reasonCode: ReasonCode; lots?: readonly LotUnits[] | undefined }[],
): Promise<void> {
  const count = await requireCount(ctx, tx, id, ['review'])
  const poolOf = (variantId: string) => poolIdOf(variantId, count.place_id)
  const listed = await selectCountLines(tx, count, ctx.locale)
  const pools = listed.map((line) => poolOf(line.variant_id)).sort()
  await ensurePools(tx, 'stock', pools)
  const onHand = await lockPools(tx, pools)
  // Read once more, now that nothing moves: sales that were under way have been written.
  const lines = (await selectCountLines(tx, count, ctx.locale)).filter((line) => line.counted_units !== null)
  if (needsApproval(lines)) requirePermission(ctx.actor, 'stock:approve')
  const whys = new Map(reasons.map((one) => [one.variantId, one]))
  const posted = lines.map((line) => {
    // What was counted as missing, and sold all the same since, was there: no less than nothing is left.
    const difference = Math.max(differenceOf(line) ?? 0, -Number(onHand.get(poolOf(line.variant_id)) ?? 0n))
    return {
      variantId: line.variant_id,
      expectedUnits: line.expected_units,
      differenceUnits: difference,
      unitCostMinor: line.unit_cost_minor,
      reasonCode: difference === 0 ? null : (whys.get(line.variant_id)?.reasonCode ?? ('count_difference' as const)),
    }
  })
  await recordMovements(
    ctx,
    tx,
    posted
      .filter(({ differenceUnits }) => differenceUnits !== 0)
      .map(({ variantId, differenceUnits, reasonCode }) => ({
        kind: 'count',
        variantId,
        placeId: count.place_id,
        quantity: BigInt(differenceUnits),
        reasonCode,
        reference: count.number,
        lots: whys.get(variantId)?.lots,
      })),
  )
  await writePosted(tx, id, posted)
  await setCountState(tx, id, 'posted', ctx.clock.now(), actorLabel(ctx.actor))
  const payload = { countId: id, number: count.number, placeId: count.place_id }
  await publish(tx, ctx, [{ type: 'inventory.count_posted', version: 1, aggregateId: id, payload }])
}
