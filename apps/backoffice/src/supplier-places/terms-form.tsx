import { NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierPlace } from '@ecluse/contracts/supplier-places.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm, type CheckedForm } from '../common/use-checked-form.ts'

const begin = {
  supplierName: '',
  email: '' as string | null,
  locale: 'fr' as 'fr' | 'en',
  address: { street: '', postalCode: '', locality: '', country: 'FR' },
  ships: true,
  sendsOrders: true,
  leadDays: 3,
  cutOff: '14:00',
  parcelMinor: null as number | null,
  handlingMinorPerUnit: 0,
  marginKept: 60,
  dailyCapacity: null as number | null,
}
type Values = typeof begin

/** The terms of a supplier who sends to our customers. */
export function TermsForm({ place, onClose }: { place: SupplierPlace | null; onClose: () => void }) {
  const t = useT()
  const checked = useCheckedForm({
    initialValues: place ? valuesOf(place) : begin,
    schema: endpoints.createSupplierPlace.body,
    toBody: ({ marginKept, email, ...values }) => ({
      ...values,
      email: email || null,
      marginKeptBasisPoints: Math.round(Number(marginKept) * 100),
    }),
    send: (body, idempotencyKey) =>
      place
        ? call(endpoints.updateSupplierPlace, { params: { placeId: place.placeId }, body })
        : call(endpoints.createSupplierPlace, { body }, { idempotencyKey }),
    onDone: ({ supplierName }) => {
      tellDone(t('supplierPlaces.saved', { name: supplierName }))
      void refresh('/supplier-places', '/supplier-orders', '/places', '/sourcing-policy', '/sites')
      onClose()
    },
  })
  const { form, submit, problem, busy } = checked
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('supplierOrders.supplierName')} {...form.getInputProps('supplierName')} />
        <Address checked={checked} />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput label={t('supplierOrders.email')} type="email" {...form.getInputProps('email')} />
          <Select
            label={t('supplierPlaces.language')}
            allowDeselect={false}
            data={[
              { value: 'fr', label: 'Français' },
              { value: 'en', label: 'English' },
            ]}
            {...form.getInputProps('locale')}
          />
        </SimpleGrid>
        <Costs checked={checked} />
        <Switch
          label={t('supplierPlaces.sendsOrders')}
          description={t('supplierPlaces.sendsOrders.help')}
          {...form.getInputProps('sendsOrders', { type: 'checkbox' })}
        />
        <Switch
          label={t('supplierPlaces.ships')}
          description={t('supplierPlaces.ships.help')}
          {...form.getInputProps('ships', { type: 'checkbox' })}
        />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}

const valuesOf = ({ marginKeptBasisPoints, ...place }: SupplierPlace): Values => ({
  supplierName: place.supplierName,
  email: place.email ?? '',
  locale: place.locale,
  address: place.address,
  ships: place.ships,
  sendsOrders: place.sendsOrders,
  leadDays: place.leadDays,
  cutOff: place.cutOff,
  parcelMinor: place.parcelMinor,
  handlingMinorPerUnit: place.handlingMinorPerUnit,
  marginKept: marginKeptBasisPoints / 100,
  dailyCapacity: place.dailyCapacity,
})

function Address({ checked: { form } }: { checked: CheckedForm<Values> }) {
  const t = useT()
  return (
    <>
      <TextInput label={t('companies.site.street')} {...form.getInputProps('address.street')} />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={t('companies.site.postalCode')}
          inputMode="numeric"
          {...form.getInputProps('address.postalCode')}
        />
        <TextInput label={t('companies.site.locality')} {...form.getInputProps('address.locality')} />
      </SimpleGrid>
    </>
  )
}

function Costs({ checked: { form } }: { checked: CheckedForm<Values> }) {
  const t = useT()
  const optional = (value: string | number) => (typeof value === 'number' ? value : null)
  return (
    <SimpleGrid cols={2} spacing="sm" verticalSpacing="md" className="bo-fields-end">
      <NumberInput
        label={t('supplierPlaces.leadDays')}
        min={0}
        max={60}
        allowDecimal={false}
        suffix={t('supplierPlaces.daySuffix')}
        {...form.getInputProps('leadDays')}
      />
      <TextInput type="time" label={t('sourcing.place.cutOff')} {...form.getInputProps('cutOff')} />
      <MoneyInput
        label={t('supplierPlaces.parcel')}
        placeholder={t('supplierPlaces.parcel.usual')}
        value={form.values.parcelMinor}
        onChange={(amount) => form.setFieldValue('parcelMinor', amount)}
        error={form.errors['parcelMinor']}
      />
      <MoneyInput
        label={t('sourcing.place.perUnit')}
        value={form.values.handlingMinorPerUnit}
        onChange={(amount) => form.setFieldValue('handlingMinorPerUnit', amount ?? 0)}
      />
      <NumberInput
        label={t('sourcing.place.margin')}
        min={0}
        max={100}
        allowDecimal={false}
        suffix={'\u202f%'}
        {...form.getInputProps('marginKept')}
        error={form.errors['marginKeptBasisPoints']}
      />
      <NumberInput
        label={t('sourcing.place.capacity')}
        placeholder={t('sourcing.noLimit')}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={form.values.dailyCapacity ?? ''}
        onChange={(value) => form.setFieldValue('dailyCapacity', optional(value))}
      />
    </SimpleGrid>
  )
}
