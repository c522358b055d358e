import { useState } from 'react'
import { Alert, Button, Menu, Skeleton } from '@mantine/core'
import { IconDots, IconHistory, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { DeleteWebhook, EditWebhook, RotateSecret } from './change-webhook.tsx'
import { Deliveries } from './deliveries.tsx'
import { DeliveryPanel } from './delivery-panel.tsx'
import { errorWords, eventName, successRate, WebhookBadge } from './delivery-words.tsx'
import { ReplayEvents } from './replay-events.tsx'

const route = getRouteApi('/webhooks/$webhookId')

/** One webhook: how it fares, what it is sent, and each delivery. */
export function WebhookPage() {
  const t = useT()
  const { webhookId } = route.useParams()
  const { open } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    ...apiQuery(endpoints.getWebhook, { params: { webhookId } }),
    refetchInterval: ({ state }) => (state.data && state.data.health.waiting > 0 ? 3_000 : 15_000),
  })
  const webhook = query.data
  return (
    <Page
      title={webhook ? webhook.description || new URL(webhook.url).host : t('hooks.one')}
      badge={webhook && <WebhookBadge webhook={webhook} />}
      summary={webhook && <span className="bo-hook-url">{webhook.url}</span>}
      back={{ to: '/webhooks', label: t('nav.webhooks') }}
      acts={webhook && <Acts webhook={webhook} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {webhook && (
        <div className="bo-stack">
          {!webhook.active && <Off webhook={webhook} />}
          <Health webhook={webhook} />
          <Deliveries webhook={webhook} />
        </div>
      )}
      {webhook && open && (
        <DeliveryPanel
          webhookId={webhookId}
          eventId={open}
          active={webhook.active}
          onClose={() => void navigate({ search: (before) => ({ ...before, open: undefined }), resetScroll: false })}
        />
      )}
    </Page>
  )
}

type Dialog = 'edit' | 'rotate' | 'delete' | 'replay'

function Acts({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const navigate = route.useNavigate()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  const params = { webhookId: webhook.id }
  const test = useAct({
    act: (_input: void, idempotencyKey) => call(endpoints.testWebhook, { params }, { idempotencyKey }),
    touches: ['/webhooks'],
    onDone: ({ eventId }) => void navigate({ search: (before) => ({ ...before, open: eventId }), resetScroll: false }),
  })
  const pause = useAct({
    act: () => call(endpoints.updateWebhook, { params, body: { active: false } }),
    touches: ['/webhooks'],
    done: () => t('hooks.paused'),
    undo: () => call(endpoints.updateWebhook, { params, body: { active: true } }),
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconHistory size={16} aria-hidden />}
        disabled={!webhook.active}
        onClick={() => setDialog('replay')}
      >
        {t('hooks.replay')}
      </Button>
      <Button
        leftSection={<IconSend size={16} aria-hidden />}
        disabled={!webhook.active}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('hooks.test')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" aria-label={t('hooks.more')} px="xs">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('edit')}>{t('hooks.edit')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('rotate')}>{t('hooks.rotate')}</Menu.Item>
          {webhook.active && <Menu.Item onClick={() => pause.mutate()}>{t('hooks.pause')}</Menu.Item>}
          <Menu.Item color="red" onClick={() => setDialog('delete')}>
            {t('hooks.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' && <EditWebhook webhook={webhook} onClose={close} />}
      {dialog === 'rotate' && <RotateSecret webhook={webhook} onClose={close} />}
      {dialog === 'delete' && <DeleteWebhook webhook={webhook} onClose={close} />}
      {dialog === 'replay' && <ReplayEvents webhook={webhook} onClose={close} />}
    </>
  )
}

function Off({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const { locale } = useLocale()
  const params = { webhookId: webhook.id }
  const resume = useAct({
    act: () => call(endpoints.updateWebhook, { params, body: { active: true } }),
    touches: ['/webhooks'],
    done: () => t('hooks.resumed'),
  })
  const reason = webhook.disabledReason ?? 'paused'
  const since = webhook.disabledAt && formatDate(webhook.disabledAt, locale, 'full')
  return (
    <Alert color={reason === 'paused' ? 'gray' : 'red'} title={t(`hooks.off.${reason}`)}>
      <p className="bo-line">
        {t(`hooks.off.help.${reason}`)} {t('hooks.off.missed', { since: since ?? '' })}
      </p>
      <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
        {t('hooks.resume')}
      </Button>
    </Alert>
  )
}

function Health({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const { locale } = useLocale()
  const { health, types } = webhook
  const rate = successRate(webhook)
  return (
    <Card title={t('hooks.health')}>
      <Facts
        facts={[
          [
            t('hooks.rate'),
            rate === null
              ? t('hooks.rate.none')
              : t('hooks.rate.of', {
                  rate: formatPercent(rate, locale),
                  count: health.delivered24h + health.failing24h,
                }),
          ],
          [
            t('hooks.waiting'),
            health.oldestWaitingAt ? (
              <>
                {formatNumber(health.waiting, locale)} · {t('hooks.oldest')}{' '}
                <RelativeTime at={health.oldestWaitingAt} />
              </>
            ) : (
              t('app.none')
            ),
          ],
          [
            t('hooks.lastError'),
            health.lastError && health.lastErrorAt && (
              <>
                {errorWords(t, health.lastError, null)} · <RelativeTime at={health.lastErrorAt} />
              </>
            ),
          ],
          [
            t('hooks.restingUntil'),
            webhook.active && webhook.restingUntil ? <RelativeTime at={webhook.restingUntil} /> : null,
          ],
          [
            t('hooks.types'),
            types === null ? t('hooks.types.all') : types.map((type) => eventName(t, type)).join(', '),
          ],
          [t('hooks.previousSecret'), coming(webhook.previousSecretUntil)],
        ]}
      />
    </Card>
  )
}

/** A time, while it is still to come. */
function coming(until: string | null) {
  return until !== null && Date.parse(until) > Date.now() ? <RelativeTime at={until} /> : null
}
