import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { z } from 'zod'
import type { User } from '@ecluse/contracts/access.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { usersSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { useSites } from '../network/use-channels.ts'
import { NewUserForm } from './new-user-form.tsx'
import { UserForm } from './user-form.tsx'

const route = getRouteApi('/users')
const filterNames = ['q'] as const

export function UsersPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<z.infer<typeof usersSearch>>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listUsers, { query: { q: search.q } }),
    placeholderData: keepPreviousData,
  })
  const close = () => setSearch({ open: undefined })
  const user = pages.data?.pages.flatMap(({ items }) => items).find(({ id }) => id === search.open)
  return (
    <Page
      title={t('nav.users')}
      summary={t('users.summary')}
      acts={
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setSearch({ open: 'new' })}>
          {t('act.newUser')}
        </Button>
      }
    >
      <ListScreen
        name={t('users.file')}
        label={t('nav.users')}
        columns={useColumns()}
        pages={pages}
        rowId={(one) => one.id}
        rowName={(one) => one.name}
        search={search}
        onSearch={setSearch}
        searchLabel={t('users.search')}
        filterNames={filterNames}
        selectable={false}
        onOpen={(one) => setSearch({ open: one.id })}
        empty={<EmptyState title={t('users.empty')} hint={t('users.empty.help')} />}
      />
      {search.open === 'new' && (
        <SidePanel itemKey="new" title={t('act.newUser')} onClose={close}>
          <NewUserForm onDone={close} />
        </SidePanel>
      )}
      {user && (
        <SidePanel itemKey={user.id} title={user.name} badge={<ActiveBadge active={user.active} />} onClose={close}>
          <UserForm key={user.id} user={user} />
        </SidePanel>
      )}
    </Page>
  )
}

function ActiveBadge({ active }: { active: boolean }) {
  const t = useT()
  return <StateBadge tone={active ? 'done' : 'neutral'}>{active ? t('users.active') : t('users.inactive')}</StateBadge>
}

function useColumns(): readonly Column<User>[] {
  const t = useT()
  const sites = useSites()
  return useMemo(() => {
    const shops = ({ siteIds }: User) =>
      siteIds === null
        ? t('users.everywhere')
        : sites
            .filter(({ id }) => siteIds.includes(id))
            .map(({ name }) => name)
            .join(', ')
    return [
      {
        id: 'name',
        header: t('customers.name'),
        cell: (user) => <TwoLines first={user.name} second={user.email} />,
        sort: (user) => user.name,
        csv: (user) => user.name,
      },
      {
        id: 'role',
        header: t('users.role'),
        cell: (user) => t(`role.${user.role}`),
        sort: (user) => user.role,
        csv: (user) => t(`role.${user.role}`),
        width: 200,
        from: 'sm',
      },
      { id: 'sites', header: t('users.sites'), cell: shops, csv: shops, from: 'md' },
      {
        id: 'seen',
        header: t('users.seen'),
        cell: (user) => (user.lastSeenAt ? <RelativeTime at={user.lastSeenAt} /> : t('users.never')),
        sort: (user) => user.lastSeenAt,
        csv: (user) => user.lastSeenAt,
        from: 'lg',
        width: 148,
      },
      {
        id: 'active',
        header: t('orders.state'),
        cell: (user) => <ActiveBadge active={user.active} />,
        sort: (user) => (user.active ? 0 : 1),
        csv: (user) => (user.active ? t('users.active') : t('users.inactive')),
        width: 124,
      },
    ]
  }, [t, sites])
}
