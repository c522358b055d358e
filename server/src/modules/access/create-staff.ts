import type { User } from '@ecluse/contracts/access.ts'
import { permissionsOfRole, type Role } from '@ecluse/contracts/permissions.ts'
import { assert } from '../../kernel/assert.ts'
import { requirePermission, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { createAccounts, type NewAccount } from './create-accounts.ts'
import { insertStaff, knownSites, staffById } from './queries/staff.ts'
import { staffView } from './staff-view.ts'

export type NewStaff = NewAccount & {
  readonly role: Role
  /** Shops they work in; null means all. Administrators always work in all. */
  readonly siteIds: readonly string[] | null
}

/**
 * Adds members of staff, all or none; answers them in the same order. Nobody gives more rights than they have.
 * @throws access.email_taken, access.forbidden, channels.site_not_found
 */
export async function createStaff(ctx: Ctx, tx: Tx, people: readonly NewStaff[]): Promise<User[]> {
  for (const { role } of people) requireRightsOf(ctx, role)
  await requireSites(
    tx,
    people.flatMap(({ siteIds }) => siteIds ?? []),
  )
  const ids = await createAccounts(ctx, tx, people)
  const rows = people.map(({ role, siteIds }, index) => {
    const id = ids[index]
    assert(id, 'each person has an account')
    return { id, role, siteIds: sitesOfRole(role, siteIds) }
  })
  await insertStaff(tx, rows, ctx.clock.now())
  const made: User[] = []
  for (const { id } of rows) {
    const row = await staffById(tx, id)
    assert(row, 'a member of staff just added is there')
    made.push(staffView(row))
  }
  return made
}

/** @throws access.forbidden when the role may do what the actor may not */
export function requireRightsOf(ctx: Ctx, role: Role): void {
  for (const permission of permissionsOfRole[role]) requirePermission(ctx.actor, permission)
}

/** @throws channels.site_not_found */
export async function requireSites(tx: Tx, siteIds: readonly string[]): Promise<void> {
  const wanted = new Set(siteIds)
  if (wanted.size === 0) return
  const known = await knownSites(tx, [...wanted])
  if (known.size < wanted.size) throw refuse('channels.site_not_found')
}

/** An administrator kept to one shop could let themself out: they work in all. */
export function sitesOfRole(role: Role, siteIds: readonly string[] | null): readonly string[] | null {
  return role === 'administrator' ? null : siteIds
}
