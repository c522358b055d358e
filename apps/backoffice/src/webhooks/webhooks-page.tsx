import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { errorWords, successRate, WebhookBadge } from './delivery-words.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { SwitchedOff } from './switched-off.tsx'

/** The addresses that events are sent to, and how each fares. */
export function WebhooksPage() {
  const t = useT()
  const [creating, setCreating] = useState(false)
  const query = useQuery({ ...apiQuery(endpoints.listWebhooks, {}), refetchInterval: 10_000 })
  const webhooks = query.data?.items ?? []
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('act.newWebhook')}
    </Button>
  )
  return (
    <Page title={t('nav.webhooks')} summary={t('hooks.summary')} acts={webhooks.length > 0 && create}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      <SwitchedOff webhooks={webhooks} />
      {query.data && webhooks.length === 0 && (
        <EmptyState title={t('hooks.empty')} hint={t('hooks.empty.help')}>
          {create}
        </EmptyState>
      )}
      {webhooks.length > 0 && (
        <ul className="bo-hooks">
          {webhooks.map((webhook) => (
            <WebhookItem key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
      {creating && <NewWebhook onClose={() => setCreating(false)} />}
    </Page>
  )
}

function WebhookItem({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const { locale } = useLocale()
  const { health, types } = webhook
  const rate = successRate(webhook)
  return (
    <li className="bo-card bo-hook">
      <div className="bo-hook-head">
        <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }} className="bo-link bo-hook-url">
          {webhook.description || webhook.url}
        </Link>
        <WebhookBadge webhook={webhook} />
      </div>
      {webhook.description && <p className="bo-line bo-quiet bo-hook-url">{webhook.url}</p>}
      <Facts
        facts={[
          [t('hooks.types'), types === null ? t('hooks.types.all') : t('hooks.types.some', { count: types.length })],
          [t('hooks.rate'), rate === null ? t('hooks.rate.none') : formatPercent(rate, locale)],
          [t('hooks.waiting'), formatNumber(health.waiting, locale)],
          [
            t('hooks.lastError'),
            health.lastError && health.lastErrorAt && (
              <>
                {errorWords(t, health.lastError, null)} · <RelativeTime at={health.lastErrorAt} />
              </>
            ),
          ],
        ]}
      />
    </li>
  )
}
