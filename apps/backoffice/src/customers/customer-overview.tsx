import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CustomerOverview as Overview } from '@ecluse/contracts/customer-timeline.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'

/** A customer at a glance: what they bought over their life, where, the segments they are in, and how they may be reached. */
export function CustomerOverview({ customerId }: { customerId: string }) {
  const query = useQuery(apiQuery(endpoints.getCustomerOverview, { params: { customerId } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={160} />
  return (
    <div className="bo-stack">
      <Figures figures={query.data.figures} />
      <More customerId={customerId} overview={query.data} />
    </div>
  )
}

function Figures({ figures }: { figures: Overview['figures'] }) {
  const t = useT()
  const shown: [string, ReactNode][] = [
    [t('customers.overview.orders'), figures.orders],
    [t('customers.overview.ordered'), <Money key="ordered" value={figures.ordered} />],
    [
      t('customers.overview.average'),
      figures.averageOrder ? <Money key="average" value={figures.averageOrder} /> : '–',
    ],
    [t('customers.overview.returned'), <Money key="returned" value={figures.returned} />],
  ]
  return (
    <dl className="bo-figures">
      {shown.map(([name, value]) => (
        <div key={name} className="bo-figure">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function More({ customerId, overview: { figures, segments } }: { customerId: string; overview: Overview }) {
  const t = useT()
  const channels = useChannels()
  const channelName = useChannelName()
  const when = (at: string | null) => at && <RelativeTime at={at} />
  return (
    <Facts
      facts={[
        [t('customers.overview.first'), when(figures.firstOrderAt)],
        [t('customers.overview.last'), when(figures.lastOrderAt)],
        [t('customers.overview.seen'), when(figures.lastSeenAt)],
        [
          t('customers.overview.channels'),
          figures.channels.length > 0 && (
            <span className="bo-marks">
              {figures.channels.map(({ code, orders }) => {
                const medium = channels.find((one) => one.code === code)?.medium
                const words = `${channelName(code)} (${orders})`
                return medium ? <ChannelMark key={code} medium={medium} label={words} /> : words
              })}
            </span>
          ),
        ],
        [
          t('nav.segments'),
          segments.length > 0 && (
            <span className="bo-marks">
              {segments.map(({ id, name }) => (
                <Link key={id} to="/segments/$segmentId" params={{ segmentId: id }} className="bo-link">
                  {name}
                </Link>
              ))}
            </span>
          ),
        ],
        [t('customers.overview.reach'), <Reach key="reach" customerId={customerId} />],
      ]}
    />
  )
}

/** By what news may be sent; why is told with the consents. */
function Reach({ customerId }: { customerId: string }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getCustomerConsents, { params: { customerId }, query: {} }))
  const cells = (query.data?.cells ?? []).filter(({ purpose }) => purpose === 'marketing')
  return (
    <span className="bo-marks">
      {cells
        .filter(({ allowed }) => allowed)
        .map(({ medium }) => (
          <StateBadge key={medium} tone="done">
            {t(`consents.medium.${medium}`)}
          </StateBadge>
        ))}
      {query.data && !cells.some(({ allowed }) => allowed) && t('customers.overview.nowhere')}
    </span>
  )
}
