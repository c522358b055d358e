/** Parties: who the customers are. */
export { normalisePhone } from './domain/normalise.ts'
export { resolveParties, type PartyInput } from './resolve-parties.ts'
export { readCustomers } from './read-customers.ts'
export { writeCustomers, type CustomerInput } from './write-customers.ts'
