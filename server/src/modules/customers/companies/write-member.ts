import { createHash } from 'node:crypto'
import type { CompanyRole } from '@ecluse/contracts/companies.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { normaliseEmail } from '../domain/normalise.ts'
import {
  insertMembers,
  invitedBy,
  joinMember,
  memberById,
  membersOfCompany,
  removeMemberRow,
  replaceRules,
  rulesOfCompany,
  sitesOfCompany,
  updateMemberRow,
  writeToken,
  type MemberRow,
} from '../queries/companies.ts'
import { lockCompany } from '../queries/locks.ts'

const invitationDays = 14

export type MemberRights = {
  readonly name: string
  readonly role: CompanyRole
  readonly siteIds: readonly string[]
  readonly orderLimitMinor: number | null
  readonly monthLimitMinor: number | null
}

/** The secret of an invitation as it is stored. */
const invitationHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Invites somebody. The secret of the link is made when the message is, so that it lies nowhere but in the message. Who was
 * invited already is sent another link, with what is asked now.
 * @throws customers.company_not_found, customers.member_exists, customers.site_not_found
 */
export async function inviteMember(
  ctx: Ctx,
  tx: Tx,
  companyId: string,
  { email: given, locale, ...rights }: MemberRights & { email: string; locale: Locale },
): Promise<void> {
  if (!(await lockCompany(tx, companyId))) throw refuse('customers.company_not_found')
  await requireSites(tx, companyId, rights.siteIds)
  const email = normaliseEmail(given)
  const known = (await membersOfCompany(tx, companyId)).find((member) => member.email === email)
  if (known?.state === 'active') throw refuse('customers.member_exists')
  const id = known?.id ?? ctx.ids.next()
  if (known) await updateMemberRow(tx, id, rights)
  else
    await insertMembers(
      tx,
      [
        {
          id,
          company_id: companyId,
          email,
          locale,
          state: 'invited',
          account_id: null,
          joined_at: null,
          name: rights.name,
          role: rights.role,
          site_ids: [...rights.siteIds],
          order_limit_minor: rights.orderLimitMinor,
          month_limit_minor: rights.monthLimitMinor,
        },
      ],
      ctx.clock.now(),
    )
  await tell(ctx, tx, 'customers.member_invited', companyId, id)
}

/** Gives an invitation the secret of its link; the one before opens nothing any more. */
export async function issueInvitation(ctx: Ctx, tx: Tx, memberId: string): Promise<{ token: string; expiresAt: Date }> {
  const token = ctx.ids.secret()
  const expiresAt = new Date(ctx.clock.now().getTime() + invitationDays * 86_400_000)
  await writeToken(tx, memberId, invitationHash(token), expiresAt)
  return { token, expiresAt }
}

/**
 * Accepts an invitation, with the account of the address it was sent to: a link that was passed on lets nobody else in.
 * @returns the company
 * @throws access.not_signed_in, customers.invitation_not_found, customers.invitation_for_other
 */
export async function acceptInvitation(ctx: Ctx, tx: Tx, token: string): Promise<string> {
  const { actor } = ctx
  if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
  const invited = await openInvitation(ctx, tx, token)
  await lockCompany(tx, invited.company_id)
  if (normaliseEmail(actor.email) !== invited.email)
    throw refuse('customers.invitation_for_other', { email: invited.email })
  await joinMember(tx, invited.id, actor.accountId, ctx.clock.now())
  await tell(ctx, tx, 'customers.member_joined', invited.company_id, invited.id)
  return invited.company_id
}

/** @throws customers.invitation_not_found */
export async function openInvitation(
  ctx: Pick<Ctx, 'clock'>,
  db: Parameters<typeof invitedBy>[0],
  token: string,
): Promise<MemberRow & { company_name: string; token_expires_at: Date }> {
  const invited = await invitedBy(db, invitationHash(token))
  const expiresAt = invited?.token_expires_at
  if (!invited || !expiresAt || expiresAt <= ctx.clock.now()) throw refuse('customers.invitation_not_found')
  return { ...invited, token_expires_at: expiresAt }
}

