import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import { setTracking, trackingOf } from '../inventory/public.ts'
import { readInteger } from './domain/read-amount.ts'

const none = ['none', 'no', 'aucun', 'non']
const kinds: Readonly<Record<string, Pick<StockTracking, 'mode' | 'withExpiry'>>> = {
  lot: { mode: 'lot', withExpiry: false },
  lot_date: { mode: 'lot', withExpiry: true },
  serial: { mode: 'serial', withExpiry: false },
  serie: { mode: 'serial', withExpiry: false },
}

/**
 * Reads how an article is followed.
 * @returns undefined: as it was; `invalid` names the column that cannot be read
 */
export function readTracking(
  cell: string,
  days: string,
): { tracking: StockTracking | null | undefined } | { invalid: 'tracking' | 'minDays' } {
  const word = cell
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  const minDaysLeft = days === '' ? 0 : readInteger(days)
  const kind = kinds[word]
  const wrong = minDaysLeft === null || minDaysLeft < 0 || minDaysLeft > 3650 || (minDaysLeft > 0 && !kind?.withExpiry)
  if (wrong) return { invalid: 'minDays' }
  if (word === '') return { tracking: undefined }
  if (none.includes(word)) return { tracking: null }
  return kind ? { tracking: { ...kind, minDaysLeft } } : { invalid: 'tracking' }
}

/** How an article is followed, as a file says it: the reverse of `readTracking`. */
export function writtenTracking(tracking: StockTracking | null): [tracking: string, minDays: string] {
  if (!tracking) return ['', '']
  const word = tracking.mode === 'serial' ? 'serial' : tracking.withExpiry ? 'lot_date' : 'lot'
  return [word, tracking.minDaysLeft > 0 ? String(tracking.minDaysLeft) : '']
}

/**
 * Follows articles as a file says; those that are followed so already are left alone.
 * @returns articles of which units are kept back, which cannot be changed; those that were; and how all are followed now
 */
export async function followLots(
  ctx: Ctx,
  tx: Tx,
  variantIds: readonly string[],
  wanted: ReadonlyMap<string, StockTracking | null>,
): Promise<{ keptBack: Set<string>; changed: Set<string>; now: Map<string, StockTracking> }> {
  const now = new Map((await trackingOf(tx, variantIds)).map(({ variantId, ...tracking }) => [variantId, tracking]))
  const keptBack = new Set<string>()
  const changed = new Set<string>()
  for (const [variantId, tracking] of wanted) {
    if (writtenTracking(now.get(variantId) ?? null).join() === writtenTracking(tracking).join()) continue
    try {
      await setTracking(ctx, tx, variantId, tracking)
    } catch (error) {
      // Refused before anything was written.
      if (!(error instanceof Refusal) || error.code !== 'inventory.lots_kept_back') throw error
      keptBack.add(variantId)
      continue
    }
    changed.add(variantId)
    if (tracking) now.set(variantId, tracking)
    else now.delete(variantId)
  }
  return { keptBack, changed, now }
}
