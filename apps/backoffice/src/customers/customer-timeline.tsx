import { Skeleton } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { timelineKinds, type TimelineEntry, type TimelineKind } from '@ecluse/contracts/customer-timeline.ts'
import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { Timeline } from '@ecluse/ui/timeline.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import { EntryDetail } from './entry-detail.tsx'

type Filter = { kind?: TimelineKind | undefined; channel?: string | undefined }

/** What happened between a customer and the firm, in every channel, the latest first. */
export function CustomerTimeline(props: {
  profile: CustomerProfile
  filter: Filter
  onFilter: (patch: Filter) => void
}) {
  const t = useT()
  const { profile, filter, onFilter } = props
  const channels = useChannels()
  const channelName = useChannelName()
  const params = { customerId: profile.customer.id }
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.getCustomerTimeline, { params, query: { ...filter, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const entries = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="bo-stack">
      <div className="bo-marks">
        <FilterSelect
          label={t('customers.timeline.kind')}
          value={filter.kind}
          options={timelineKinds.map((value) => ({ value, label: t(`customers.timeline.kind.${value}`) }))}
          onChange={(kind) => onFilter({ kind })}
        />
        <FilterSelect
          label={t('orders.channel')}
          value={filter.channel}
          options={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
          searchable
          onChange={(channel) => onFilter({ channel })}
        />
      </div>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={320} />}
      {pages.data && (
        <Timeline
          label={t('customers.timeline')}
          entries={entries.map((entry) => {
            const channel = channels.find(({ code }) => code === entry.channelCode)
            return {
              id: `${entry.kind} ${entry.id}`,
              at: entry.at,
              title: titleOf(entry, t),
              detail: <EntryDetail entry={entry} profile={profile} />,
              actor: entry.actor ?? (actsOfCustomer.has(entry.kind) ? t('customers.timeline.themself') : null),
              ...(channel ? { medium: channel.medium, channelName: channelName(channel.code) } : {}),
              ...(entry.kind === 'message' ? { medium: 'email' as const } : {}),
            }
          })}
        />
      )}
      <ListFoot
        shown={entries.length}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </div>
  )
}

/** What the customer does themself, when nobody of the staff did it for them. */
const actsOfCustomer: ReadonlySet<TimelineKind> = new Set([
  'order',
  'return',
  'collection',
  'quote_acceptance',
  'reservation',
  'appointment',
  'visit_signed_in',
  'visit_anonymous',
  'product_view',
  'category_view',
  'message_opened',
  'click',
  'answer',
  'consent',
])

function titleOf(entry: TimelineEntry, t: Translate): string {
  if (entry.consent) return t(`customers.timeline.consent.${entry.consent.act}`)
  if (entry.merge) {
    const name = entry.merge.name || t('customers.nameless')
    return t(`customers.timeline.merge.${entry.merge.act}`, { name })
  }
  return t(`customers.timeline.title.${entry.kind as Exclude<TimelineKind, 'consent' | 'merge'>}`)
}
