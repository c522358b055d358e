import {
  IconBarcode,
  IconAdjustments,
  IconArrowBackUp,
  IconArrowMerge,
  IconArrowsExchange,
  IconCalendarTime,
  IconCar,
  IconCalendarUser,
  IconBriefcase,
  IconBuildingStore,
  IconCategory,
  IconChartBar,
  IconChartCircles,
  IconHeartHandshake,
  IconCertificate,
  IconEyeCheck,
  IconUserHeart,
  IconFileText,
  IconGift,
  IconHanger,
  IconChecklist,
  IconHome,
  IconKey,
  IconMail,
  IconPackage,
  IconPackageExport,
  IconReceipt,
  IconRoute2,
  IconScale,
  IconSend2,
  IconCalendarEvent,
  IconShieldHalf,
  IconShieldLock,
  IconRoute,
  IconStack2,
  IconPhoneCall,
  IconTemplate,
  IconTransfer,
  IconTruckReturn,
  IconTruckDelivery,
  IconTruckLoading,
  IconTrendingUp,
  IconClipboardCheck,
  IconTag,
  IconUsers,
  IconUserCog,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react'
import type { Permission } from '@ecluse/contracts/permissions.ts'
import type { MessageId } from './i18n.ts'

export type PageGroup = 'work' | 'goods' | 'company'

export type PageEntry = {
  to: string
  label: MessageId
  icon: Icon
  permission: Permission
  group: PageGroup
  /** Second key after `g`. */
  key?: string
}

/** Every page of the menu, as data: the menu, the command palette and the keyboard help are all made from it. */
export const pages: readonly PageEntry[] = [
  { to: '/', label: 'nav.today', icon: IconHome, permission: 'orders:read', group: 'work', key: 't' },
  { to: '/orders', label: 'nav.orders', icon: IconReceipt, permission: 'orders:read', group: 'work', key: 'o' },
  { to: '/quotes', label: 'nav.quotes', icon: IconFileText, permission: 'quotes:read', group: 'work', key: 'd' },
  {
    to: '/preparations',
    label: 'nav.preparations',
    icon: IconPackageExport,
    permission: 'orders:read',
    group: 'work',
    key: 'p',
  },
  {
    to: '/appointments',
    label: 'nav.appointments',
    icon: IconCalendarUser,
    permission: 'orders:read',
    group: 'work',
    key: 'v',
  },
  {
    to: '/reservations',
    label: 'nav.reservations',
    icon: IconHanger,
    permission: 'orders:read',
    group: 'work',
    key: 'e',
  },
  { to: '/withdrawals', label: 'nav.withdrawals', icon: IconArrowBackUp, permission: 'orders:read', group: 'work' },
  { to: '/returns', label: 'nav.returns', icon: IconTruckReturn, permission: 'orders:read', group: 'work', key: 'b' },
  { to: '/windows', label: 'nav.windows', icon: IconCalendarTime, permission: 'orders:read', group: 'work' },
  { to: '/drive', label: 'nav.drive', icon: IconCar, permission: 'orders:read', group: 'work' },
  { to: '/routes', label: 'nav.routes', icon: IconRoute, permission: 'orders:read', group: 'work', key: 'r' },
  { to: '/customers', label: 'nav.customers', icon: IconUsers, permission: 'customers:read', group: 'work', key: 'c' },
  { to: '/segments', label: 'nav.segments', icon: IconChartCircles, permission: 'customers:read', group: 'work' },
  {
    to: '/journeys',
    label: 'nav.journeys',
    icon: IconSend2,
    permission: 'customers:read',
    group: 'work',
  },
  {
    to: '/journeys/calendar',
    label: 'nav.contactCalendar',
    icon: IconCalendarEvent,
    permission: 'customers:read',
    group: 'work',
  },
  { to: '/knowledge', label: 'nav.knowledge', icon: IconChartBar, permission: 'customers:read', group: 'work' },
  { to: '/treatments', label: 'nav.treatments', icon: IconHeartHandshake, permission: 'customers:read', group: 'work' },
  { to: '/loyalty', label: 'nav.loyalty', icon: IconGift, permission: 'customers:read', group: 'work' },
  { to: '/customers/matches', label: 'nav.matches', icon: IconArrowMerge, permission: 'customers:read', group: 'work' },
  {
    to: '/customers/advisers',
    label: 'nav.advisers',
    icon: IconUserHeart,
    permission: 'customers:read',
    group: 'work',
  },
  { to: '/rights', label: 'nav.rights', icon: IconShieldLock, permission: 'rights:manage', group: 'work' },
  { to: '/companies', label: 'nav.companies', icon: IconBriefcase, permission: 'customers:read', group: 'work' },
  { to: '/aged-balances', label: 'nav.balances', icon: IconScale, permission: 'credit:write', group: 'work' },
  { to: '/messages', label: 'nav.messages', icon: IconMail, permission: 'messages:read', group: 'work', key: 'm' },
  { to: '/calls', label: 'nav.calls', icon: IconPhoneCall, permission: 'messages:write', group: 'work' },
  { to: '/templates', label: 'nav.templates', icon: IconTemplate, permission: 'messages:read', group: 'work' },
  { to: '/products', label: 'nav.products', icon: IconPackage, permission: 'catalog:read', group: 'goods', key: 'a' },
  { to: '/price-lists', label: 'nav.priceLists', icon: IconTag, permission: 'catalog:read', group: 'goods' },
  { to: '/categories', label: 'nav.categories', icon: IconCategory, permission: 'catalog:read', group: 'goods' },
  { to: '/stock', label: 'nav.stock', icon: IconStack2, permission: 'stock:read', group: 'goods', key: 's' },
  {
    to: '/stock/movements',
    label: 'nav.movements',
    icon: IconTransfer,
    permission: 'stock:read',
    group: 'goods',
    key: 'j',
  },
  {
    to: '/stock/supplier-orders',
    label: 'nav.supplierOrders',
    icon: IconTruckDelivery,
    permission: 'stock:read',
    group: 'goods',
    key: 'f',
  },
  {
    to: '/stock/transfers',
    label: 'nav.transfers',
    icon: IconTruckLoading,
    permission: 'stock:read',
    group: 'goods',
  },
  {
    to: '/stock/lots',
    label: 'nav.lots',
    icon: IconBarcode,
    permission: 'stock:read',
    group: 'goods',
  },
  {
    to: '/stock/replenishment',
    label: 'nav.replenishment',
    icon: IconTrendingUp,
    permission: 'stock:read',
    group: 'goods',
  },
  {
    to: '/stock/counts',
    label: 'nav.counts',
    icon: IconClipboardCheck,
    permission: 'stock:read',
    group: 'goods',
  },
  {
    to: '/stock/verification',
    label: 'nav.verification',
    icon: IconChecklist,
    permission: 'stock:read',
    group: 'goods',
  },
  {
    to: '/imports',
    label: 'nav.imports',
    icon: IconArrowsExchange,
    permission: 'interchange:write',
    group: 'goods',
    key: 'i',
  },
  { to: '/sourcing', label: 'nav.sourcing', icon: IconRoute2, permission: 'stock:read', group: 'company' },
  { to: '/network', label: 'nav.network', icon: IconBuildingStore, permission: 'catalog:read', group: 'company' },
  {
    to: '/legal-entity',
    label: 'nav.legalEntity',
    icon: IconCertificate,
    permission: 'users:manage',
    group: 'company',
  },
  {
    to: '/contact-policy',
    label: 'nav.contactPolicy',
    icon: IconShieldHalf,
    permission: 'customers:read',
    group: 'company',
  },
  { to: '/users', label: 'nav.users', icon: IconUserCog, permission: 'users:manage', group: 'company', key: 'u' },
  { to: '/customers/reads', label: 'nav.reads', icon: IconEyeCheck, permission: 'users:manage', group: 'company' },
  { to: '/keys', label: 'nav.keys', icon: IconKey, permission: 'keys:manage', group: 'company' },
  { to: '/webhooks', label: 'nav.webhooks', icon: IconWebhook, permission: 'webhooks:manage', group: 'company' },
]

export const pageGroups: readonly { group: PageGroup; label: MessageId; icon: Icon }[] = [
  { group: 'work', label: 'nav.group.work', icon: IconReceipt },
  { group: 'goods', label: 'nav.group.goods', icon: IconPackage },
  { group: 'company', label: 'nav.group.company', icon: IconAdjustments },
]

/** The page of the menu that an address belongs to: the longest one it starts with. */
export function pageOfPath(pathname: string): PageEntry | undefined {
  return pages
    .filter(({ to }) => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)))
    .toSorted((a, b) => b.to.length - a.to.length)[0]
}
