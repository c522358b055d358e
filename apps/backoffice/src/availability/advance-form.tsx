import { MultiSelect, NumberInput, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { AdvanceSale } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { useChannels } from '../network/use-channels.ts'

type Kind = AdvanceSale['kind']
type Values = {
  kind: Kind
  channels: string[]
  placeId: string | null
  basis: AdvanceSale['basis']
  shipsOn: string
  delayDays: number | string
  limitUnits: number | string
}

/** One kind of sale ahead for the channels chosen; no channel stops it. The other kind stays as it is. */
export function AdvanceForm({
  variantId,
  sales,
  kind,
  onClose,
}: {
  variantId: string
  sales: readonly AdvanceSale[]
  kind: Kind
  onClose: () => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels().filter(({ sells }) => sells)
  const places = useQuery({ ...apiQuery(endpoints.listPlaces, {}), staleTime: 600_000 })
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: startOf(sales, kind),
    schema: endpoints.setAdvanceSales.body,
    toBody: (values) => ({ items: [...sales.filter((sale) => sale.kind !== values.kind), ...salesOf(values)] }),
    send: (body) => call(endpoints.setAdvanceSales, { params: { variantId }, body }),
    onDone: () => {
      tellDone(t('availability.advance.saved'))
      void refresh('/advance-sales', '/availability')
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem ?? (Object.keys(form.errors).length > 0 ? missing(t) : null)} />
        <SegmentedControl
          aria-label={t('availability.advance.when')}
          data={(['back_order', 'pre_order'] as const).map((one) => ({
            value: one,
            label: t(`availability.advance.when.${one}`),
          }))}
          value={form.values.kind}
          onChange={(next) => form.setValues(startOf(sales, next))}
        />
        <MultiSelect
          label={t('availability.advance.channels')}
          description={t('availability.advance.channels.help')}
          data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
          clearable
          clearButtonProps={{ 'aria-label': t('availability.advance.channels.clear') }}
          {...form.getInputProps('channels')}
        />
        <Select
          label={t('availability.advance.place')}
          data={(places.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          {...form.getInputProps('placeId')}
        />
        <Terms form={form} />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}

/** From when, against what, and how many. */
function Terms({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  const { kind, basis } = form.values
  return (
    <>
      {kind === 'pre_order' && (
        <TextInput type="date" label={t('availability.advance.shipsOn')} required {...form.getInputProps('shipsOn')} />
      )}
      <Radio.Group label={t('availability.advance.basis')} {...form.getInputProps('basis')}>
        <Stack gap={4} mt={4}>
          <Radio value="inbound" label={t('availability.advance.basis.inbound')} />
          <Radio value="stated" label={t(`availability.advance.basis.${kind}`)} />
        </Stack>
      </Radio.Group>
      {kind === 'back_order' && basis === 'stated' && (
        <NumberInput
          label={t('availability.advance.delayDays')}
          min={1}
          max={365}
          allowDecimal={false}
          required
          {...form.getInputProps('delayDays')}
        />
      )}
      <NumberInput
        label={t('availability.advance.limitUnits')}
        description={t(basis === 'inbound' ? 'availability.advance.limit.help' : 'availability.advance.limit.needed')}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        required={basis === 'stated'}
        {...form.getInputProps('limitUnits')}
      />
      <Text size="sm" c="dimmed">
        {t('availability.advance.law')}
      </Text>
    </>
  )
}

const missing = (t: ReturnType<typeof useT>) => new Error(t('availability.advance.missing'))

function startOf(sales: readonly AdvanceSale[], kind: Kind): Values {
  const known = sales.filter((sale) => sale.kind === kind)
  const [first] = known
  return {
    kind,
    channels: known.map(({ channelCode }) => channelCode),
    placeId: first?.placeId ?? null,
    basis: first?.basis ?? 'inbound',
    shipsOn: first?.shipsOn ?? '',
    delayDays: first?.delayDays ?? '',
    limitUnits: first?.limitUnits ?? '',
  }
}

function salesOf({ kind, channels, placeId, basis, shipsOn, delayDays, limitUnits }: Values): AdvanceSale[] {
  return channels.map((channelCode) => ({
    channelCode,
    kind,
    placeId: placeId ?? '',
    basis,
    limitUnits: limitUnits === '' ? null : Number(limitUnits),
    shipsOn: kind === 'pre_order' ? shipsOn || null : null,
    delayDays: kind === 'back_order' && basis === 'stated' && delayDays !== '' ? Number(delayDays) : null,
  }))
}
