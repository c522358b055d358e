import { useState } from 'react'
import { Button, Group, NativeSelect, Skeleton } from '@mantine/core'
import { IconMessage, IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { serviceMedia } from '@ecluse/contracts/texts.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { AddCall } from '../calls/add-call.tsx'
import { Card } from '../common/card.tsx'
import { TextDialog } from '../messages/text-dialog.tsx'

/** How a customer is reached: by what, and why not by something else; what they wish for their orders; what they answered. */
export function CustomerContacts({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [writing, setWriting] = useState(false)
  const [calling, setCalling] = useState(false)
  const params = { customerId }
  const wish = useQuery(apiQuery(endpoints.getServiceWish, { params }))
  const change = useAct({
    act: (medium: (typeof serviceMedia)[number]) => call(endpoints.putServiceWish, { params, body: { medium } }),
    touches: ['/customers'],
    done: ({ medium }) => t(`contacts.wish.done.${medium}`),
  })
  const phone = wish.data?.phone ?? null
  return (
    <Card
      title={t('contacts.title')}
      acts={
        phone !== null &&
        can('messages:write') && (
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPhoneCall size={16} aria-hidden />}
              onClick={() => setCalling(true)}
            >
              {t('calls.add.short')}
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconMessage size={16} aria-hidden />}
              onClick={() => setWriting(true)}
            >
              {t('texts.new')}
            </Button>
          </Group>
        )
      }
    >
      {wish.isError && <ErrorNote error={wish.error} onRetry={() => void wish.refetch()} />}
      {wish.isPending && <Skeleton height={72} />}
      {wish.data && (
        <NativeSelect
          label={t('contacts.wish')}
          description={t('contacts.wish.help')}
          disabled={!can('customers:write') || change.isPending}
          data={serviceMedia.map((value) => ({
            value,
            label: t(`consents.medium.${value}`),
            disabled: value === 'sms' && phone === null,
          }))}
          value={wish.data.medium}
          onChange={(event) => change.mutate(event.currentTarget.value === 'sms' ? 'sms' : 'email')}
        />
      )}
      <MediumChoice customerId={customerId} />
      {can('messages:read') && <Answers customerId={customerId} />}
      {calling && <AddCall target={params} onClose={() => setCalling(false)} />}
      {writing && phone !== null && (
        <TextDialog customerId={customerId} phone={phone} onClose={() => setWriting(false)} />
      )}
    </Card>
  )
}

function Answers({ customerId }: { customerId: string }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listAnswers, { query: { customerId, limit: 5 } }))
  const answers = query.data?.items ?? []
  if (answers.length === 0) return null
  return (
    <section className="bo-section">
      <h3>{t('contacts.answers')}</h3>
      <ul className="bo-contact-why">
        {answers.map(({ id, medium, text, wish, receivedAt }) => (
          <li key={id}>
            <q>{text.slice(0, 300)}</q>{' '}
            <span className="bo-quiet">
              {t(`consents.medium.${medium}`)} · <RelativeTime at={receivedAt} />
              {wish === 'stop' && ` · ${t('contacts.stop')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** By what news would reach them, and why not by something else. */
function MediumChoice({ customerId }: { customerId: string }) {
  const t = useT()
  const choice = useQuery(apiQuery(endpoints.chooseMedium, { params: { customerId }, query: { purpose: 'marketing' } }))
  if (!choice.data) return null
  const { medium: chosen, passed } = choice.data
  return (
    <>
      <p className="bo-line">
        {chosen === null ? t('contacts.none') : t('contacts.by', { medium: t(`consents.medium.${chosen}`) })}
      </p>
      <ul className="bo-contact-why">
        {passed.map(({ medium, why }) => (
          <li key={medium} className="bo-quiet">
            {t(`contacts.why.${why}`, { medium: t(`consents.medium.${medium}`) })}
          </li>
        ))}
      </ul>
    </>
  )
}
