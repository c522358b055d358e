import { NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone, tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { useMyPlaces } from '../documents/use-places.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { bodyOfMovement, movementActs, reasonsOfAct, reverseOf, type MovementValues } from './movement-values.ts'
import { MovementLots } from './movement-lots.tsx'
import { VariantPicker } from './variant-picker.tsx'

/** Receive, count, transfer or write off. What was recorded can be taken back by the opposite movement. */
export function MovementForm({ level, onDone }: { level: StockLevel | null; onDone: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useMovement(level, onDone)
  const places = useMyPlaces()
  const { values } = form
  const data = places.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('movements.kind')}
          data={movementActs.map((kind) => ({ value: kind, label: t(`movementAct.${kind}`) }))}
          value={values.kind}
          onChange={(kind) => form.setFieldValue('kind', movementActs.find((known) => known === kind) ?? 'receipt')}
        />
        <FormProblem error={problem} />
        {!level && (
          <VariantPicker error={form.errors['variantId']} onChange={(id) => form.setFieldValue('variantId', id)} />
        )}
        {!level && (
          <Select
            label={values.kind === 'transfer' ? t('movements.fromPlace') : t('stock.place')}
            data={data}
            searchable
            {...form.getInputProps('placeId')}
            value={values.placeId || null}
          />
        )}
        {values.kind === 'transfer' && (
          <Select
            label={t('movements.toPlace')}
            data={data.filter(({ value }) => value !== values.placeId)}
            searchable
            {...form.getInputProps('toPlaceId')}
            value={values.toPlaceId || null}
          />
        )}
        <NumberInput
          label={values.kind === 'count' ? t('movements.counted') : t('movements.quantity')}
          description={
            values.kind === 'count' && level ? t('movements.counted.help', { count: level.onHand }) : undefined
          }
          min={values.kind === 'count' ? 0 : 1}
          allowDecimal={false}
          {...form.getInputProps('quantity')}
          error={form.errors['quantity'] ?? form.errors['counted']}
        />
        <MovementLots {...{ values, level }} onChange={(lots) => form.setFieldValue('lots', lots)} />
        {reasonsOfAct[values.kind].length > 0 && (
          <Select
            label={t('documents.reason')}
            data={reasonsOfAct[values.kind].map((code) => ({ value: code, label: t(`reasonCode.${code}`) }))}
            clearable={values.kind !== 'loss'}
            value={values.reasonCode || null}
            error={form.errors['reasonCode']}
            onChange={(code) => form.setFieldValue('reasonCode', code ?? '')}
          />
        )}
        <TextInput
          label={t('movements.reason.optional')}
          placeholder={t(`movementAct.${values.kind}.example`)}
          {...form.getInputProps('reason')}
        />
        <FormEnd onCancel={onDone} busy={busy} label={t('movements.save')} />
      </Stack>
    </form>
  )
}

function useMovement(level: StockLevel | null, onDone: () => void) {
  const t = useT()
  const start: MovementValues = {
    kind: 'receipt',
    variantId: level?.variantId ?? '',
    placeId: level?.placeId ?? '',
    toPlaceId: '',
    quantity: '',
    reasonCode: '',
    reason: '',
    lots: [],
  }
  const checked = useCheckedForm({
    initialValues: start,
    schema: endpoints.recordMovement.body,
    toBody: bodyOfMovement,
    send: (body, idempotencyKey) => call(endpoints.recordMovement, { body }, { idempotencyKey }).then(() => body),
    onDone: (body) => {
      const opposite = reverseOf(body, level?.onHand ?? null, t('movements.undone'))
      const undo = opposite && {
        label: t('app.undo'),
        run: () =>
          void call(endpoints.recordMovement, { body: opposite }).then(async () => {
            await refresh('/stock', '/catalog/products', '/today')
            tellDone(t('app.undone'))
          }, tellRefusal),
      }
      tellDone(t('movements.saved'), undo ?? undefined)
      onDone()
      void refresh('/stock', '/catalog/products', '/today')
    },
  })
  return checked
}
