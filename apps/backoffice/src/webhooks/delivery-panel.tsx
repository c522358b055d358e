import { Button, Skeleton } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Delivery } from '@ecluse/contracts/webhooks.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { DeliveryBadge, errorWords, eventName } from './delivery-words.tsx'

/** One delivery: what became of it, what was answered, what is sent. */
export function DeliveryPanel({
  webhookId,
  eventId,
  active,
  onClose,
}: {
  webhookId: string
  eventId: string
  active: boolean
  onClose: () => void
}) {
  const t = useT()
  const params = { webhookId, eventId }
  const query = useQuery({
    ...apiQuery(endpoints.getDelivery, { params }),
    refetchInterval: ({ state }) => (state.data?.delivery.state === 'waiting' ? 2_000 : false),
  })
  const resend = useAct({
    act: (_input: void, idempotencyKey) => call(endpoints.resendDelivery, { params }, { idempotencyKey }),
    touches: ['/webhooks'],
    done: () => t('hooks.resent'),
  })
  const { delivery, event } = query.data ?? {}
  return (
    <SidePanel
      itemKey={eventId}
      title={delivery ? eventName(t, delivery.type) : t('hooks.delivery')}
      badge={delivery && <DeliveryBadge delivery={delivery} />}
      onClose={onClose}
      footer={
        delivery && (
          <Button
            fullWidth
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={!active}
            loading={resend.isPending}
            onClick={() => resend.mutate()}
          >
            {t('hooks.resend')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {delivery && <Outcome delivery={delivery} />}
      {delivery?.answer && (
        <Section title={t('hooks.answer')}>
          <pre className="bo-hook-code" tabIndex={0} aria-label={t('hooks.answer')}>
            {delivery.answer}
          </pre>
        </Section>
      )}
      {event && (
        <Section title={t('hooks.sent')}>
          <pre className="bo-hook-code" tabIndex={0} aria-label={t('hooks.sent')}>
            {JSON.stringify(event, null, 2)}
          </pre>
        </Section>
      )}
    </SidePanel>
  )
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const t = useT()
  const { locale } = useLocale()
  const at = (instant: string | null) => instant && formatDate(instant, locale, 'full')
  const tries = !delivery.behind && delivery.attempts > 0
  return (
    <Section title={t('hooks.what')}>
      <Facts
        facts={[
          [t('hooks.error'), delivery.error && errorWords(t, delivery.error, delivery.status)],
          [t('hooks.status'), delivery.status],
          [t('hooks.attempts'), formatNumber(delivery.attempts, locale)],
          [t('hooks.duration'), delivery.durationMs === null ? null : t('hooks.ms', { ms: delivery.durationMs })],
          [t('hooks.lastAttempt'), at(delivery.lastAttemptAt)],
          [t('hooks.nextAttempt'), tries ? at(delivery.nextAttemptAt) : null],
        ]}
      />
      {delivery.behind && <p className="bo-line bo-quiet">{t('hooks.behind.help')}</p>}
    </Section>
  )
}
