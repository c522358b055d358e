import { useState } from 'react'
import { Checkbox, Modal, NumberInput, Radio, Stack } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { TrackedVariant } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { touchedByLots } from './touched.ts'

const modes = ['none', 'lot', 'serial'] as const
type Mode = (typeof modes)[number]

/** Says how a variant, or all of a product, is followed from now on. */
export function TrackingForm({
  variant,
  all,
  onClose,
}: {
  variant: TrackedVariant
  all: readonly TrackedVariant[]
  onClose: () => void
}) {
  const t = useT()
  const [mode, setMode] = useState<Mode>(variant.tracking?.mode ?? 'none')
  const [withExpiry, setWithExpiry] = useState(variant.tracking?.withExpiry ?? false)
  const [days, setDays] = useState<number | string>(variant.tracking?.minDaysLeft ?? 0)
  const [forAll, setForAll] = useState(false)
  const save = useAct({
    act: async (tracking: StockTracking | null) => {
      for (const { variantId } of forAll ? all : [variant])
        await call(endpoints.setTracking, { params: { variantId }, body: { tracking } })
    },
    touches: touchedByLots,
    done: () => t('lots.tracking.done'),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('lots.tracking.title', { name: variant.variantLabel || variant.sku })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const minDaysLeft = withExpiry ? Number(days) || 0 : 0
          save.mutate(mode === 'none' ? null : { mode, withExpiry, minDaysLeft })
        }}
      >
        <Stack gap="md">
          <ModeChoice value={mode} onChange={setMode} />
          {mode !== 'none' && (
            <Checkbox
              label={t('lots.tracking.withExpiry')}
              checked={withExpiry}
              onChange={(event) => setWithExpiry(event.currentTarget.checked)}
            />
          )}
          {mode !== 'none' && withExpiry && (
            <NumberInput
              label={t('lots.tracking.minDaysLeft')}
              description={t('lots.tracking.minDaysLeft.help')}
              min={0}
              max={3650}
              allowDecimal={false}
              value={days}
              onChange={setDays}
            />
          )}
          {all.length > 1 && (
            <Checkbox
              label={t('lots.tracking.forAll', { count: all.length })}
              checked={forAll}
              onChange={(event) => setForAll(event.currentTarget.checked)}
            />
          )}
          <FormEnd onCancel={onClose} busy={save.isPending} label={t('app.save')} />
        </Stack>
      </form>
    </Modal>
  )
}

function ModeChoice({ value, onChange }: { value: Mode; onChange: (mode: Mode) => void }) {
  const t = useT()
  return (
    <Radio.Group
      aria-label={t('lots.tracking')}
      value={value}
      onChange={(chosen) => onChange(modes.find((known) => known === chosen) ?? 'none')}
    >
      <Stack gap="xs">
        {modes.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={t(`lots.tracking.${mode}`)}
            description={t(`lots.tracking.${mode}.help`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
