import { NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Availability } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { categoryPaths } from '../catalog/category-tree.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { useChannels } from '../network/use-channels.ts'

type Measure = 'units' | 'share' | 'none'
type Values = {
  channelCode: string
  scope: 'variant' | 'category' | 'all'
  categoryCode: string | null
  measure: Measure
  much: number | string
}

/** One rule: which channel, of what, how much; nothing takes the rule away. */
export function BufferForm({
  article,
  channelCode,
  onClose,
}: {
  article: Availability
  channelCode: string
  onClose: () => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels().filter(({ sells }) => sells)
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  const before = article.buffers.find((buffer) => buffer.channelCode === channelCode)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: startOf(channelCode, before),
    schema: endpoints.setChannelBuffer.body,
    toBody: ({ scope, categoryCode, measure, much, ...values }: Values) => ({
      channelCode: values.channelCode,
      variantId: scope === 'variant' ? article.variantId : null,
      categoryCode: scope === 'category' ? (categoryCode ?? '') : null,
      units: measure === 'units' ? Number(much) : null,
      shareBasisPoints: measure === 'share' ? Math.round(Number(much) * 100) : null,
    }),
    send: (body) => call(endpoints.setChannelBuffer, { body }),
    onDone: () => {
      tellDone(t('availability.buffers.saved'))
      void refresh('/availability')
      onClose()
    },
  })
  const { values } = form
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <Text size="sm" c="dimmed">
          {t('availability.buffers.help')}
        </Text>
        <Select
          label={t('availability.buffers.channel')}
          data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
          allowDeselect={false}
          {...form.getInputProps('channelCode')}
        />
        <Select
          label={t('availability.buffers.of')}
          data={(['variant', 'category', 'all'] as const).map((scope) => ({
            value: scope,
            label: t(`availability.buffers.of.${scope}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps('scope')}
        />
        {values.scope === 'category' && (
          <Select
            label={t('nav.categories')}
            data={categoryPaths(categories.data?.items ?? [], locale)}
            searchable
            {...form.getInputProps('categoryCode')}
          />
        )}
        <HowMuch form={form} />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}

/** Units, a share, or nothing. */
function HowMuch({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  const { measure } = form.values
  return (
    <>
      <SegmentedControl
        aria-label={t('availability.buffers.much')}
        data={(['units', 'share', 'none'] as const).map((one) => ({
          value: one,
          label: t(`availability.buffers.much.${one}`),
        }))}
        {...form.getInputProps('measure')}
      />
      {measure !== 'none' && (
        <NumberInput
          label={t(measure === 'units' ? 'availability.buffers.units' : 'availability.buffers.share')}
          min={1}
          max={measure === 'units' ? 1_000_000 : 100}
          allowDecimal={false}
          suffix={measure === 'share' ? '\u202f%' : ''}
          data-autofocus
          {...form.getInputProps('much')}
          error={form.errors['units'] ?? form.errors['shareBasisPoints']}
        />
      )}
    </>
  )
}

function startOf(channelCode: string, before: Availability['buffers'][number] | undefined): Values {
  const share = (before?.shareBasisPoints ?? 0) > 0
  return {
    channelCode,
    scope: before?.scope ?? 'variant',
    categoryCode: before?.categoryCode ?? null,
    measure: share ? 'share' : 'units',
    much: share ? (before?.shareBasisPoints ?? 0) / 100 : (before?.units ?? 1),
  }
}
