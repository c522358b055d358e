import type { createSeededRng } from '../../src/kernel/rng.ts'
import { afterSale } from './after-sale.ts'
import { appointments } from './appointments.ts'
import { buying } from './buying.ts'
import { changing } from './changing.ts'
import { collecting } from './collecting.ts'
import { companies } from './companies.ts'
import { documents } from './documents.ts'
import { downloads } from './downloads.ts'
import { parcels } from './parcels.ts'
import { drive, parts } from './parts.ts'
import { supplying } from './supplying.ts'
import { picking } from './picking.ts'
import { preparing } from './preparing.ts'
import { reserving } from './reserving.ts'
import { time } from './time.ts'
import { tracing } from './tracing.ts'
import { vouchers } from './vouchers.ts'
import { windows } from './windows.ts'
import type { Act, Theme } from './world.ts'

/** What every shop does. Frequent acts are listed more than once. */
export const everyday: readonly Act[] = [...buying, ...preparing, ...afterSale, ...time]

const themes: readonly Theme[] = [
  { acts: documents },
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
]

/**
 * What one shop does beside: some themes and not others, by the seed. Fewer things at a time meet each other more often than
 * all of them would, and over many seeds each meets each.
 */
export function someThemes(rng: ReturnType<typeof createSeededRng>): readonly Theme[] {
  return themes.filter(() => rng.below(2) === 0)
}
