import { useState } from 'react'
import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { interactionKinds, tellsOfGoods } from '@ecluse/contracts/interactions.ts'
import type { JourneyHappening } from '@ecluse/contracts/journey-graph.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { useChannels } from '../network/use-channels.ts'
import { CategoriesSelect, someOf } from '../segments/categories-select.tsx'
import { ProductsSelect } from '../segments/condition-fields.tsx'
import { inUnits, toMinutes, units, type Unit } from './node-words.ts'

type HappeningProps = { value: JourneyHappening; label: string; onChange: (patch: Partial<JourneyHappening>) => void }

/** What somebody does, of which channels, products or categories. */
export function HappeningFields({ value, label, onChange }: HappeningProps) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels()
  const { what, channelCodes, productIds, categoryCodes } = value
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={interactionKinds.map((kind) => ({ value: kind, label: t(`segments.what.${kind}`) }))}
        value={what}
        onChange={(next) =>
          next &&
          onChange({ what: next, ...(tellsOfGoods(next) ? {} : { productIds: undefined, categoryCodes: undefined }) })
        }
      />
      <Disclosure label={t('segments.more')} open={Boolean(channelCodes ?? productIds ?? categoryCodes)}>
        <div className="bo-journey-fields">
          <MultiSelect
            label={t('segments.channels')}
            data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
            clearable
            value={channelCodes ?? []}
            onChange={(codes) => onChange({ channelCodes: someOf(codes) })}
          />
          {tellsOfGoods(what) && (
            <>
              <CategoriesSelect
                chosen={categoryCodes ?? []}
                onChange={(codes) => onChange({ categoryCodes: someOf(codes) })}
              />
              <ProductsSelect chosen={productIds ?? []} onChange={(ids) => onChange({ productIds: someOf(ids) })} />
            </>
          )}
        </div>
      </Disclosure>
    </>
  )
}

/** How long, as one says it: a number and its unit. */
export function DurationFields(props: { label: string; minutes: number; onChange: (minutes: number) => void }) {
  const t = useT()
  const [unit, setUnit] = useState<Unit>(() => inUnits(props.minutes).unit)
  const count = props.minutes / toMinutes(1, unit)
  return (
    <div className="bo-journey-pair">
      <NumberInput
        label={props.label}
        min={1}
        max={Math.floor(525_600 / toMinutes(1, unit))}
        allowDecimal={false}
        value={Number.isInteger(count) && count > 0 ? count : props.minutes > 0 ? Math.max(1, Math.round(count)) : ''}
        onChange={(next) => props.onChange(typeof next === 'number' ? toMinutes(next, unit) : 0)}
      />
      <Select
        label={t('journeys.unit')}
        allowDeselect={false}
        data={units.map((one) => ({ value: one, label: t(`journeys.unit.${one}`) }))}
        value={unit}
        onChange={(next) => {
          if (!next) return
          setUnit(next)
          props.onChange(toMinutes(Math.max(1, Math.round(count)), next))
        }}
      />
    </div>
  )
}

/** A number of days, people or contacts; empty reads as zero, which the checks refuse where it makes no sense. */
export function CountInput(props: {
  label: string
  description?: string
  min?: number
  max: number
  value: number
  onChange: (count: number) => void
}) {
  const { value, onChange, ...others } = props
  return (
    <NumberInput
      {...others}
      min={props.min ?? 1}
      allowDecimal={false}
      value={value === 0 && (props.min ?? 1) > 0 ? '' : value}
      onChange={(next) => onChange(typeof next === 'number' ? next : 0)}
    />
  )
}
