import { isConnectionLost, sqlState } from '../../../kernel/db.ts'

/** PostgreSQL's classes of what passes without us: connection, rollback, resources, object in use, operators, system, internal. */
const outsideClasses = new Set(['08', '40', '53', '55', '57', '58', 'XX'])

/** Whether an error is of the world around, and says nothing of whom it came with. */
export const isOutside = (error: unknown): boolean =>
  isConnectionLost(error) || outsideClasses.has(sqlState(error).slice(0, 2))
