import { useEffect, useState } from 'react'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconPackage, IconReceipt, IconSearch, IconUser, type Icon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { acts } from './acts.ts'
import { useT } from './i18n.ts'
import { pages } from './pages.ts'

type Found = { id: string; label: string; description?: string; icon: Icon; go: () => void }
type Group = { label: string; found: Found[] }

const [store, palette] = createSpotlight()

/** Opens the palette that finds anything; also Ctrl K. */
export const openPalette = palette.open

/** Finds pages, acts, orders, articles and customers from one field. */
export function CommandPalette() {
  const t = useT()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 180)
  const screens = useScreens(query)
  const { groups, searching } = useRecords(asked)
  const all = [...screens, ...groups].filter(({ found }) => found.length > 0)
  const shown = all.flatMap(({ found }) => found.map(({ id }) => id)).join()
  // Results come after the last key: the first of them is then the one that Enter opens.
  useEffect(() => {
    if (query !== '') selectFirst()
  }, [shown, query])
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={460}
      shortcut={['mod + K', 'mod + P']}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {all.map(({ label, found }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {found.map(({ id, icon: Mark, label: name, description, go }) => (
              <Spotlight.Action
                key={id}
                label={name}
                {...(description ? { description } : {})}
                leftSection={<Mark size={18} stroke={1.75} aria-hidden />}
                onClick={go}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {all.length === 0 && (
          <Spotlight.Empty>{searching ? t('palette.searching') : t('palette.nothing', { query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function useScreens(query: string): Group[] {
  const t = useT()
  const can = useCan()
  const navigate = useNavigate()
  const wanted = plain(query)
  const matches = (label: string) => plain(label).includes(wanted)
  const entries = pages.filter((page) => can(page.permission) && matches(t(page.label)))
  const doable = acts.filter((act) => can(act.permission) && matches(t(act.label)))
  return [
    {
      label: t('palette.acts'),
      found: doable.map(({ id, label, icon, to, search }) => ({
        id: `act-${id}`,
        label: t(label),
        icon,
        go: () => void navigate({ to, search: (search ?? {}) as never }),
      })),
    },
    {
      label: t('palette.pages'),
      found: entries.map(({ to, label, icon }) => ({
        id: `page-${to}`,
        label: t(label),
        icon,
        go: () => void navigate({ to }),
      })),
    },
  ]
}

function useRecords(q: string): { groups: Group[]; searching: boolean } {
  const t = useT()
  const can = useCan()
  const navigate = useNavigate()
  const { locale } = useLocale()
  const long = q.length >= 2
  const orders = useQuery({
    ...apiQuery(endpoints.listOrders, { query: { q, limit: 6 } }),
    enabled: long && can('orders:read'),
  })
  const products = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, { query: { q, limit: 6, locale } }),
    enabled: long && can('catalog:read'),
  })
  const customers = useQuery({
    ...apiQuery(endpoints.listCustomers, { query: { q, limit: 6 } }),
    enabled: long && can('customers:read'),
  })
  const searching = long && (orders.isFetching || products.isFetching || customers.isFetching)
  const groups: Group[] = [
    {
      label: t('nav.orders'),
      found: (long ? (orders.data?.items ?? []) : []).map((order) => ({
        id: order.id,
        label: order.number,
        description: `${order.customerName ?? t('orders.anonymous')} · ${formatMoney(order.total, locale)}`,
        icon: IconReceipt,
        go: () => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } }),
      })),
    },
    {
      label: t('nav.products'),
      found: (long ? (products.data?.items ?? []) : []).map((product) => ({
        id: product.id,
        label: product.name,
        ...(product.brand ? { description: product.brand } : {}),
        icon: IconPackage,
        go: () => void navigate({ to: '/products/$productId', params: { productId: product.id } }),
      })),
    },
    {
      label: t('nav.customers'),
      found: (long ? (customers.data?.items ?? []) : []).map((customer) => ({
        id: customer.id,
        label: customer.name,
        ...(customer.email ? { description: customer.email } : {}),
        icon: IconUser,
        go: () => void navigate({ to: '/customers', search: { open: customer.id } }),
      })),
    },
  ]
  return { groups, searching }
}

/** Spotlight keeps its choice as an attribute of the list, and chooses by itself only when a key is pressed. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

/** Without accents or capitals: "prepa" finds « Préparations ». */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
