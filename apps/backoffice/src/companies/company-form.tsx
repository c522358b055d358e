import { Checkbox, Select, Stack, TextInput, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const valuesOf = (company: Company | null) => ({
  name: company?.name ?? '',
  tradeName: company?.tradeName ?? '',
  siren: company?.siren ?? '',
  vatNumber: company?.vatNumber ?? '',
  email: company?.email ?? '',
  phone: company?.phone ?? '',
  locale: company?.locale ?? 'fr',
  priceList: company?.priceList ?? '',
  referenceRequired: company?.referenceRequired ?? false,
  active: company?.active ?? true,
})

const bodyOf = (values: ReturnType<typeof valuesOf>, company: Company | null) => ({
  ...values,
  country: company?.country ?? 'FR',
  tradeName: values.tradeName || null,
  siren: values.siren || null,
  vatNumber: values.vatNumber || null,
  email: values.email || null,
  phone: values.phone || null,
  priceList: values.priceList || null,
})

/** What is known of a company: a new one, or a change. */
export function CompanyForm({
  company,
  onDone,
  onCancel,
}: {
  company: Company | null
  onDone: (company: Company) => void
  onCancel: () => void
}) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: valuesOf(company),
    schema: endpoints.createCompany.body,
    toBody: (values) => bodyOf(values, company),
    send: (body, idempotencyKey) =>
      company
        ? call(endpoints.updateCompany, { params: { companyId: company.id }, body })
        : call(endpoints.createCompany, { body }, { idempotencyKey }),
    onDone: (saved) => {
      tellDone(t('companies.saved', { name: saved.name }))
      void refresh('/companies')
      onDone(saved)
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('companies.name')} description={t('companies.name.help')} {...form.getInputProps('name')} />
        <TextInput label={t('companies.tradeName')} {...form.getInputProps('tradeName')} />
        <TextInput
          label={t('companies.vat')}
          description={t('companies.vat.help')}
          {...form.getInputProps('vatNumber')}
        />
        <TextInput
          label={t('companies.siren')}
          description={t('companies.siren.help')}
          {...form.getInputProps('siren')}
        />
        <TextInput label={t('door.email')} type="email" {...form.getInputProps('email')} />
        <TextInput label={t('customers.phone')} type="tel" {...form.getInputProps('phone')} />
        <Select
          label={t('account.language')}
          data={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
          allowDeselect={false}
          {...form.getInputProps('locale')}
        />
        <ListSelect {...form.getInputProps('priceList')} />
        <Checkbox
          label={t('companies.referenceRequired')}
          {...form.getInputProps('referenceRequired', { type: 'checkbox' })}
        />
        <Checkbox label={t('companies.mayOrder')} {...form.getInputProps('active', { type: 'checkbox' })} />
        <FormEnd onCancel={onCancel} busy={busy} label={t(company ? 'companies.save' : 'companies.create')} />
      </Stack>
    </form>
  )
}

/** The list a company buys from, of those no channel sells from. */
function ListSelect(props: SelectProps) {
  const t = useT()
  const { locale } = useLocale()
  const lists = useQuery({ ...apiQuery(endpoints.listPriceLists, {}), retry: false })
  const own = (lists.data?.items ?? []).filter(({ channelCodes }) => channelCodes.length === 0)
  return (
    <Select
      label={t('companies.priceList')}
      description={t('companies.priceList.help')}
      placeholder={t('companies.priceList.none')}
      data={own.map(({ code, name }) => ({ value: code, label: name[locale] || name.fr }))}
      clearable
      {...props}
    />
  )
}
