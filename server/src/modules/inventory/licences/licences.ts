import { unlimitedLicences } from '@ecluse/contracts/downloads.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { setOverbooking, settlePromises } from '../../promises/public.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { ensureStockItems } from '../ensure-stock-items.ts'
import { issueStock, type PromisedLine } from '../issue-stock.ts'
import { putPlace } from '../put-place.ts'
import { recordCounts } from '../record-counts.ts'
import { announceMoved } from '../record-movements.ts'
import { downloadPlaceId, licensedPools, markDownloads, siteForDownloads, unlimitedPools } from '../queries/licences.ts'

/** Files are promised like goods, from a place of their own that is no shelf: made with the first of them. */
async function downloadPlace(ctx: Ctx, tx: Tx): Promise<string> {
  const known = await downloadPlaceId(tx)
  if (known) return known
  const site = await siteForDownloads(tx)
  if (!site) throw refuse('channels.site_not_found')
  const id = ctx.ids.next()
  await putPlace(ctx, tx, {
    id,
    code: 'downloads',
    name: 'Téléchargement',
    siteId: site,
    shipsParcels: false,
    offersPickup: false,
    priority: 1_000_000,
  })
  await markDownloads(tx, id)
  return id
}

/** Articles that are files begin to be sold: without a limit, until somebody sets one. */
export async function openLicences(ctx: Ctx, tx: Tx, variantIds: readonly string[]): Promise<void> {
  const placeId = await downloadPlace(ctx, tx)
  const items = variantIds.map((variantId) => ({ variantId, placeId, poolId: poolIdOf(variantId, placeId) }))
  const known = new Set(
    await licensedPools(
      tx,
      items.map(({ poolId }) => poolId),
    ),
  )
  const fresh = items.filter(({ poolId }) => !known.has(poolId))
  if (fresh.length === 0) return
  await ensureStockItems(tx, fresh)
  for (const { poolId } of fresh) await setOverbooking(tx, poolId, BigInt(unlimitedLicences))
  await announceMoved(ctx, tx, fresh)
}

/**
 * Limits how many licences of an article can still be given, those promised included; null lifts the limit.
 * @throws channels.site_not_found when there is no site at all
 */
export async function setLicences(ctx: Ctx, tx: Tx, variantId: string, limit: number | null): Promise<void> {
  await openLicences(ctx, tx, [variantId])
  const placeId = await downloadPlace(ctx, tx)
  // What is counted is what may be given; a limit that is lifted leaves nothing to count.
  await recordCounts(ctx, tx, [
    { variantId, placeId, counted: limit ?? 0, reasonCode: 'count_difference', reason: null },
  ])
  await setOverbooking(tx, poolIdOf(variantId, placeId), limit === null ? BigInt(unlimitedLicences) : 0n)
  await announceMoved(ctx, tx, [{ variantId, placeId }])
}

/** Promised licences are given for good: those of a limit are fewer by as many. */
export async function issueLicences(ctx: Ctx, tx: Tx, lines: readonly PromisedLine[]): Promise<void> {
  const unlimited = new Set(
    await unlimitedPools(
      tx,
      lines.map(({ poolId }) => poolId),
    ),
  )
  await issueStock(
    ctx,
    tx,
    lines.filter(({ poolId }) => !unlimited.has(poolId)),
  )
  const free = lines.filter(({ poolId }) => unlimited.has(poolId))
  const given = await settlePromises(
    ctx,
    tx,
    'fulfil',
    free.map(({ poolId, promiseId }) => ({ poolId, id: promiseId })),
  )
  assert(given.length === free.length, 'what is given was committed')
}
