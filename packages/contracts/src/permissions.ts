/** Everything staff or an API key can be allowed to do. Scopes of API keys are these same words. */
export const permissions = [
  'catalog:read',
  'catalog:write',
  'stock:read',
  'stock:write',
  'stock:receive',
  'stock:approve',
  'sourcing:write',
  'orders:read',
  'orders:write',
  'quotes:read',
  'quotes:write',
  'quotes:approve',
  'till:sell',
  'fulfillment:write',
  'windows:write',
  'appointments:manage',
  'returns:write',
  'customers:read',
  'customers:write',
  'segments:write',
  'campaigns:write',
  'company:buy',
  'credit:write',
  'prices:write',
  'interchange:write',
  'messages:read',
  'users:manage',
  'keys:manage',
  'webhooks:manage',
  'events:read',
] as const

export type Permission = (typeof permissions)[number]

export const roles = ['administrator', 'shop_manager', 'clerk'] as const
export type Role = (typeof roles)[number]

/** What each role may do. A shop manager and a clerk do it in their own shops only. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: permissions,
  shop_manager: [
    'catalog:read',
    'stock:read',
    'stock:write',
    'stock:receive',
    'stock:approve',
    'orders:read',
    'orders:write',
    'quotes:read',
    'quotes:write',
    'quotes:approve',
    'till:sell',
    'fulfillment:write',
    'windows:write',
    'appointments:manage',
    'returns:write',
    'customers:read',
    'messages:read',
  ],
  clerk: [
    'catalog:read',
    'stock:read',
    'stock:receive',
    'orders:read',
    'quotes:read',
    'quotes:write',
    'till:sell',
    'fulfillment:write',
    'returns:write',
  ],
}
