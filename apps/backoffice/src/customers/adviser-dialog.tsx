import { useState } from 'react'
import { Button, Checkbox, Group, Modal, MultiSelect, NumberInput, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Adviser } from '@ecluse/contracts/advisers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import { locales } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { flattened } from '../catalog/category-tree.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** What a member of staff advises on, and how many customers they take. */
export function AdviserDialog({
  adviser,
  taken,
  onClose,
}: {
  adviser: Adviser | null
  taken: readonly string[]
  onClose: () => void
}) {
  const t = useT()
  const [accountId, setAccountId] = useState(adviser?.accountId ?? '')
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      languages: [...(adviser?.languages ?? (['fr'] as const))] as string[],
      categoryCodes: adviser?.categoryCodes ?? [],
      mostCustomers: adviser?.mostCustomers ?? 100,
      active: adviser?.active ?? true,
    },
    schema: endpoints.putAdviser.body,
    toBody: ({ languages, categoryCodes, mostCustomers, active }) => ({
      languages: locales.filter((one) => languages.includes(one)),
      categoryCodes,
      mostCustomers,
      active,
    }),
    send: (body) => call(endpoints.putAdviser, { params: { accountId }, body }),
    onDone: () => {
      tellDone(t('advisers.done'))
      void refresh('/advisers')
      void refresh('/customers')
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={adviser?.name ?? t('advisers.add')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          {!adviser && <WhoAdvises taken={taken} accountId={accountId} onChoose={setAccountId} />}
          <AdviserFields inputProps={form.getInputProps} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={accountId === ''}>
              {t('advisers.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Those who may read customers and do not advise yet. */
function WhoAdvises(props: { taken: readonly string[]; accountId: string; onChoose: (accountId: string) => void }) {
  const t = useT()
  const { taken, accountId, onChoose } = props
  const users = useQuery(apiQuery(endpoints.listUsers, { query: { limit: 200 } }))
  const people = (users.data?.items ?? []).filter(
    ({ id, role, active }) => active && permissionsOfRole[role].includes('customers:read') && !taken.includes(id),
  )
  return (
    <Select
      label={t('advisers.who')}
      description={t('advisers.who.help')}
      searchable
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      value={accountId || null}
      onChange={(value) => onChoose(value ?? '')}
    />
  )
}

/** Languages, goods, how many customers. */
function AdviserFields({ inputProps }: { inputProps: (name: string, options?: { type: 'checkbox' }) => object }) {
  const t = useT()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  return (
    <>
      <MultiSelect
        label={t('advisers.languages')}
        data={locales.map((value) => ({ value, label: t(`advisers.language.${value}`) }))}
        {...inputProps('languages')}
      />
      <MultiSelect
        label={t('advisers.knows')}
        data={flattened(categories.data?.items ?? [], locale).map(({ code, path }) => ({
          value: code,
          label: path,
        }))}
        searchable
        clearable
        {...inputProps('categoryCodes')}
      />
      <NumberInput
        label={t('advisers.most')}
        min={1}
        max={10_000}
        allowDecimal={false}
        {...inputProps('mostCustomers')}
      />
      <Checkbox label={t('advisers.active')} {...inputProps('active', { type: 'checkbox' })} />
    </>
  )
}
