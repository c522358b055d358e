import { useState } from 'react'
import { Alert, Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { restrictionReasons } from '@ecluse/contracts/restriction.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** That a customer's data may only be kept, for everybody who reads them; who handles rights ends it. */
export function RestrictionNote({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [ending, setEnding] = useState(false)
  const { data } = useQuery(apiQuery(endpoints.getRestriction, { params: { customerId } }))
  const restriction = data?.restriction
  if (!restriction) return null
  const { reason, since, note, endsAt } = restriction
  return (
    <Alert color="orange" icon={<IconLock aria-hidden />} title={t('restriction.title')} mb="md">
      <Stack gap="xs">
        <span>
          {t('restriction.since', {
            at: formatDate(since, locale, 'day'),
            reason: t(`restriction.reason.${reason}`),
            note,
          })}
        </span>
        <span>{t('restriction.effect')}</span>
        {endsAt && <span>{t('restriction.ends', { at: formatDate(endsAt, locale, 'dateTime') })}</span>}
        {!endsAt && can('rights:manage') && (
          <Group>
            <Button variant="default" size="xs" onClick={() => setEnding(true)}>
              {t('restriction.end')}
            </Button>
          </Group>
        )}
      </Stack>
      {ending && <EndDialog customerId={customerId} onClose={() => setEnding(false)} />}
    </Alert>
  )
}

function EndDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { told: '' },
    schema: endpoints.endRestriction.body,
    send: (body, idempotencyKey) =>
      call(endpoints.endRestriction, { params: { customerId }, body }, { idempotencyKey }),
    onDone: () => {
      void refresh('/customers')
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('restriction.end')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <p>{t('restriction.end.help')}</p>
          <Textarea label={t('restriction.told')} autosize minRows={2} data-autofocus {...form.getInputProps('told')} />
          <FormEnd onCancel={onClose} busy={busy} label={t('restriction.end')} />
        </Stack>
      </form>
    </Modal>
  )
}

/** Restricts the use of a customer's data, for who handles rights. */
export function RestrictButton({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(apiQuery(endpoints.getRestriction, { params: { customerId } }))
  if (!can('rights:manage') || !data || data.restriction) return null
  return (
    <>
      <Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('restriction.do')}
      </Button>
      {asking && <RestrictDialog customerId={customerId} onClose={() => setAsking(false)} />}
    </>
  )
}

function RestrictDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { reason: 'accuracy', note: '' },
    schema: endpoints.restrictCustomer.body,
    send: (body, idempotencyKey) =>
      call(endpoints.restrictCustomer, { params: { customerId }, body }, { idempotencyKey }),
    onDone: () => {
      void refresh('/customers', '/segments')
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('restriction.do')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <p>{t('restriction.effect')}</p>
          <NativeSelect
            label={t('restriction.reason')}
            data={restrictionReasons.map((value) => ({ value, label: t(`restriction.reason.${value}`) }))}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Textarea label={t('restriction.note')} autosize minRows={2} {...form.getInputProps('note')} />
          <FormEnd onCancel={onClose} busy={busy} label={t('restriction.do')} />
        </Stack>
      </form>
    </Modal>
  )
}
