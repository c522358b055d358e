import { useState } from 'react'
import { Button, Group, Modal, Skeleton, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { OrderDownload } from '@ecluse/contracts/downloads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const tones: Record<OrderDownload['state'], StateTone> = {
  unpaid: 'waiting',
  waiting: 'waiting',
  ready: 'done',
  expired: 'neutral',
  revoked: 'urgent',
}
const touched = ['/orders', '/messages'] as const

/** The files of an order: who may fetch them until when, what was fetched, and what was agreed to. */
export function OrderDownloads({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getDownloads, { params: { orderId: order.id }, query: { locale } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={90} />
  const { consent, items } = query.data
  return (
    <>
      <ul className="bo-plain-list">
        {items.map((item) => (
          <DownloadRow key={item.lineId} order={order} item={item} />
        ))}
      </ul>
      {consent ? (
        <Disclosure label={t('downloads.consent', { date: formatDate(consent.agreedAt, locale, 'full') })}>
          <p className="bo-line">{consent.statement}</p>
          <p className="bo-line bo-quiet">{t('downloads.wording', { version: consent.wording })}</p>
        </Disclosure>
      ) : (
        <p className="bo-line bo-quiet">{t('downloads.noConsent')}</p>
      )}
    </>
  )
}

function DownloadRow({ order, item }: { order: Order; item: OrderDownload }) {
  const t = useT()
  const { locale } = useLocale()
  const until = item.state === 'waiting' ? item.availableFrom : item.expiresAt
  return (
    <li className="bo-return">
      <p className="bo-line">
        <strong>{item.name}</strong> <StateBadge tone={tones[item.state]}>{t(`downloads.${item.state}`)}</StateBadge>
      </p>
      <p className="bo-line bo-quiet">
        {until && item.state !== 'revoked' && item.state !== 'unpaid'
          ? t(item.state === 'waiting' ? 'downloads.from' : 'downloads.until', {
              date: formatDate(until, locale, 'dateTime'),
            })
          : item.revokeReason}
      </p>
      {item.files.map((file) => (
        <p key={file.id} className="bo-line bo-quiet">
          {t('downloads.file', { label: file.label, version: file.version, left: file.left })}
        </p>
      ))}
      {item.log.length > 0 && (
        <Disclosure label={t('downloads.log', { count: item.log.length })}>
          <ul className="bo-plain-list">
            {item.log.map((one, index) => (
              <li key={index} className="bo-line">
                {formatDate(one.at, locale, 'full')} · {one.fileName} · {t('files.version', { version: one.version })}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <DownloadActs order={order} item={item} />
    </li>
  )
}

function DownloadActs({ order, item }: { order: Order; item: OrderDownload }) {
  const t = useT()
  const can = useCan()
  const [asking, setAsking] = useState<'revoke' | 'refund' | null>(null)
  const params = { orderId: order.id, lineId: item.lineId }
  const line = order.lines.find(({ id }) => id === item.lineId)
  const renew = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.renewDownload, { params }, { idempotencyKey }),
    touches: touched,
    done: () => t('downloads.renewed'),
  })
  const given = item.state === 'ready' || item.state === 'expired' || item.state === 'revoked'
  const open = line !== undefined && line.returnedQuantity === 0 && order.documentState === 'confirmed'
  if (!can('orders:write') || !given || !open) return null
  return (
    <Group gap="xs" mt="xs">
      <Button size="compact-sm" variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
        {t('downloads.renew')}
      </Button>
      {item.state !== 'revoked' && (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking('revoke')}>
          {t('downloads.revoke')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking('refund')}>
        {t('downloads.refund')}
      </Button>
      {asking && <WithReason {...{ item, params, asking, line }} onClose={() => setAsking(null)} />}
    </Group>
  )
}

type ReasonProps = {
  item: OrderDownload
  params: { orderId: string; lineId: string }
  asking: 'revoke' | 'refund'
  line: Order['lines'][number]
  onClose: () => void
}

/** Ending a right or giving money back asks why first: both are in the order's timeline. */
function WithReason({ item, params, asking, line, onClose }: ReasonProps) {
  const t = useT()
  const { locale } = useLocale()
  const endpoint = asking === 'revoke' ? endpoints.revokeDownload : endpoints.refundDownload
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { reason: '' },
    schema: endpoints.revokeDownload.body,
    send: (body, idempotencyKey) => call(endpoint, { params, body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t(asking === 'revoke' ? 'downloads.revoke.done' : 'downloads.refund.done', { name: item.name }))
      onClose()
      void refresh(...touched)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(asking === 'revoke' ? 'downloads.revoke.title' : 'downloads.refund.title', { name: item.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text>
            {asking === 'revoke'
              ? t('downloads.revoke.help')
              : t('downloads.refund.help', { amount: formatMoney(line.lineTotal, locale) })}
          </Text>
          <FormProblem error={problem} />
          <Textarea
            label={t('downloads.reason')}
            autosize
            minRows={2}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button color="red" type="submit" loading={busy}>
              {t(asking === 'revoke' ? 'downloads.revoke' : 'downloads.refund')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
