/** Parties: who the customers are. */
export { addressLine } from './domain/address-line.ts'
export { minimiseIp } from './domain/minimise.ts'
export { normalisePhone } from './domain/normalise.ts'
export { noteStoreVisit } from './interactions/note-store-visit.ts'
export { recordInteractions, type Interaction } from './interactions/record-interactions.ts'
export { noteRead } from './reads/note-read.ts'
export { resolveParties, type PartyInput } from './resolve-parties.ts'
export { readCustomers } from './read-customers.ts'
export { permissionFor, type ContactQuestion } from './consent/read-consents.ts'
export { permissionsFor, type ContactOfMany } from './consent/read-permissions.ts'
export { writeToken as writeConsentToken } from './consent/tokens.ts'
export { appendConsent } from './consent/append-consent.ts'
export { verifyConsents } from './consent/verify-consents.ts'
export { familiesOf, hasOrdered, haveInCommon } from './queries/acquaintances.ts'
export { householdsOf, membersOfHouseholds } from './queries/households.ts'
export { membersOf, survivorsOf } from './queries/merges.ts'
export { partiesByIds, partyById, partyFound, partyOfKey } from './queries/parties.ts'
export { searchTerms } from './domain/search-terms.ts'
export { giveCard } from './identity/give-card.ts'
export { computeFirstValuesJob, learnTraitsJob, matchPartiesJob } from './jobs/names.ts'
export { writeTraits, writeWhereabouts, type WhereaboutsRow } from './queries/traits.ts'
export { rootsAfter, rootsOf } from './queries/values.ts'
export { quietParties, type QuietRow } from './queries/quiet.ts'
export { createVisitLog, type VisitLog } from './visits/visit-log.ts'
export { unrestricted } from './queries/restrictions.ts'
export { endRestriction, liftRestrictions, readRestriction, restrictCustomer } from './restriction/restrict-customer.ts'
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
