import { Button, Skeleton, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LegalEntity } from '@ecluse/contracts/legal-entity.ts'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { Page } from '../common/page.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Who sells, as documents name them. */
export function LegalEntityPage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getLegalEntity, {}))
  return (
    <Page narrow title={t('nav.legalEntity')} summary={t('legal.summary')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {query.data && (
        <Card title={t('legal.identity')}>
          <EntityForm entity={query.data.entity} />
        </Card>
      )}
    </Page>
  )
}

function EntityForm({ entity }: { entity: LegalEntity | null }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      name: entity?.name ?? '',
      siren: entity?.siren ?? '',
      siret: entity?.siret ?? '',
      vatNumber: entity?.vatNumber ?? '',
      email: entity?.email ?? '',
      street: entity?.address?.street ?? '',
      postalCode: entity?.address?.postalCode ?? '',
      locality: entity?.address?.locality ?? '',
    },
    schema: endpoints.putLegalEntity.body,
    toBody: ({ name, siren, siret, vatNumber, email, street, postalCode, locality }) => ({
      name,
      siren: siren || null,
      siret: siret || null,
      vatNumber: vatNumber || null,
      email: email || null,
      address: street === '' ? null : { name: name || '-', street, postalCode, locality, country: 'FR' },
    }),
    send: (body) => call(endpoints.putLegalEntity, { body }),
    onDone: () => {
      tellDone(t('documents.saved'))
      void refresh('/legal-entity')
    },
  })
  const addressed = (field: string) => form.errors[`address.${field}`]
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('legal.name')} required {...form.getInputProps('name')} />
        <TextInput
          label={t('companies.siren')}
          description={t('legal.keys')}
          inputMode="numeric"
          {...form.getInputProps('siren')}
        />
        <TextInput label={t('legal.siret')} inputMode="numeric" {...form.getInputProps('siret')} />
        <TextInput label={t('supplierOrders.vat')} {...form.getInputProps('vatNumber')} />
        <TextInput label={t('supplierOrders.email')} type="email" {...form.getInputProps('email')} />
        <TextInput label={t('legal.street')} {...form.getInputProps('street')} error={addressed('street')} />
        <TextInput
          label={t('legal.postalCode')}
          {...form.getInputProps('postalCode')}
          error={addressed('postalCode')}
        />
        <TextInput label={t('legal.locality')} {...form.getInputProps('locality')} error={addressed('locality')} />
        <Button type="submit" loading={busy}>
          {t('app.save')}
        </Button>
      </Stack>
    </form>
  )
}
