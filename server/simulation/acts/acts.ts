import { afterSale } from './after-sale.ts'
import { buying } from './buying.ts'
import { documents } from './documents.ts'
import { preparing } from './preparing.ts'
import { time } from './time.ts'
import { windows } from './windows.ts'
import type { Act } from './world.ts'

/** Everything people and time do to the shop. Frequent acts are listed more than once. */
export const acts: readonly Act[] = [...buying, ...preparing, ...afterSale, ...documents, ...windows, ...time]
