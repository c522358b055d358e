import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Timeline } from '@ecluse/ui/timeline.tsx'
import { useT } from '../app/i18n.ts'
import { useChannelName } from '../network/use-channels.ts'
import { eventActor, eventDetail, eventTitle, eventTone } from './order-events.ts'

/** Everything that happened to an order, newest first. */
export function OrderTimeline({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const entries = order.timeline
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .map((entry) => {
      const channel = entry.channelCode ? { channelName: channelName(entry.channelCode) } : {}
      return {
        id: entry.id,
        at: entry.at,
        title: eventTitle(entry.type, t),
        detail: eventDetail(entry, t, locale, channel.channelName),
        actor: eventActor(entry.actor),
        medium: entry.medium,
        tone: eventTone(entry.type),
        ...channel,
      }
    })
  return <Timeline entries={entries} label={t('orders.timeline')} />
}
