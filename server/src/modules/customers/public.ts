export { readCustomers } from './read-customers.ts'
export { resolveParties, resolveParty, type PartyInput, type ResolvedParty } from './resolve-parties.ts'
export { writeCustomers, type CustomerInput, type WrittenCustomer } from './write-customers.ts'
export { normalisePhone } from './domain/normalise.ts'
