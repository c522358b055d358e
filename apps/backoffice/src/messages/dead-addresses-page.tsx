import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DeadAddress } from '@ecluse/contracts/mailbox.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { MoreButton } from '../list/more-button.tsx'
import './messages.css'

/** Addresses nothing is sent to any more, with what was said of them; each can be written to again. */
export function DeadAddressesPage() {
  const t = useT()
  const pages = useInfiniteQuery(apiPages(endpoints.listDeadAddresses, { query: {} }))
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page title={t('dead.title')} summary={t('dead.summary')} back={{ to: '/messages', label: t('nav.messages') }}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={160} />}
      {pages.data && items.length === 0 && <EmptyState title={t('dead.empty')} hint={t('dead.empty.help')} />}
      <ul className="bo-dead">
        {items.map((dead) => (
          <DeadItem key={dead.address} dead={dead} />
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Page>
  )
}

function DeadItem({ dead }: { dead: DeadAddress }) {
  const t = useT()
  const can = useCan()
  const { address, since, reason, messageId } = dead
  const lift = useAct({
    act: () => call(endpoints.liftDeadAddress, { body: { address } }),
    touches: ['/dead-addresses'],
    done: () => t('dead.lifted', { address }),
  })
  return (
    <li className="bo-card bo-dead-item">
      <div>
        <strong>{address}</strong>
        <p className="bo-line bo-quiet">
          {reason} · <RelativeTime at={since} />
          {messageId && (
            <>
              {' · '}
              <Link to="/messages" search={{ open: messageId }} className="bo-link">
                {t('dead.message')}
              </Link>
            </>
          )}
        </p>
      </div>
      {can('messages:write') && (
        <Button variant="default" loading={lift.isPending} onClick={() => lift.mutate()}>
          {t('dead.lift')}
        </Button>
      )}
    </li>
  )
}
