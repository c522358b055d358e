import { useState } from 'react'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DayRoutes, RouteStop } from '@ecluse/contracts/windows.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { Section } from '../common/section.tsx'
import { StopBadge } from './stop-list.tsx'

/** One delivery: whom, where, what, and how it ended. */
export function StopPanel({ day, stop, onClose }: { day: DayRoutes; stop: RouteStop; onClose: () => void }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const time = (at: string): string => formatDate(at, locale, 'time', day.timeZone)
  const { address } = stop
  return (
    <SidePanel
      itemKey={stop.id}
      title={stop.customerName ?? t('orders.anonymous')}
      badge={<StopBadge stop={stop} />}
      onClose={onClose}
    >
      <Section title={t('routes.delivery')}>
        <Facts
          facts={[
            [
              t('orders.number'),
              stop.orderId && (
                <Link to="/orders/$orderId" params={{ orderId: stop.orderId }} className="bo-link">
                  {stop.orderNumber}
                </Link>
              ),
            ],
            [
              t('orders.address'),
              [address.street, address.street2, `${address.postalCode} ${address.locality}`].filter(Boolean).join(', '),
            ],
            [t('customers.phone'), stop.phone && <PhoneLink phone={stop.phone} />],
            [t('routes.promised'), t('routes.window', { from: time(stop.startsAt), until: time(stop.endsAt) })],
            [t('routes.planned'), stop.plannedAt && time(stop.plannedAt)],
            [t('routes.doneAt'), stop.doneAt && formatDate(stop.doneAt, locale, 'dateTime', day.timeZone)],
            [t('routes.failure'), stop.failure],
            [t('preparation.articles'), stop.articles.map((one) => `${one.quantity} × ${one.name}`).join(', ')],
          ]}
        />
      </Section>
      {can('fulfillment:write') && stop.orderId && <OutcomeForm day={day} stop={stop} />}
    </SidePanel>
  )
}

function OutcomeForm({ day, stop }: { day: DayRoutes; stop: RouteStop }) {
  const t = useT()
  const [time, setTime] = useState('')
  const [reason, setReason] = useState('')
  const send = (outcome: 'delivered' | 'failed' | 'undone') => {
    const at = time === '' ? {} : { at: new Date(`${day.date}T${time}`).toISOString() }
    return call(endpoints.recordStop, {
      params: { placeId: day.placeId, date: day.date, stopId: stop.id },
      body: { outcome, ...at, ...(reason.trim() ? { reason: reason.trim() } : {}) },
    })
  }
  const record = useAct({
    act: send,
    touches: ['/depots', '/delivery-promises', '/orders', '/fulfillments', '/today'],
    done: (_, outcome) => t(`routes.told.${outcome}`),
    quiet: true,
  })
  const isOver = stop.state === 'delivered' || stop.state === 'failed'
  return (
    <Section title={t('routes.outcome')}>
      <Stack gap="md">
        <FormProblem error={record.error} />
        {isOver ? (
          <Button variant="default" loading={record.isPending} onClick={() => record.mutate('undone')}>
            {t('routes.undo')}
          </Button>
        ) : (
          <>
            <TextInput
              type="time"
              label={t('routes.at')}
              description={t('routes.at.help')}
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
            <TextInput
              label={t('routes.failure')}
              description={t('routes.failure.help')}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group>
              <Button loading={record.isPending} onClick={() => record.mutate('delivered')}>
                {t('routes.delivered')}
              </Button>
              <Button variant="default" disabled={reason.trim() === ''} onClick={() => record.mutate('failed')}>
                {t('routes.failed')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Section>
  )
}