/** @throws customers.member_not_found, customers.site_not_found, customers.last_administrator */
export async function updateMember(
  ctx: Ctx,
  tx: Tx,
  companyId: string,
  memberId: string,
  rights: MemberRights,
): Promise<void> {
  const member = await lockedMember(tx, companyId, memberId)
  await requireSites(tx, companyId, rights.siteIds)
  if (rights.role !== 'administrator') await requireOtherAdministrator(ctx, tx, member)
  await updateMemberRow(tx, memberId, rights)
  if (rights.role === 'buyer') await withoutRulesOf(tx, companyId, memberId)
  await tell(ctx, tx, 'customers.member_changed', companyId, memberId)
}

/** @throws customers.member_not_found, customers.last_administrator */
export async function removeMember(ctx: Ctx, tx: Tx, companyId: string, memberId: string): Promise<void> {
  const member = await lockedMember(tx, companyId, memberId)
  await requireOtherAdministrator(ctx, tx, member)
  await removeMemberRow(tx, memberId, ctx.clock.now())
  await tell(ctx, tx, 'customers.member_removed', companyId, memberId)
}

/** Says who approves. Only people who may decide can be named. @throws customers.company_not_found, customers.member_not_found */
export async function putApprovalRules(
  ctx: Ctx,
  tx: Tx,
  companyId: string,
  rules: readonly { fromMinor: number; memberId: string }[],
): Promise<void> {
  if (!(await lockCompany(tx, companyId))) throw refuse('customers.company_not_found')
  const members = await membersOfCompany(tx, companyId)
  const deciding = new Set(members.filter(({ role }) => role !== 'buyer').map(({ id }) => id))
  if (rules.some(({ memberId }) => !deciding.has(memberId))) throw refuse('customers.member_not_found')
  await replaceRules(tx, companyId, rules)
  await publish(tx, ctx, [
    { type: 'customers.company_changed', version: 1, aggregateId: companyId, payload: { companyId } },
  ])
}

async function withoutRulesOf(tx: Tx, companyId: string, memberId: string): Promise<void> {
  const rules = await rulesOfCompany(tx, companyId)
  const kept = rules.filter((rule) => rule.member_id !== memberId)
  if (kept.length === rules.length) return
  await replaceRules(
    tx,
    companyId,
    kept.map((rule) => ({ fromMinor: Number(rule.from_minor), memberId: rule.member_id })),
  )
}

async function lockedMember(tx: Tx, companyId: string, memberId: string): Promise<MemberRow> {
  if (!(await lockCompany(tx, companyId))) throw refuse('customers.company_not_found')
  const member = await memberById(tx, memberId)
  if (!member || member.company_id !== companyId || member.state === 'removed')
    throw refuse('customers.member_not_found')
  return member
}

/** A company that has an administrator keeps one: only staff may leave it without. */
async function requireOtherAdministrator(ctx: Ctx, tx: Tx, member: MemberRow): Promise<void> {
  if (member.role !== 'administrator' || member.state !== 'active' || ctx.actor.kind !== 'account') return
  const others = await membersOfCompany(tx, member.company_id)
  if (!others.some(({ id, role, state }) => id !== member.id && role === 'administrator' && state === 'active'))
    throw refuse('customers.last_administrator')
}

async function requireSites(tx: Tx, companyId: string, siteIds: readonly string[]): Promise<void> {
  if (siteIds.length === 0) return
  const known = new Set((await sitesOfCompany(tx, companyId)).map(({ id }) => id))
  if (siteIds.some((id) => !known.has(id))) throw refuse('customers.site_not_found')
}

async function tell(ctx: Ctx, tx: Tx, type: `customers.${string}`, companyId: string, memberId: string): Promise<void> {
  await publish(tx, ctx, [{ type, version: 1, aggregateId: companyId, payload: { companyId, memberId } }])
}
