/** Parties: who the customers are. */
export { addressLine } from './domain/address-line.ts'
export { normalisePhone } from './domain/normalise.ts'
export { recordInteractions, type Interaction } from './interactions/record-interactions.ts'
export { noteRead } from './reads/note-read.ts'
export { resolveParties, type PartyInput } from './resolve-parties.ts'
export { readCustomers } from './read-customers.ts'
export { permissionFor, type ContactQuestion } from './consent/read-consents.ts'
export { permissionsFor, type ContactOfMany } from './consent/read-permissions.ts'
export { writeToken as writeConsentToken } from './consent/tokens.ts'
export { appendConsent } from './consent/append-consent.ts'
export { verifyConsents } from './consent/verify-consents.ts'
export { membersOf, survivorsOf } from './queries/merges.ts'
export { partyById, partyOfKey } from './queries/parties.ts'
export { giveCard } from './identity/give-card.ts'
export { computeFirstValuesJob } from './jobs/names.ts'
export { relationalAmong } from './queries/treatments.ts'
export { writeCustomers, type CustomerInput } from './write-customers.ts'
export { companyActor, type CompanyActor } from './companies/authorise-company.ts'
export { mayOrderFor } from './companies/company-view.ts'
export { createCompany, writeSite } from './companies/write-company.ts'
export { issueInvitation, putApprovalRules } from './companies/write-member.ts'
export {
  companyById,
  insertMembers,
  memberById,
  membersOfCompany,
  rulesOfCompany,
  sitesOfCompany,
  type CompanyRow,
  type MemberRow,
  type SiteRow,
} from './queries/companies.ts'
export { personalOfCustomers } from './queries/personal.ts'
export { partyById as customerById } from './queries/parties.ts'
