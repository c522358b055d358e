import type { AgreedHour } from '@ecluse/contracts/kept-hours.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel } from '../../offers/public.ts'
import { takePromises, transferPromises } from '../../promises/public.ts'
import { bumpTerms } from '../queries/holds.ts'
import { insertKeptHours, keptHoursOf, updateHeldUntil, type KeptHour } from '../queries/kept-hours.ts'
import { findHours, type FoundHour, type HourDesks, type HourWish } from './find-hours.ts'
import { freeHours, holdsOf } from './free-hours.ts'

/** Nobody keeps an hour from others for longer, however long a quote is valid. */
const mostDays = 14

/** How long an hour is kept: as asked, within what can be kept of it. */
export function hourHeldUntil(ctx: Ctx, lastAt: Date, asked: Date): Date {
  const most = ctx.clock.now().getTime() + mostDays * 86_400_000
  return new Date(Math.min(most, lastAt.getTime(), asked.getTime()))
}

/**
 * Does something with hours that were found; a delivery that was written down for it is given back when it fails.
 * @throws what `findHours` and `act` throw
 */
export async function withHours<T>(
  desks: HourDesks,
  ctx: Ctx,
  wish: HourWish,
  act: (found: readonly FoundHour[]) => Promise<T>,
): Promise<T> {
  const stopIds: string[] = []
  try {
    return await act(await findHours(desks, ctx, wish, (stopId) => stopIds.push(stopId)))
  } catch (error) {
    for (const stopId of stopIds)
      // What cannot be given back now is swept later.
      await desks.windows
        .release(ctx, stopId)
        .catch((fault: unknown) => ctx.log.error({ err: fault, stopId }, 'release of a window failed'))
    throw error
  }
}

/**
 * Keeps hours for a document, whose lock the caller has. What it kept before and still wants goes on being kept; the rest is exchanged
 * for the new in one moment, so that nobody gets in between.
 * @throws orders.promise_full
 */
export async function keepHours(
  ctx: Ctx,
  tx: Tx,
  document: { readonly id: string; readonly channelCode: string },
  found: readonly FoundHour[],
  until: Date,
): Promise<KeptHour[]> {
  const before = await keptHoursOf(tx, document.id)
  const stays = (hour: KeptHour): boolean => found.some(({ already }) => already?.promiseIds[0] === hour.promiseIds[0])
  await freeHours(
    ctx,
    tx,
    document,
    before.filter((hour) => !stays(hour)),
    'release',
  )
  await prolong(ctx, tx, document.id, before.filter(stays), until)
  const kept: KeptHour[] = []
  for (const hour of found) {
    // One that was to stay and has expired meanwhile is taken again; a delivery must be written down for that, by asking again.
    if (hour.already && before.some((old) => old.promiseIds[0] === hour.already?.promiseIds[0])) continue
    kept.push(await take(ctx, tx, document.id, hour, hourHeldUntil(ctx, hour.lastAt, until)))
  }
  if (kept.length > 0) {
    await insertKeptHours(tx, document.id, kept)
    await bumpTerms(tx, document.id)
  }
  return kept
}

/** Goes on keeping what a document keeps, until another moment. */
export async function prolong(
  ctx: Ctx,
  tx: Tx,
  documentId: string,
  hours: readonly KeptHour[],
  asked: Date,
): Promise<void> {
  for (const hour of hours) {
    const until = hourHeldUntil(ctx, hour.lastAt, asked)
    await transferPromises(
      tx,
      holdsOf(hour).map(({ poolId, id }) => ({
        poolId,
        id,
        quantity: 1n,
        to: documentId,
        as: 'held',
        expiresAt: until,
      })),
    )
    await updateHeldUntil(tx, documentId, hour.kind, until)
  }
}

async function take(ctx: Ctx, tx: Tx, documentId: string, hour: FoundHour, until: Date): Promise<KeptHour> {
  const { candidates, feeMinor: _fee, already: _before, ...about } = hour
  for (const candidate of candidates) {
    const { poolIds, promiseIds } = candidate
    const lines = poolIds.map((poolId, index) => ({ poolId, promiseId: promiseIds[index] ?? '', quantity: 1n }))
    const { refusals } = await takePromises(ctx, tx, [{ referenceId: documentId, as: 'held', expiresAt: until, lines }])
    if (refusals[0] === undefined) return { ...about, ...candidate, heldUntil: until }
  }
  throw refuse('orders.promise_full', { kind: hour.kind })
}

/** An hour as it is shown, beside what was agreed upon. */
export function viewHour(
  model: ReadModel,
  hour: Pick<KeptHour, 'kind' | 'name' | 'siteId' | 'startsAt' | 'endsAt'>,
  heldUntil: Date | null,
): AgreedHour {
  const { kind, name, siteId, startsAt, endsAt } = hour
  return {
    kind,
    name,
    siteName: siteId === null ? null : (model.site(siteId)?.name ?? null),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    heldUntil: heldUntil?.toISOString() ?? null,
  }
}
