import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { loyaltyBenefits } from '@ecluse/contracts/loyalty.ts'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** What a customer is entitled to, by what, and within how many hours they are answered. */
export function CustomerEntitlements({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const { data } = useQuery(apiQuery(endpoints.getEntitlements, { params: { customerId } }))
  const end = useAct({
    act: (grantId: string) => call(endpoints.endEntitlement, { params: { customerId, grantId } }),
    touches: ['/customers'],
    done: () => t('entitlements.ended'),
  })
  if (!data) return null
  return (
    <Card title={t('entitlements.title')}>
      <p className="bo-line">
        {t('entitlements.level', { treatment: t(`treatments.${data.treatment}`), hours: data.replyHours })}
      </p>
      {data.items.length === 0 && <p className="bo-line bo-quiet">{t('entitlements.none')}</p>}
      <ul className="bo-plain-list">
        {data.items.map(({ benefit, source, reason, grantId }) => (
          <li key={`${benefit} ${source} ${grantId}`} className="bo-row-between">
            <span className="bo-wrap">
              {t(`loyalty.benefit.${benefit}`)}
              <span className="bo-quiet bo-block">
                {t(`entitlements.source.${source}`, {
                  reason: source === 'treatment' ? t(`treatments.${data.treatment}`) : reason,
                })}
              </span>
            </span>
            {grantId && can('loyalty:adjust') && (
              <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate(grantId)}>
                {t('entitlements.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {can('loyalty:adjust') && (
        <Disclosure label={t('entitlements.add')}>
          <GrantForm customerId={customerId} />
        </Disclosure>
      )}
    </Card>
  )
}

function GrantForm({ customerId }: { customerId: string }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { benefit: 'own_line', note: '' },
    schema: endpoints.grantEntitlement.body,
    send: (body, idempotencyKey) =>
      call(endpoints.grantEntitlement, { params: { customerId }, body }, { idempotencyKey }),
    onDone: () => {
      void refresh('/customers')
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <FormProblem error={problem} />
        <NativeSelect
          label={t('entitlements.benefit')}
          data={loyaltyBenefits.map((value) => ({ value, label: t(`loyalty.benefit.${value}`) }))}
          {...form.getInputProps('benefit')}
        />
        <TextInput label={t('entitlements.note')} {...form.getInputProps('note')} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('entitlements.grant')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
