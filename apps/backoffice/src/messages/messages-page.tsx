import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, type RefObject } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Message } from '@ecluse/contracts/engagement.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { openShortcuts } from '../app/shortcuts.tsx'
import { Page } from '../common/page.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { MessageBadge } from './message-badge.tsx'
import { MessageReader } from './message-reader.tsx'

const route = getRouteApi('/messages')

/** What was sent, or kept here for want of a mail server: the list beside the message being read. */
export function MessagesPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: { q?: string; open?: string; view?: 'html' | 'text' }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })
  const field = useRef<HTMLInputElement>(null)
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listMessages, { query: { q: search.q } }),
    placeholderData: keepPreviousData,
  })
  const messages = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const chosen = search.open ?? (narrow ? undefined : messages[0]?.id)
  const reader = chosen && (
    <MessageReader
      key={chosen}
      messageId={chosen}
      view={search.view ?? 'html'}
      onView={(view) => setSearch({ view })}
    />
  )
  return (
    <Page
      title={t('nav.messages')}
      summary={t('messages.summary')}
      acts={
        <Button component={Link} to="/messages/dead-addresses" variant="default">
          {t('dead.title')}
        </Button>
      }
    >
      <MessageSearch field={field} q={search.q} onSearch={(q) => setSearch({ q })} />
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <PanelLoading />}
      {pages.data && messages.length === 0 && (
        <EmptyState
          title={search.q ? t('list.nothing') : t('messages.empty')}
          hint={search.q ? t('list.nothing.help') : t('messages.empty.help')}
        />
      )}
      {messages.length > 0 && (
        <div className="bo-mail">
          <div>
            <MessageList
              messages={messages}
              chosen={chosen}
              onOpen={(open) => setSearch({ open })}
              onSearch={() => field.current?.focus()}
            />
            <ListFoot
              shown={messages.length}
              total={undefined}
              more={pages.hasNextPage}
              loading={pages.isFetchingNextPage}
              partialSort={false}
              onMore={() => void pages.fetchNextPage()}
            />
          </div>
          {!narrow && <div className="bo-mail-reader">{reader}</div>}
        </div>
      )}
      {narrow && reader && (
        <SidePanel itemKey={chosen ?? ''} title={t('messages.one')} onClose={() => setSearch({ open: undefined })}>
          {reader}
        </SidePanel>
      )}
    </Page>
  )
}

/** Searches as one types, a quarter of a second behind. */
function MessageSearch({
  field,
  q,
  onSearch,
}: {
  field: RefObject<HTMLInputElement | null>
  q: string | undefined
  onSearch: (q: string | undefined) => void
}) {
  const t = useT()
  const ask = useDebouncedCallback((typed: string) => onSearch(typed || undefined), 250)
  return (
    <TextInput
      ref={field}
      className="bo-search"
      type="search"
      aria-label={t('messages.search')}
      placeholder={t('messages.search')}
      defaultValue={q ?? ''}
      leftSection={<IconSearch size={16} aria-hidden />}
      mb="sm"
      onChange={(event) => ask(event.currentTarget.value.trim())}
    />
  )
}

function MessageList({
  messages,
  chosen,
  onOpen,
  onSearch,
}: {
  messages: readonly Message[]
  chosen: string | undefined
  onOpen: (id: string) => void
  onSearch: () => void
}) {
  const t = useT()
  const list = useKeyboardList({
    count: messages.length,
    onOpen: (index) => messages[index] && onOpen(messages[index].id),
    onSearch,
    onHelp: openShortcuts,
  })
  return (
    <ul className="bo-mail-list" aria-label={t('nav.messages')}>
      {messages.map((message, index) => {
        const { ref, ...rowProps } = list.rowProps(index)
        return (
          <li key={message.id}>
            <div
              role="button"
              ref={ref}
              {...rowProps}
              className="bo-mail-row"
              aria-current={chosen === message.id ? 'true' : undefined}
            >
              <span className="bo-two">
                <span>{message.subject}</span>
                <span>
                  {message.medium !== 'email' && `${t(`consents.medium.${message.medium}`)} · `}
                  {message.to}
                </span>
              </span>
              <span className="bo-mail-meta">
                <RelativeTime at={message.createdAt} />
                <MessageBadge state={message.state} />
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
