export { openAccess, type Access } from './open-access.ts'
export { createAccounts, type NewAccount } from './create-accounts.ts'
export { createStaff, type NewStaff } from './create-staff.ts'
