import { compactIdentifier, sirenOfVat } from '@ecluse/contracts/company-identifiers.ts'
import type { CompanyInput, CompanySiteInput } from '@ecluse/contracts/companies.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { foldName, normalisePhone } from '../domain/normalise.ts'
import { companyById, insertCompany, sitesOfCompany, updateCompanyRow, upsertSite } from '../queries/companies.ts'
import { lockCompany } from '../queries/locks.ts'
import { resolveParties } from '../resolve-parties.ts'

/**
 * Adds a company: a party, recognised by its customer number and by nothing its people share with it.
 * @returns its id
 * @throws customers.company_identifiers
 */
export async function createCompany(ctx: Ctx, tx: Tx, input: CompanyInput): Promise<string> {
  const company = cleaned(input)
  const number = `E-${ctx.ids.code(6)}`
  const { name, locale, phone } = company
  const [party] = await resolveParties(ctx, tx, [
    { kind: 'company', name, locale, phone, reference: number, source: 'company' },
  ])
  assert(party?.created, 'a new number is a new party')
  await insertCompany(tx, { ...company, id: party.partyId, number, ...findable(company, number) }, ctx.clock.now())
  await tell(ctx, tx, 'customers.company_created', party.partyId)
  return party.partyId
}

/** @throws customers.company_not_found, customers.company_identifiers */
export async function updateCompany(ctx: Ctx, tx: Tx, companyId: string, input: CompanyInput): Promise<void> {
  const before = await companyById(tx, companyId)
  if (!before) throw refuse('customers.company_not_found')
  const company = cleaned(input)
  await updateCompanyRow(tx, { ...company, id: companyId, ...findable(company, before.number) }, ctx.clock.now())
  const { name, locale, phone } = company
  await resolveParties(ctx, tx, [{ kind: 'company', name, locale, phone, reference: before.number, source: 'company' }])
  await tell(ctx, tx, 'customers.company_changed', companyId)
}

/** Adds a site, or changes one. @returns its id @throws customers.company_not_found, customers.site_not_found */
export async function writeSite(
  ctx: Ctx,
  tx: Tx,
  companyId: string,
  siteId: string | null,
  input: CompanySiteInput,
): Promise<string> {
  if (!(await lockCompany(tx, companyId))) throw refuse('customers.company_not_found')
  const id = siteId ?? ctx.ids.next()
  const site = { ...input, siret: compact(input.siret), contactPhone: phoneOf(input.contactPhone) }
  // A site that is not there must not come into being by being changed.
  const there = siteId === null || (await sitesOfCompany(tx, companyId)).some((one) => one.id === siteId)
  if (!there) throw refuse('customers.site_not_found')
  await upsertSite(tx, { id, companyId }, site, ctx.clock.now())
  await tell(ctx, tx, 'customers.company_changed', companyId)
  return id
}

/** A SIREN and a VAT number that say different things are one mistake. @throws customers.company_identifiers */
function cleaned(input: CompanyInput): CompanyInput {
  const vatNumber = compact(input.vatNumber)
  const siren = compact(input.siren) ?? (vatNumber && sirenOfVat(vatNumber))
  const said = vatNumber && sirenOfVat(vatNumber)
  if (siren && said && siren !== said) throw refuse('customers.company_identifiers')
  return { ...input, siren, vatNumber, tradeName: input.tradeName || null, phone: phoneOf(input.phone) }
}

const compact = (text: string | null): string | null => (text && compactIdentifier(text)) || null
const phoneOf = (text: string | null): string | null => (text ? (normalisePhone(text) ?? text) : null)

function findable(company: CompanyInput, number: string): { sortName: string; search: string } {
  const said = [company.name, company.tradeName, number, company.siren, company.vatNumber, company.email]
  return { sortName: foldName(company.name), search: foldName(said.filter(Boolean).join(' ')) }
}

async function tell(ctx: Ctx, tx: Tx, type: `customers.${string}`, companyId: string): Promise<void> {
  await publish(tx, ctx, [{ type, version: 1, aggregateId: companyId, payload: { companyId } }])
}
