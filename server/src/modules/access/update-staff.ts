import type { User } from '@ecluse/contracts/access.ts'
import type { Role } from '@ecluse/contracts/permissions.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { requireRightsOf, requireSites, sitesOfRole } from './create-staff.ts'
import { hashPassword } from './passwords.ts'
import { deleteSessionsOf, renameAccount, replacePassword } from './queries/accounts.ts'
import { lockStaffAndAdministrators } from './queries/locks.ts'
import { countActiveAdministrators, staffById, updateStaffRow, type StaffRow } from './queries/staff.ts'
import { staffView } from './staff-view.ts'

export type StaffChange = {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly siteIds?: readonly string[] | null | undefined
  readonly active?: boolean | undefined
  readonly password?: string | undefined
}

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Changes a member of staff. Being deactivated or given another password ends their sessions. The caller forgets the
 * account's cached rights once the transaction is committed.
 *
 * @throws access.user_not_found, access.own_account when the actor would lose rights of their own,
 *   access.last_administrator, access.forbidden, channels.site_not_found
 */
export async function updateStaff(ctx: Ctx, tx: Tx, accountId: string, change: StaffChange): Promise<User> {
  if (!idPattern.test(accountId)) throw refuse('access.user_not_found')
  const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password)
  await lockStaffAndAdministrators(tx, accountId)
  const before = await staffById(tx, accountId)
  if (before === undefined) throw refuse('access.user_not_found')
  const role = change.role ?? before.role
  const active = change.active ?? before.active
  const siteIds = sitesOfRole(role, change.siteIds === undefined ? before.site_ids : change.siteIds)
  // Who may not give these rights may not take them, nor set the password that opens them.
  requireRightsOf(ctx, before.role)
  requireRightsOf(ctx, role)
  refuseOwnLoss(ctx, before, { role, active, siteIds })
  await requireSites(tx, siteIds ?? [])
  await updateStaffRow(tx, accountId, { role, active, siteIds })
  if (before.role === 'administrator' && before.active && (await countActiveAdministrators(tx)) === 0)
    throw refuse('access.last_administrator')
  const now = ctx.clock.now()
  if (change.name !== undefined) await renameAccount(tx, accountId, change.name, now)
  if (passwordHash !== undefined) await replacePassword(tx, accountId, passwordHash, now)
  if (active !== before.active || passwordHash !== undefined) await deleteSessionsOf(tx, accountId)
  await publish(tx, ctx, [
    {
      type: 'access.staff_changed',
      version: 1,
      aggregateId: accountId,
      payload: { accountId, role, active },
      patient: true,
    },
  ])
  const after = await staffById(tx, accountId)
  assert(after, 'a locked member of staff stays')
  return staffView(after)
}

function refuseOwnLoss(
  { actor }: Ctx,
  before: StaffRow,
  after: { role: Role; active: boolean; siteIds: readonly string[] | null },
): void {
  if (actor.kind !== 'staff' || actor.accountId !== before.id) return
  const kept = after.active && after.role === before.role && sameSites(before.site_ids, after.siteIds)
  if (!kept) throw refuse('access.own_account')
}

function sameSites(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (before === null || after === null) return before === after
  const given = new Set(after)
  return given.size === before.length && before.every((siteId) => given.has(siteId))
}
