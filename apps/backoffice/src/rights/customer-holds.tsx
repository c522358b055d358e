import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { holdReasons } from '@ecluse/contracts/retention.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** What keeps a customer from being erased, as the team decided; for who handles rights. */
export function CustomerHolds({ customerId }: { customerId: string }) {
  const can = useCan()
  return can('rights:manage') ? <Holds customerId={customerId} /> : null
}

function Holds({ customerId }: { customerId: string }) {
  const t = useT()
  const { data } = useQuery(apiQuery(endpoints.listHolds, { params: { customerId } }))
  const release = useAct({
    act: (holdId: string) => call(endpoints.releaseHold, { params: { customerId, holdId } }),
    touches: ['/rights'],
    done: () => t('holds.released'),
  })
  return (
    <Card title={t('holds.title')}>
      {data?.items.length === 0 && <p className="bo-line bo-quiet">{t('holds.none')}</p>}
      <ul className="bo-plain-list">
        {data?.items.map(({ id, reason, note, since, actor }) => (
          <li key={id} className="bo-row-between">
            <span className="bo-wrap">
              {t(`holds.reason.${reason}`)}
              <span className="bo-quiet bo-block">
                {note} · <RelativeTime at={since} /> {actor && `· ${actor}`}
              </span>
            </span>
            <Button variant="default" size="xs" loading={release.isPending} onClick={() => release.mutate(id)}>
              {t('holds.release')}
            </Button>
          </li>
        ))}
      </ul>
      <Disclosure label={t('holds.add')}>
        <HoldForm customerId={customerId} />
      </Disclosure>
    </Card>
  )
}

function HoldForm({ customerId }: { customerId: string }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { reason: 'dispute', note: '' },
    schema: endpoints.holdCustomer.body,
    send: (body, idempotencyKey) => call(endpoints.holdCustomer, { params: { customerId }, body }, { idempotencyKey }),
    onDone: () => {
      void refresh('/rights')
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <FormProblem error={problem} />
        <NativeSelect
          label={t('holds.reason')}
          data={holdReasons.map((value) => ({ value, label: t(`holds.reason.${value}`) }))}
          {...form.getInputProps('reason')}
        />
        <TextInput label={t('holds.note')} {...form.getInputProps('note')} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('holds.hold')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
