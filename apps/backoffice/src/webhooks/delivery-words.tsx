import { publicEventTypes } from '@ecluse/contracts/public-events.ts'
import type { Delivery, DeliveryError, Webhook } from '@ecluse/contracts/webhooks.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT, type Translate } from '../app/i18n.ts'

/** A type of event in words; its code when it is one we do not know. */
export function eventName(t: Translate, type: string): string {
  if (type === 'interchange.webhook_tested') return t('hooks.type.interchange.webhook_tested')
  const known = publicEventTypes.find((one) => one === type)
  return known ? t(`hooks.type.${known}`) : type
}

/** What went wrong, in words. */
export function errorWords(t: Translate, error: DeliveryError, status: number | null): string {
  if (error === 'http' || error === 'redirect') return t(`hooks.error.${error}`, { status: status ?? '' })
  return t(`hooks.error.${error}`)
}

const tones: Record<Delivery['state'], StateTone> = { waiting: 'waiting', delivered: 'done', failed: 'urgent' }

export function DeliveryBadge({ delivery }: { delivery: Delivery }) {
  const t = useT()
  const { state, attempts, behind } = delivery
  if (state === 'waiting' && behind) return <StateBadge tone="neutral">{t('hooks.state.behind')}</StateBadge>
  if (state === 'waiting' && attempts > 0) return <StateBadge tone="waiting">{t('hooks.state.again')}</StateBadge>
  return <StateBadge tone={tones[state]}>{t(`hooks.state.${state}`)}</StateBadge>
}

export function WebhookBadge({ webhook }: { webhook: Webhook }) {
  const t = useT()
  if (!webhook.active)
    return (
      <StateBadge tone={webhook.disabledReason === 'paused' ? 'neutral' : 'urgent'}>
        {t(`hooks.off.${webhook.disabledReason ?? 'paused'}`)}
      </StateBadge>
    )
  if (webhook.restingUntil) return <StateBadge tone="urgent">{t('hooks.resting')}</StateBadge>
  if (webhook.health.failing24h > 0) return <StateBadge tone="waiting">{t('hooks.someFail')}</StateBadge>
  const { lastDeliveredAt, lastErrorAt } = webhook.health
  if (lastDeliveredAt === null && lastErrorAt === null)
    return <StateBadge tone="neutral">{t('hooks.untried')}</StateBadge>
  return <StateBadge tone="done">{t('hooks.on')}</StateBadge>
}

/** The share of events of the last day that arrived; null when there was none. */
export function successRate({ health }: Webhook): number | null {
  const tried = health.delivered24h + health.failing24h
  return tried === 0 ? null : health.delivered24h / tried
}
