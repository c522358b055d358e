import { ActionIcon } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Waiting } from '@ecluse/contracts/waiting-list.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { PhoneLink } from '../common/phone-link.tsx'

/** Who waits for an hour in a shop, in their order, and what is held for whom; nothing when nobody does. */
export function WaitingList({ siteId, timeZone }: { siteId: string; timeZone: string }) {
  const t = useT()
  const { locale } = useLocale()
  const waiting = useQuery(apiQuery(endpoints.listWaiting, { query: { siteId, locale } }))
  const items = waiting.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('waiting.title', { count: items.length })}>
      <ul className="bo-choices">
        {items.map((one) => (
          <WaitingLine key={one.id} waiting={one} timeZone={timeZone} />
        ))}
      </ul>
    </Card>
  )
}

function WaitingLine({ waiting, timeZone }: { waiting: Waiting; timeZone: string }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { contact, offeredAt, expiresAt } = waiting
  const remove = useAct({
    act: () => call(endpoints.removeWaiting, { params: { waitingId: waiting.id } }),
    touches: ['/waiting-list', '/appointments'],
    done: () => t('waiting.removed', { name: contact.name }),
  })
  const day = (date: string): string => formatDate(`${date}T12:00:00Z`, locale, 'day', timeZone)
  return (
    <li>
      <span>
        <strong>{contact.name}</strong> · {waiting.serviceName}
        <span className="bo-quiet bo-block">
          {t('waiting.days', { from: day(waiting.from), until: day(waiting.until) })}
          {contact.phone && (
            <>
              {' · '}
              <PhoneLink phone={contact.phone} />
            </>
          )}
        </span>
        {offeredAt && expiresAt && (
          <StateBadge tone="waiting">
            {t('waiting.offered', {
              at: formatDate(offeredAt, locale, 'dateTime', timeZone),
              until: formatDate(expiresAt, locale, 'time', timeZone),
            })}
          </StateBadge>
        )}
      </span>
      {can('fulfillment:write') && (
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('waiting.remove', { name: contact.name })}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <IconUserMinus size={18} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
