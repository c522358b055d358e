import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** Search, filters and export. On a narrow screen the filters fold behind one button that tells how many are set. */
export function ListToolbar({
  field,
  searchLabel,
  query,
  onQuery,
  filters,
  folded,
  filterCount,
  onClear,
  acts,
}: {
  field: RefObject<HTMLInputElement | null>
  searchLabel: string | undefined
  query: string | undefined
  onQuery: (query: string) => void
  filters: ReactNode
  folded: boolean
  filterCount: number
  onClear: (() => void) | undefined
  acts: ReactNode
}) {
  const t = useT()
  const [unfolded, fold] = useDisclosure(folded && filterCount > 0)
  return (
    <div className="bo-toolbar" role="search" aria-label={t('list.tools')} data-folded={folded || undefined}>
      {searchLabel && <SearchField field={field} label={searchLabel} query={query ?? ''} onQuery={onQuery} />}
      {filters && (
        <>
          <Button
            variant="default"
            className="bo-filters-fold"
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
            aria-expanded={unfolded}
            onClick={fold.toggle}
          >
            {filterCount > 0 ? t('list.filtersSet', { count: filterCount }) : t('list.filters')}
          </Button>
          <div className="bo-filters" data-unfolded={unfolded || undefined}>
            {filters}
          </div>
        </>
      )}
      {onClear && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
      <div className="bo-toolbar-acts">{acts}</div>
    </div>
  )
}

/** Searches as one types, a quarter of a second after the last key. */
export function SearchField({
  field,
  label,
  query,
  onQuery,
}: {
  field: RefObject<HTMLInputElement | null>
  label: string
  query: string
  onQuery: (query: string) => void
}) {
  const t = useT()
  const [text, setText] = useState(query)
  const tell = useDebouncedCallback(onQuery, 250)
  // The address changes without this field too: a saved view, "clear", the back button.
  useEffect(() => setText(query), [query])
  return (
    <TextInput
      ref={field}
      className="bo-search"
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && (
          <CloseButton
            size="sm"
            aria-label={t('list.clearSearch')}
            onClick={() => {
              setText('')
              onQuery('')
              field.current?.focus()
            }}
          />
        )
      }
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onQuery(text.trim())
        if (event.key === 'Escape' && text === '') field.current?.blur()
      }}
    />
  )
}
