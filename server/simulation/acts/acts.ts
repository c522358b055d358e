import type { createSeededRng } from '../../src/kernel/rng.ts'
import { afterSale } from './after-sale.ts'
import { appointments } from './appointments.ts'
import { askedPrices } from './asked-prices.ts'
import { buying } from './buying.ts'
import { changing } from './changing.ts'
import { collecting } from './collecting.ts'
import { companies } from './companies.ts'
import { documents } from './documents.ts'
import { downloads } from './downloads.ts'
import { parcels } from './parcels.ts'
import { drive, parts } from './parts.ts'
import { prices } from './prices.ts'
import { supplying } from './supplying.ts'
import { picking } from './picking.ts'
import { preparing } from './preparing.ts'
import { reserving } from './reserving.ts'
import { time } from './time.ts'
import { tracing } from './tracing.ts'
import { vouchers } from './vouchers.ts'
import { webhooks } from './webhooks.ts'
import { windows } from './windows.ts'
import type { Act, Theme } from './world.ts'

/** What every shop does. Frequent acts are listed more than once. */
export const everyday: readonly Act[] = [...buying, ...preparing, ...afterSale, ...time]

const themes: Readonly<Record<string, Theme>> = {
  documents: { acts: documents },
  windows,
  reserving,
  appointments,
  parcels,
  collecting,
  parts,
  drive,
  changing,
  supplying,
  companies,
  picking,
  tracing,
  downloads,
  vouchers,
  webhooks,
  prices,
  askedPrices,
}

/**
 * What one shop does beside: some themes and not others, by the seed. Fewer things at a time meet each other more often than
 * all of them would, and over many seeds each meets each.
 * @param only the names of those to take instead, to look for faults where some are suspected
 */
export function someThemes(rng: ReturnType<typeof createSeededRng>, only?: readonly string[]): readonly Theme[] {
  const unknown = only?.find((name) => !(name in themes))
  if (unknown !== undefined) throw new Error(`there is no theme ${unknown}: ${Object.keys(themes).join(', ')}`)
  return Object.entries(themes).flatMap(([name, theme]) => {
    const chosen = rng.below(2) === 0
    return (only ? only.includes(name) : chosen) ? [theme] : []
  })
}
