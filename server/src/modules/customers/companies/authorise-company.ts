import type { CompanyRole } from '@ecluse/contracts/companies.ts'
import type { Permission } from '@ecluse/contracts/permissions.ts'
import { may, type Actor, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { companyById, membershipOf, type CompanyRow, type MemberRow } from '../queries/companies.ts'

/** Whoever acts on a company, and as what. */
export type CompanyActor =
  | { readonly as: 'staff'; readonly company: CompanyRow }
  | { readonly as: 'member'; readonly company: CompanyRow; readonly member: MemberRow }
  /** The company's own API key: its software orders as its buyers do, without limits of its own. */
  | { readonly as: 'key'; readonly company: CompanyRow }

/**
 * Who acts is to this company. To anyone else it does not exist: its members are not to be guessed.
 * @param permission what staff and keys of ours need
 * @throws customers.company_not_found
 */
export async function companyActor(
  ctx: Pick<Ctx, 'actor'>,
  db: Queryable,
  companyId: string,
  permission: Permission,
): Promise<CompanyActor> {
  const company = await companyById(db, companyId)
  if (!company) throw refuse('customers.company_not_found')
  const { actor } = ctx
  if (actor.kind === 'api_key' && actor.companyId) {
    if (actor.companyId !== companyId || !actor.permissions.has('company:buy'))
      throw refuse('customers.company_not_found')
    return { as: 'key', company }
  }
  const member = await memberOf(actor, db, companyId)
  if (member) return { as: 'member', company, member }
  if (may(actor, permission)) return { as: 'staff', company }
  throw refuse('customers.company_not_found')
}

async function memberOf(actor: Actor, db: Queryable, companyId: string): Promise<MemberRow | undefined> {
  if (actor.kind !== 'account' && actor.kind !== 'staff') return undefined
  return membershipOf(db, companyId, actor.accountId)
}

/**
 * Staff who may, and members in one of these roles.
 * @throws customers.company_not_found, customers.company_role
 */
export async function requireCompanyRole(
  ctx: Pick<Ctx, 'actor'>,
  db: Queryable,
  companyId: string,
  roles: readonly CompanyRole[],
  permission: Permission = 'customers:write',
): Promise<CompanyActor> {
  const actor = await companyActor(ctx, db, companyId, permission)
  const allowed = actor.as === 'staff' || (actor.as === 'member' && roles.includes(actor.member.role))
  // A member of staff who is also a buyer there acts by whichever lets them.
  if (!allowed && !may(ctx.actor, permission)) throw refuse('customers.company_role')
  return allowed ? actor : { as: 'staff', company: actor.company }
}
