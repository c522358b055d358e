import { Select } from '@mantine/core'

/** A filter of a list: its name is its placeholder, and it can be cleared. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  searchable = false,
  onChange,
}: {
  label: string
  value: Value | undefined
  options: readonly { value: Value; label: string }[]
  searchable?: boolean
  onChange: (value: Value | undefined) => void
}) {
  return (
    <Select
      className="bo-filter"
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      data={[...options]}
      clearable
      allowDeselect
      searchable={searchable}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
