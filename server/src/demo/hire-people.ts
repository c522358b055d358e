import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { createAccounts, createStaff } from '../modules/access/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { writeCustomers } from '../modules/customers/public.ts'
import type { DemoAccount } from './demo-accounts.ts'
import type { DemoStage, DemoState } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount, demoMembers, demoStaff } from './people.ts'

const roleNames = { administrator: 'Administration', shop_manager: 'Responsable', clerk: 'Vente' } as const

/** Members of staff to sign in as, a member of the web shop, and customers. */
export async function hirePeople({ app }: DemoStage): Promise<Partial<DemoState>> {
  const ctx = systemContext(app.services, 'demo')
  const sites = new Map((await listSites(ctx.db)).map((site) => [site.code, site]))
  for (const { shop, ...person } of demoStaff) {
    const site = shop === null ? undefined : sites.get(shop)
    const hired = { ...person, locale: 'fr' as const, siteIds: site ? [site.id] : null }
    await unlessThere(() => command(ctx, (tx) => createStaff(ctx, tx, [hired])))
  }
  const members: Record<string, string> = {}
  for (const member of demoMembers)
    await unlessThere(async () => {
      const [id] = await command(ctx, (tx) => createAccounts(ctx, tx, [{ ...member, locale: 'fr' }]))
      if (id !== undefined) members[member.email] = id
    })
  const customers = Array.from({ length: demoCustomerCount }, (_, number) => ({
    ...demoCustomer(number),
    kind: 'person' as const,
    reference: `ALZ-${String(1_001 + number)}`,
  }))
  await command(ctx, (tx) => writeCustomers(ctx, tx, customers, 'demo'))
  return { accounts: accountsOf(sites), members }
}

/** A start that was cut short may have made the account already. */
async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'access.email_taken') throw error
  }
}

function accountsOf(sites: ReadonlyMap<string, { locality: string }>): DemoAccount[] {
  return [
    ...demoStaff.map(({ role, email, password, shop }) => {
      const town = shop === null ? undefined : sites.get(shop)?.locality
      return { label: town ? `${roleNames[role]}, ${town}` : roleNames[role], email, password }
    }),
    ...demoMembers.map(({ email, password }) => ({ label: 'Cliente du site', email, password })),
  ]
}
