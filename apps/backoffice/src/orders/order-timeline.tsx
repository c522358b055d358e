import type { Order, TimelineEntry as Entry } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { Timeline } from '@ecluse/ui/timeline.tsx'
import { useT, type Translate } from '../app/i18n.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { eventTitle, eventTone } from './order-events.ts'

/** Everything that happened to an order, newest first. */
export function OrderTimeline({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const entries = order.timeline
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .map((entry) => ({
      id: entry.id,
      at: entry.at,
      title: eventTitle(entry.type, t),
      detail: detailOf(entry, t, locale),
      actor: entry.actor,
      medium: entry.medium,
      tone: eventTone(entry.type),
      ...(entry.channelCode ? { channelName: channelName(entry.channelCode) } : {}),
    }))
  return <Timeline entries={entries} label={t('orders.timeline')} />
}

/** What the event carries that a reader wants: amounts, numbers, reasons. */
function detailOf({ details }: Entry, t: Translate, locale: 'fr' | 'en'): string | null {
  const parts: string[] = []
  for (const [name, value] of Object.entries(details)) {
    if (value === null || value === '') continue
    if (name.endsWith('Minor') && typeof value === 'number') {
      parts.push(formatMoney({ amountMinor: value, currency: 'EUR' }, locale))
    } else if (name === 'carrier' || name === 'trackingNumber' || name === 'siteName' || name === 'number') {
      parts.push(String(value))
    } else if (name === 'reason') {
      parts.push(t('orders.because', { reason: String(value) }))
    }
  }
  return parts.length > 0 ? parts.join(' · ') : null
}
