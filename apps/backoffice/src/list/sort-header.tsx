import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { Column, SortChoice } from './column.ts'

/** A column's head; where it sorts, a button that goes up, down, then back to the list's own order. */
export function SortHeader<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: SortChoice
  onSort: (sort: SortChoice) => void
}) {
  const order = sort.sort === column.id ? (sort.order ?? 'asc') : undefined
  const Arrow = order === 'asc' ? IconArrowUp : order === 'desc' ? IconArrowDown : IconArrowsSort
  const next: SortChoice =
    order === undefined
      ? { sort: column.id, order: 'asc' }
      : order === 'asc'
        ? { sort: column.id, order: 'desc' }
        : { sort: undefined, order: undefined }
  return (
    <th
      scope="col"
      data-from={column.from}
      data-end={column.end || undefined}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : undefined}
    >
      {column.sort ? (
        <UnstyledButton className="bo-sort" data-sorted={order !== undefined || undefined} onClick={() => onSort(next)}>
          {column.header}
          <Arrow size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </th>
  )
}
