/**
 * The one engine for everything that can be promised only once: hold → commit, or release or expire; then fulfil.
 * A pool never promises more than it has: takes are guarded updates, and the database holds the same rule as a constraint.
 */
export { takeAll, takePromises, type Shortage } from './take-promises.ts'
export { absorbPromises } from './absorb-promises.ts'
export { cutPromises } from './cut-promises.ts'
export { lowerPromises } from './lower-promises.ts'
export { settlePromises } from './settle-promises.ts'
export { transferPromises } from './transfer-promises.ts'
export { comparePools } from './queries/promises.ts'
export { lockHeld, lockPools } from './queries/locks.ts'
export {
  changeCapacity,
  changeSafety,
  ensurePools,
  readPools,
  setCapacity,
  setOverbooking,
  setAdvance,
  setSafety,
  type Kept,
} from './queries/pools.ts'
