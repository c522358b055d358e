import { useState } from 'react'
import { MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { interactionKinds, tellsOfGoods } from '@ecluse/contracts/interactions.ts'
import type { DidCondition, SegmentCondition } from '@ecluse/contracts/segments.ts'
import { treatments } from '@ecluse/contracts/treatments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { useChannels } from '../network/use-channels.ts'
import { CategoriesSelect, someOf } from './categories-select.tsx'
import { DistanceFields, ShopsField, SizeFields } from './trait-fields.tsx'
import { ValueFields } from './value-fields.tsx'

type Props<C extends SegmentCondition = SegmentCondition> = { condition: C; onChange: (condition: C) => void }

/** What is asked of a customer, field by field. */
export function ConditionFields({ condition, onChange }: Props) {
  const t = useT()
  switch (condition.type) {
    case 'did':
      return <DidFields condition={condition} onChange={onChange} />
    case 'value':
      return <ValueFields condition={condition} onChange={onChange} />
    case 'treatment':
    case 'reachable':
    case 'language':
    case 'kind':
      return <OneOfFields condition={condition} onChange={onChange} />
    case 'interest':
      return (
        <CategoriesSelect
          chosen={condition.categoryCodes}
          onChange={(categoryCodes) => onChange({ ...condition, categoryCodes })}
        />
      )
    case 'size':
      return <SizeFields condition={condition} onChange={onChange} />
    case 'usual_shop':
      return <ShopsField condition={condition} onChange={onChange} />
    case 'distance':
      return <DistanceFields condition={condition} onChange={onChange} />
    case 'household':
      return (
        <NumberInput
          label={t('segments.household.atLeast')}
          min={2}
          max={20}
          allowDecimal={false}
          value={condition.atLeast || ''}
          onChange={(people) => onChange({ ...condition, atLeast: typeof people === 'number' ? people : 0 })}
        />
      )
    case 'known_for':
      return (
        <DaysInput
          label={t('segments.days.known')}
          value={condition.withinDays}
          onChange={(withinDays) => onChange({ ...condition, withinDays: withinDays ?? 0 })}
        />
      )
    case 'account':
      return null
    case 'postal_code':
      return (
        <TagsInput
          label={t('segments.postal.label')}
          description={t('segments.postal.help')}
          value={condition.startsWith}
          onChange={(codes) => onChange({ ...condition, startsWith: codes.map((code) => code.trim().toUpperCase()) })}
        />
      )
  }
}

type OneOf = Extract<SegmentCondition, { type: 'treatment' | 'reachable' | 'language' | 'kind' }>

/** What asks for one of a few. */
function OneOfFields({ condition, onChange }: Props<OneOf>) {
  const t = useT()
  switch (condition.type) {
    case 'treatment':
      return (
        <Select
          label={t('segments.treatment.label')}
          allowDeselect={false}
          data={treatments.map((value) => ({ value, label: t(`treatments.${value}`) }))}
          value={condition.treatment}
          onChange={(treatment) => treatment && onChange({ ...condition, treatment })}
        />
      )
    case 'reachable':
      return (
        <Select
          label={t('segments.by')}
          allowDeselect={false}
          data={(['email', 'phone', 'post'] as const).map((value) => ({ value, label: t(`segments.by.${value}`) }))}
          value={condition.by}
          onChange={(by) => by && onChange({ ...condition, by })}
        />
      )
    case 'language':
      return (
        <Select
          label={t('segments.language.label')}
          allowDeselect={false}
          data={(['fr', 'en'] as const).map((value) => ({ value, label: t(`segments.language.${value}`) }))}
          value={condition.locale}
          onChange={(locale) => locale && onChange({ ...condition, locale })}
        />
      )
    case 'kind':
      return (
        <Select
          label={t('segments.kind.label')}
          allowDeselect={false}
          data={(['person', 'company'] as const).map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
          value={condition.kind}
          onChange={(kind) => kind && onChange({ ...condition, kind })}
        />
      )
  }
}

function DaysInput(props: {
  label: string
  description?: string
  value: number | undefined
  onChange: (days?: number) => void
}) {
  return (
    <NumberInput
      label={props.label}
      description={props.description}
      min={1}
      max={3_660}
      allowDecimal={false}
      value={props.value || ''}
      onChange={(days) => props.onChange(typeof days === 'number' ? days : undefined)}
    />
  )
}

function DidFields({ condition, onChange }: Props<DidCondition>) {
  const t = useT()
  const change = (patch: Partial<DidCondition>) => onChange({ ...condition, ...patch })
  return (
    <>
      <Select
        label={t('segments.what')}
        allowDeselect={false}
        data={interactionKinds.map((value) => ({ value, label: t(`segments.what.${value}`) }))}
        value={condition.what}
        onChange={(what) =>
          what && change({ what, ...(tellsOfGoods(what) ? {} : { productIds: undefined, categoryCodes: undefined }) })
        }
      />
      <NumberInput
        label={t('segments.atLeast')}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={condition.atLeast || ''}
        onChange={(times) => change({ atLeast: typeof times === 'number' ? times : 0 })}
      />
      <DaysInput
        label={t('segments.within')}
        description={t('segments.within.help')}
        value={condition.withinDays}
        onChange={(withinDays) => change({ withinDays })}
      />
      <div className="bo-segment-more">
        <Disclosure label={t('segments.more')} open={refined(condition)}>
          <div className="bo-segment-fields">
            <MoreFields condition={condition} onChange={onChange} />
          </div>
        </Disclosure>
      </div>
    </>
  )
}

/** Whether a condition says more than the fields one always sees. */
function refined({ atMost, channelCodes, productIds, categoryCodes, worthAtLeastMinor }: DidCondition): boolean {
  return [atMost, channelCodes, productIds, categoryCodes, worthAtLeastMinor].some((value) => value !== undefined)
}

function MoreFields({ condition, onChange }: Props<DidCondition>) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels()
  const change = (patch: Partial<DidCondition>) => onChange({ ...condition, ...patch })
  return (
    <>
      <NumberInput
        label={t('segments.atMost')}
        min={condition.atLeast}
        max={10_000}
        allowDecimal={false}
        value={condition.atMost ?? ''}
        onChange={(times) => change({ atMost: typeof times === 'number' ? times : undefined })}
      />
      <MoneyInput
        label={t('segments.worth')}
        value={condition.worthAtLeastMinor ?? null}
        onChange={(amount) => change({ worthAtLeastMinor: amount || undefined })}
      />
      <MultiSelect
        label={t('segments.channels')}
        data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
        clearable
        value={condition.channelCodes ?? []}
        onChange={(codes) => change({ channelCodes: someOf(codes) })}
      />
      {tellsOfGoods(condition.what) && (
        <>
          <CategoriesSelect
            chosen={condition.categoryCodes ?? []}
            onChange={(ids) => change({ categoryCodes: someOf(ids) })}
          />
          <ProductsSelect chosen={condition.productIds ?? []} onChange={(ids) => change({ productIds: someOf(ids) })} />
        </>
      )}
    </>
  )
}

type Choice = { chosen: readonly string[]; onChange: (chosen: string[]) => void }

/** Products of the catalogue, found by the server while one types. */
export function ProductsSelect({ chosen: ids, onChange }: Choice) {
  const t = useT()
  const { locale } = useLocale()
  const [typed, setTyped] = useState('')
  const found = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, { query: { locale, q: typed || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const items = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const missing = ids.filter((id) => !items.some(({ value }) => value === id))
  const named = useQueries({
    queries: missing.map((productId) => apiQuery(endpoints.getCatalogProduct, { params: { productId } })),
  })
  const before = missing.map((id, index) => ({ value: id, label: named[index]?.data?.name[locale] ?? '…' }))
  return (
    <MultiSelect
      label={t('segments.products')}
      data={[...before, ...items]}
      searchable
      clearable
      // Found by the server; those chosen before are not offered again.
      filter={({ options }) => options.filter((option) => !('value' in option) || !ids.includes(option.value))}
      onSearchChange={setTyped}
      value={[...ids]}
      onChange={onChange}
    />
  )
}
