import { MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core'
import type { SegmentCondition } from '@ecluse/contracts/segments.ts'
import { useT } from '../app/i18n.ts'
import { useSites } from '../network/use-channels.ts'
import { CategoriesSelect, someOf } from './categories-select.tsx'

type Of<Type> = Extract<SegmentCondition, { type: Type }>
type Props<Type> = { condition: Of<Type>; onChange: (condition: Of<Type>) => void }

/** Sizes, in some categories or in any. */
export function SizeFields({ condition, onChange }: Props<'size'>) {
  const t = useT()
  return (
    <>
      <TagsInput
        label={t('segments.sizes.label')}
        description={t('segments.sizes.help')}
        value={condition.sizes}
        onChange={(sizes) => onChange({ ...condition, sizes: sizes.map((size) => size.trim().toUpperCase()) })}
      />
      <CategoriesSelect
        chosen={condition.categoryCodes ?? []}
        onChange={(codes) => onChange({ ...condition, categoryCodes: someOf(codes) })}
      />
    </>
  )
}

/** The shops where somebody buys as a rule. */
export function ShopsField({ condition, onChange }: Props<'usual_shop'>) {
  const t = useT()
  const shops = useSites().filter(({ kind }) => kind === 'shop')
  return (
    <MultiSelect
      label={t('segments.shops.label')}
      data={shops.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      clearable
      value={condition.siteIds}
      onChange={(siteIds) => onChange({ ...condition, siteIds })}
    />
  )
}

/** How far from the shop they use, or from the nearest. */
export function DistanceFields({ condition, onChange }: Props<'distance'>) {
  const t = useT()
  const bound = (which: 'atLeastKm' | 'atMostKm', label: string) => (
    <NumberInput
      label={label}
      min={which === 'atMostKm' ? 1 : 0}
      max={20_000}
      allowDecimal={false}
      value={condition[which] ?? ''}
      onChange={(km) => onChange({ ...condition, [which]: typeof km === 'number' ? km : undefined })}
    />
  )
  return (
    <>
      <Select
        label={t('segments.distance.to')}
        allowDeselect={false}
        data={(['usual_shop', 'nearest_shop'] as const).map((value) => ({
          value,
          label: t(`segments.distance.${value}`),
        }))}
        value={condition.to}
        onChange={(to) => to && onChange({ ...condition, to })}
      />
      {bound('atLeastKm', t('segments.distance.atLeast'))}
      {bound('atMostKm', t('segments.distance.atMost'))}
    </>
  )
}
