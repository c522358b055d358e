/** Rights of people over their own data: what is asked, given, erased and proved. */
export { personalOfRights } from './queries/personal.ts'
export type { RightsDesk } from './rights-desk.ts'
export { openForCustomer } from './requests/open-request.ts'
