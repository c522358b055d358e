import { useState } from 'react'
import { NumberInput, Select, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReplenishmentRule } from '@ecluse/contracts/replenishment.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { usePlaces } from '../documents/use-places.ts'

/** How each place is replenished: from where, how soon, how surely, for how long. */
export function RulesPanel({ onClose }: { onClose: () => void }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listReplenishmentRules, {}))
  const [placeId, setPlaceId] = useState<string | null>(null)
  const rules = query.data?.items ?? []
  const rule = rules.find((one) => one.placeId === placeId) ?? rules[0]
  return (
    <SidePanel itemKey="rules" title={t('replenishment.rules')} onClose={onClose}>
      {query.isPending && <Skeleton height={320} />}
      {rule && (
        <Stack gap="md">
          <Select
            label={t('stock.place')}
            searchable
            allowDeselect={false}
            data={rules.map(({ placeId: id, placeName }) => ({ value: id, label: placeName }))}
            value={rule.placeId}
            onChange={setPlaceId}
          />
          <RuleForm key={rule.placeId} rule={rule} onClose={onClose} />
        </Stack>
      )}
    </SidePanel>
  )
}

function RuleForm({ rule, onClose }: { rule: ReplenishmentRule; onClose: () => void }) {
  const t = useT()
  const can = useCan()
  const places = usePlaces().filter(({ id }) => id !== rule.placeId)
  const { placeId, placeName: _, ...start } = rule
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { ...start, servicePercent: start.serviceBasisPoints / 100 },
    schema: endpoints.saveReplenishmentRule.body,
    toBody: ({ servicePercent, ...rest }) => ({
      ...rest,
      fromPlaceId: rest.source === 'transfer' ? rest.fromPlaceId : null,
      serviceBasisPoints: Math.round(Number(servicePercent) * 100),
    }),
    send: (body) => call(endpoints.saveReplenishmentRule, { params: { placeId }, body }),
    onDone: () => {
      tellDone(t('replenishment.rules.saved'))
      void refresh('/replenishment/rules')
    },
  })
  const sources = ['transfer', 'supplier'] as const
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <Select
          label={t('replenishment.source')}
          allowDeselect={false}
          data={sources.map((value) => ({ value, label: t(`replenishment.source.${value}`) }))}
          value={form.values.source}
          onChange={(value) => form.setFieldValue('source', value === 'transfer' ? 'transfer' : 'supplier')}
        />
        {form.values.source === 'transfer' && (
          <Select
            label={t('movements.fromPlace')}
            searchable
            data={places.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('fromPlaceId')}
          />
        )}
        <NumberInput label={t('replenishment.leadDays')} min={1} step={0.5} {...form.getInputProps('leadDays')} />
        <NumberInput
          label={t('replenishment.leadDeviation')}
          min={0}
          step={0.5}
          {...form.getInputProps('leadDeviationDays')}
        />
        <NumberInput label={t('replenishment.reviewDays')} min={0} {...form.getInputProps('reviewDays')} />
        <NumberInput
          label={t('replenishment.service')}
          description={t('replenishment.service.help')}
          min={50}
          max={99.99}
          decimalScale={2}
          suffix=" %"
          {...form.getInputProps('servicePercent')}
          error={form.errors['serviceBasisPoints']}
        />
        <NumberInput label={t('replenishment.coverDays')} min={1} {...form.getInputProps('coverDays')} />
        {can('stock:write') && <FormEnd onCancel={onClose} busy={busy} label={t('documents.save')} />}
      </Stack>
    </form>
  )
}
