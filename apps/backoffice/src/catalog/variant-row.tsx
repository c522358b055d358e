import { memo } from 'react'
import { ActionIcon, NumberInput, Select, TextInput, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconTrash } from '@tabler/icons-react'
import { gtinCheckDigit, hasGtinCheckDigit } from '@ecluse/contracts/scalars.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import type { DraftVariant } from './draft.ts'

/** One variant of the grid. Memoised: with two hundred of them, typing must not render the others. */
export const VariantRow = memo(function VariantRow({
  variant,
  label,
  pictures,
  only,
  errorText,
  onChange,
  onRemove,
}: {
  variant: DraftVariant
  label: string | null
  pictures: number
  only: boolean
  /** `[path in the row, words]` pairs, as JSON. */
  errorText: string
  onChange: (key: string, patch: Partial<DraftVariant>) => void
  onRemove: (key: string) => void
}) {
  const t = useT()
  const errors = new Map(JSON.parse(errorText) as [string, string][])
  const set = (patch: Partial<DraftVariant>) => onChange(variant.key, patch)
  const of = (name: string) => `${name}${label ? `, ${label}` : ''}`
  return (
    <tr>
      {label !== null && (
        <th scope="row">
          {label || <span className="bo-quiet">{t('variants.incomplete')}</span>}
          {errors.has('options') && <span className="bo-error">{errors.get('options')}</span>}
        </th>
      )}
      <td>
        <TextInput
          size="xs"
          aria-label={of(t('variants.sku'))}
          value={variant.sku}
          error={errors.get('sku')}
          onChange={(event) => set({ sku: event.currentTarget.value })}
        />
      </td>
      <td>
        <GtinInput
          label={of(t('variants.gtin'))}
          value={variant.gtin}
          error={errors.get('gtin')}
          onChange={(gtin) => set({ gtin })}
        />
      </td>
      <VariantFigures variant={variant} errors={errors} of={of} onChange={set} />
      {pictures > 1 && (
        <td>
          <PictureChoice variant={variant} pictures={pictures} of={of} onChange={set} />
        </td>
      )}
      <td>
        <ActionIcon aria-label={of(t('variants.remove'))} disabled={only} onClick={() => onRemove(variant.key)}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  )
})

type Cell = {
  variant: DraftVariant
  /** The name of a field, with the variant it is of. */
  of: (name: string) => string
  onChange: (patch: Partial<DraftVariant>) => void
}

/** What a variant costs, cost before, and weighs. */
function VariantFigures({ variant, errors, of, onChange }: Cell & { errors: ReadonlyMap<string, string> }) {
  const t = useT()
  return (
    <>
      <td>
        <MoneyInput
          size="xs"
          aria-label={of(t('variants.price'))}
          value={variant.priceMinor}
          error={errors.get('price') ?? errors.get('price.amountMinor')}
          onChange={(priceMinor) => onChange({ priceMinor })}
        />
      </td>
      <td>
        <MoneyInput
          size="xs"
          aria-label={of(t('variants.compareAt'))}
          value={variant.compareAtMinor}
          onChange={(compareAtMinor) => onChange({ compareAtMinor })}
        />
      </td>
      <td>
        <NumberInput
          size="xs"
          aria-label={of(t('variants.weight'))}
          value={variant.weightGrams ?? ''}
          min={0}
          allowDecimal={false}
          hideControls
          error={errors.get('weightGrams')}
          onChange={(grams) => onChange({ weightGrams: typeof grams === 'number' ? grams : null })}
        />
      </td>
    </>
  )
}

/** Which of the product's pictures shows this variant. */
function PictureChoice({ variant, pictures, of, onChange }: Cell & { pictures: number }) {
  const t = useT()
  return (
    <Select
      size="xs"
      aria-label={of(t('variants.picture'))}
      placeholder={t('variants.picture.none')}
      clearable
      data={Array.from({ length: pictures }, (_, index) => ({ value: String(index), label: String(index + 1) }))}
      value={variant.mediaIndex === null ? null : String(variant.mediaIndex)}
      onChange={(index) => onChange({ mediaIndex: index === null ? null : Number(index) })}
    />
  )
}

const gtinLengths = [8, 12, 13, 14]

/** A GTIN checked while it is typed: once it has its length, the check digit is right, or the right one is named. */
function GtinInput({
  label,
  value,
  error,
  onChange,
}: {
  label: string
  value: string
  error: string | undefined
  onChange: (gtin: string) => void
}) {
  const t = useT()
  const complete = gtinLengths.includes(value.length) && /^\d+$/.test(value)
  const right = complete && hasGtinCheckDigit(value)
  const expected = complete && !right ? gtinCheckDigit(value.slice(0, -1)) : null
  return (
    <TextInput
      size="xs"
      aria-label={label}
      inputMode="numeric"
      value={value}
      error={expected === null ? error : t('variants.gtin.expected', { digit: expected })}
      rightSection={
        right ? (
          <Tooltip label={t('variants.gtin.right')}>
            <IconCheck size={14} className="bo-right" aria-label={t('variants.gtin.right')} role="img" />
          </Tooltip>
        ) : (
          expected !== null && <IconAlertTriangle size={14} className="bo-wrong" aria-hidden />
        )
      }
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/[\s-]/g, ''))}
    />
  )
}
