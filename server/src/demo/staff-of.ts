import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import type { Actor } from '../kernel/context.ts'
import { demoStaff } from './people.ts'
import { ofTown, type DemoShop } from './sites.ts'

/** Somebody of a shop, or of the team that does what no shop does: who the history says has done it. */
export function staffOf(shop: DemoShop | null, otherwise: string): Actor {
  const seller = demoStaff.find(({ shop: code, role }) => code !== null && code === shop?.code && role === 'clerk')
  return {
    kind: 'staff',
    accountId: `demo-${shop?.code ?? 'centre'}`,
    email: '',
    name: seller?.name ?? (shop ? `Équipe ${ofTown(shop.town)}` : otherwise),
    role: 'shop_manager',
    permissions: new Set(permissionsOfRole.shop_manager),
    siteIds: null,
  }
}
