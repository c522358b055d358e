import { useState } from 'react'
import { Button, Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { priceScopes, type PriceEntry, type PriceList, type PriceScope } from '@ecluse/contracts/price-lists.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { categoryPaths } from '../catalog/category-tree.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { useChannels } from '../network/use-channels.ts'
import { EntryPreview } from './entry-preview.tsx'

type Values = {
  scope: PriceScope
  code: string | null
  kind: 'percent' | 'fixed'
  amountMinor: number | null
  percent: number | string
  minQuantity: number | string
  channelCode: string | null
  validFrom: string
  validUntil: string
}

const touched = ['/price-lists'] as const

/** One entry of a list, with what it would change. */
export function EntryForm(props: { list: PriceList; entry: PriceEntry | null; onClose: () => void }) {
  const { list, entry, onClose } = props
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels().filter(({ sells }) => sells)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: startOf(entry),
    schema: endpoints.createPriceEntry.body,
    toBody: entryOf,
    send: (body, key) => {
      const params = { code: list.code }
      return entry
        ? call(endpoints.updatePriceEntry, { params: { ...params, entryId: entry.id }, body })
        : call(endpoints.createPriceEntry, { params, body }, { idempotencyKey: key })
    },
    onDone: () => {
      tellDone(t('prices.saved'))
      void refresh(...touched)
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <Scope form={form} />
        <Price form={form} list={list} />
        <NumberInput
          label={t('prices.minQuantity')}
          min={1}
          max={9_999}
          allowDecimal={false}
          {...form.getInputProps('minQuantity')}
        />
        <Select
          label={t('orders.channel')}
          placeholder={t('prices.allChannels')}
          data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
          clearable
          {...form.getInputProps('channelCode')}
        />
        <Group grow align="start">
          <TextInput type="date" label={t('prices.validFrom')} {...form.getInputProps('validFrom')} />
          <TextInput type="date" label={t('prices.validUntil')} {...form.getInputProps('validUntil')} />
        </Group>
        <EntryPreview list={list} entryId={entry?.id ?? null} draft={entryOf(form.values)} />
        {entry && <Remove {...props} entry={entry} />}
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}

function Remove({ list, entry, onClose }: { list: PriceList; entry: PriceEntry; onClose: () => void }) {
  const t = useT()
  const remove = useAct({
    act: () => call(endpoints.deletePriceEntry, { params: { code: list.code, entryId: entry.id } }),
    touches: touched,
    done: () => t('prices.removed'),
    undo: () => call(endpoints.createPriceEntry, { params: { code: list.code }, body: entryOf(startOf(entry)) }),
    onDone: onClose,
  })
  return (
    <Button
      variant="subtle"
      color="coral"
      leftSection={<IconTrash size={16} aria-hidden />}
      loading={remove.isPending}
      onClick={() => remove.mutate()}
    >
      {t('prices.remove')}
    </Button>
  )
}

/** What the entry is about: found by name, kept by code. */
function Scope({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  const { locale } = useLocale()
  const { scope, code } = form.values
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  return (
    <>
      <Select
        label={t('prices.of')}
        data={priceScopes.toReversed().map((one) => ({ value: one, label: t(`prices.scope.${one}`) }))}
        allowDeselect={false}
        value={scope}
        onChange={(next) => form.setValues({ scope: next ?? 'all', code: null })}
      />
      {scope === 'category' && (
        <Select
          label={t('prices.scope.category')}
          data={categoryPaths(categories.data?.items ?? [], locale)}
          searchable
          required
          {...form.getInputProps('code')}
        />
      )}
      {scope === 'product' && (
        <ProductSelect code={code} error={form.errors['code']} onChange={(next) => form.setFieldValue('code', next)} />
      )}
      {scope === 'variant' && (
        <TextInput label={t('prices.sku')} required {...form.getInputProps('code')} value={code ?? ''} />
      )}
    </>
  )
}

type ProductSelectProps = { code: string | null; error: React.ReactNode; onChange: (code: string | null) => void }

function ProductSelect({ code, error, onChange }: ProductSelectProps) {
  const t = useT()
  const { locale } = useLocale()
  const [typed, setTyped] = useState('')
  const found = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, { query: { locale, q: typed || undefined, limit: 20 } }),
    placeholderData: (before) => before,
  })
  const items = (found.data?.items ?? []).map(({ handle, name }) => ({ value: handle, label: name }))
  const known = code === null || items.some(({ value }) => value === code)
  return (
    <Select
      label={t('prices.scope.product')}
      data={known ? items : [{ value: code, label: code }, ...items]}
      searchable
      required
      filter={({ options }) => options}
      onSearchChange={setTyped}
      value={code}
      error={error}
      onChange={onChange}
    />
  )
}

function Price({ form, list }: { form: UseFormReturnType<Values>; list: PriceList }) {
  const t = useT()
  const { kind, amountMinor } = form.values
  return (
    <>
      <SegmentedControl
        aria-label={t('prices.price')}
        data={(['percent', 'fixed'] as const).map((one) => ({ value: one, label: t(`prices.kind.${one}`) }))}
        {...form.getInputProps('kind')}
      />
      {kind === 'percent' ? (
        <NumberInput
          label={t('prices.percent')}
          description={t('prices.percent.help')}
          min={0.01}
          max={100}
          decimalScale={2}
          suffix={'\u202f%'}
          required
          {...form.getInputProps('percent')}
          error={form.errors['percentBasisPoints'] ?? form.errors['amountMinor']}
        />
      ) : (
        <MoneyInput
          label={t(list.includesVat ? 'prices.amountWithVat' : 'prices.amount')}
          required
          value={amountMinor}
          error={form.errors['amountMinor']}
          onChange={(next) => form.setFieldValue('amountMinor', next)}
        />
      )}
    </>
  )
}

function startOf(entry: PriceEntry | null): Values {
  return {
    scope: entry?.scope ?? 'category',
    code: entry?.code ?? null,
    kind: entry && entry.amountMinor !== null ? 'fixed' : 'percent',
    amountMinor: entry?.amountMinor ?? null,
    percent: entry?.percentBasisPoints ? entry.percentBasisPoints / 100 : '',
    minQuantity: entry?.minQuantity ?? 1,
    channelCode: entry?.channelCode ?? null,
    validFrom: entry?.validFrom ?? '',
    validUntil: entry?.validUntil ?? '',
  }
}

function entryOf(values: Values) {
  const percent = values.kind === 'percent' && values.percent !== '' ? Math.round(Number(values.percent) * 100) : null
  return {
    scope: values.scope,
    code: values.scope === 'all' ? null : values.code || null,
    amountMinor: values.kind === 'fixed' ? values.amountMinor : null,
    percentBasisPoints: percent,
    minQuantity: Number(values.minQuantity) || 1,
    channelCode: values.channelCode,
    validFrom: values.validFrom || null,
    validUntil: values.validUntil || null,
  }
}
