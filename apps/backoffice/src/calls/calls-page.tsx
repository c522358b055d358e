import { useState } from 'react'
import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Call } from '@ecluse/contracts/calls.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { openShortcuts } from '../app/shortcuts.tsx'
import { Page } from '../common/page.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { CallBadge } from './call-badge.tsx'
import { CallPanel } from './call-panel.tsx'
import '../messages/messages.css'
import './calls.css'

/** The call list: who is to be called, about what, and whether they may be now; each is worked from the side. */
export function CallsPage() {
  const t = useT()
  const [open, setOpen] = useState<string | null>(null)
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listCalls, { query: { limit: 50 } }),
    refetchInterval: 30_000,
  })
  const calls = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const chosen = calls.find(({ id }) => id === open)
  return (
    <Page title={t('nav.calls')} summary={t('calls.summary')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={240} />}
      {pages.data && calls.length === 0 && <EmptyState title={t('calls.empty')} hint={t('calls.empty.help')} />}
      {calls.length > 0 && <CallList calls={calls} chosen={open} onOpen={setOpen} />}
      <MoreButton pages={pages} />
      {chosen && (
        <SidePanel itemKey={chosen.id} title={chosen.name || t('customers.nameless')} onClose={() => setOpen(null)}>
          <CallPanel key={chosen.id} call={chosen} onDone={() => setOpen(null)} />
        </SidePanel>
      )}
    </Page>
  )
}

function CallList({
  calls,
  chosen,
  onOpen,
}: {
  calls: readonly Call[]
  chosen: string | null
  onOpen: (id: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const list = useKeyboardList({
    count: calls.length,
    onOpen: (index) => calls[index] && onOpen(calls[index].id),
    onHelp: openShortcuts,
  })
  return (
    <ul className="bo-mail-list" aria-label={t('nav.calls')}>
      {calls.map((call, index) => {
        const { ref, ...rowProps } = list.rowProps(index)
        return (
          <li key={call.id}>
            <div
              role="button"
              ref={ref}
              {...rowProps}
              className="bo-mail-row"
              aria-current={chosen === call.id ? 'true' : undefined}
            >
              <span className="bo-two">
                <span>{call.name || t('customers.nameless')}</span>
                <span>
                  {call.relational && `${t('treatments.relational')} · `}
                  {call.firstBy && `${t('entitlements.first')} · `}
                  {call.replyBy &&
                    `${t('entitlements.replyBy', { at: formatDate(call.replyBy, locale, 'dateTime') })} · `}
                  {call.asked && `${t('calls.asked')} · `}
                  {call.about}
                </span>
              </span>
              <span className="bo-mail-meta">
                <RelativeTime at={call.notBefore} />
                <CallBadge call={call} />
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
