import {
  IconClipboardCheck,
  IconKey,
  IconPackageImport,
  IconPlus,
  IconUpload,
  IconUserPlus,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react'
import type { Permission } from '@ecluse/contracts/permissions.ts'
import type { MessageId } from './i18n.ts'

export type ActEntry = {
  id: string
  label: MessageId
  icon: Icon
  permission: Permission
  to: string
  search?: Record<string, string>
}

/** What one can start from anywhere, as data; the palette offers what this person may do. */
export const acts: readonly ActEntry[] = [
  { id: 'product', label: 'act.newProduct', icon: IconPlus, permission: 'catalog:write', to: '/products/new' },
  {
    id: 'receipt',
    label: 'act.recordMovement',
    icon: IconPackageImport,
    permission: 'stock:write',
    to: '/stock',
    search: { open: 'new' },
  },
  {
    id: 'verify',
    label: 'act.verifyStock',
    icon: IconClipboardCheck,
    permission: 'stock:read',
    to: '/stock/verification',
  },
  { id: 'import', label: 'act.import', icon: IconUpload, permission: 'interchange:write', to: '/imports' },
  {
    id: 'user',
    label: 'act.newUser',
    icon: IconUserPlus,
    permission: 'users:manage',
    to: '/users',
    search: { open: 'new' },
  },
  { id: 'key', label: 'act.newKey', icon: IconKey, permission: 'keys:manage', to: '/keys' },
  { id: 'webhook', label: 'act.newWebhook', icon: IconWebhook, permission: 'webhooks:manage', to: '/webhooks' },
]
