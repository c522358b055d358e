/** Who comes in: accounts, sessions, staff, API keys. */
export { openAccess, type Access } from './open-access.ts'
export { createAccounts } from './create-accounts.ts'
export { limitCodes, limitReservations } from './limit-attempts.ts'
export { createStaff, type NewStaff } from './create-staff.ts'
export { personalOfAccess } from './queries/personal.ts'
export { listStaff } from './queries/staff.ts'
