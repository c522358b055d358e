import type { Company, CompanyMember, CompanySite, CompanySummary } from '@ecluse/contracts/companies.ts'
import type { Queryable } from '../../../kernel/db.ts'
import {
  membersOfCompany,
  rulesOfCompany,
  sitesOfCompany,
  type ListedCompany,
  type MemberRow,
  type SiteRow,
} from '../queries/companies.ts'
import type { CompanyActor } from './authorise-company.ts'

/** A company with its sites and people. Buyers see the sites they order for, and nobody's limits but their own. */
export async function viewCompany(db: Queryable, actor: CompanyActor): Promise<Company> {
  const { company } = actor
  const sites = await sitesOfCompany(db, company.id)
  const members = await membersOfCompany(db, company.id)
  const rules = await rulesOfCompany(db, company.id)
  const self = actor.as === 'member' ? actor.member : null
  const whole = actor.as === 'staff' || self?.role === 'administrator'
  return {
    id: company.id,
    number: company.number,
    name: company.name,
    tradeName: company.trade_name,
    country: company.country,
    siren: company.siren,
    vatNumber: company.vat_number,
    email: company.email,
    phone: company.phone,
    locale: company.locale,
    priceList: company.price_list,
    referenceRequired: company.reference_required,
    active: company.active,
    createdAt: company.created_at.toISOString(),
    sites: sites.filter((site) => whole || (site.active && (!self || mayOrderFor(self, site.id)))).map(siteView),
    members: members.filter((member) => whole || member.id === self?.id).map(memberView),
    approvalRules: whole ? rules.map((rule) => ({ fromMinor: Number(rule.from_minor), memberId: rule.member_id })) : [],
    you: { as: actor.as, memberId: self?.id ?? null, role: self?.role ?? null },
  }
}

/** Whether somebody orders for a site: one of those named, or any when none is. */
export function mayOrderFor(member: Pick<MemberRow, 'site_ids'>, siteId: string): boolean {
  return member.site_ids.length === 0 || member.site_ids.includes(siteId)
}

function siteView(row: SiteRow): CompanySite {
  return {
    id: row.id,
    name: row.name,
    siret: row.siret,
    address: row.address,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    contactPhone: row.contact_phone,
    instructions: row.instructions,
    monthLimitMinor: row.month_limit_minor === null ? null : Number(row.month_limit_minor),
    active: row.active,
  }
}

function memberView(row: MemberRow): CompanyMember {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    state: row.state === 'active' ? 'active' : 'invited',
    siteIds: row.site_ids,
    orderLimitMinor: row.order_limit_minor === null ? null : Number(row.order_limit_minor),
    monthLimitMinor: row.month_limit_minor === null ? null : Number(row.month_limit_minor),
    createdAt: row.created_at.toISOString(),
    joinedAt: row.joined_at?.toISOString() ?? null,
  }
}

/** One row of the list. */
export function companySummary(row: ListedCompany): CompanySummary {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    tradeName: row.trade_name,
    siren: row.siren,
    vatNumber: row.vat_number,
    siteCount: row.sites,
    memberCount: row.members,
    active: row.active,
    createdAt: row.created_at.toISOString(),
  }
}
