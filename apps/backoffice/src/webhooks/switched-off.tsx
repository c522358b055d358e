import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'

/** Says which webhooks switched themselves off: nobody else would notice. */
export function SwitchedOff({ webhooks }: { webhooks: readonly Webhook[] }) {
  const t = useT()
  const off = webhooks.filter(({ active, disabledReason }) => !active && disabledReason !== 'paused')
  if (off.length === 0) return null
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('hooks.off.title', { count: off.length })}
      mb="md"
    >
      <ul className="bo-plain-list">
        {off.map((webhook) => (
          <li key={webhook.id}>
            <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }} className="bo-link bo-hook-url">
              {webhook.description || webhook.url}
            </Link>{' '}
            {t(`hooks.off.why.${webhook.disabledReason ?? 'unreachable'}`)}{' '}
            {webhook.disabledAt && <RelativeTime at={webhook.disabledAt} />}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** The same among the work of the day, for those who can do something about it. */
export function SwitchedOffNotice() {
  const can = useCan()
  const query = useQuery({ ...apiQuery(endpoints.listWebhooks, {}), enabled: can('webhooks:manage') })
  return <SwitchedOff webhooks={query.data?.items ?? []} />
}
