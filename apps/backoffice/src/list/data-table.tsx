import { useMemo, useRef, type ReactNode } from 'react'
import { Checkbox, Skeleton } from '@mantine/core'
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row as TableRow,
  type SortingState,
} from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { useT } from '../app/i18n.ts'
import { openShortcuts } from '../app/shortcuts.tsx'
import type { Column, SortChoice } from './column.ts'
import { SortHeader } from './sort-header.tsx'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const rowHeight = 52

export type DataTableProps<Row extends object> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** How a row is called in the name of its checkbox. */
  rowName: (row: Row) => string
  loading: boolean
  sort: SortChoice
  onSort: (sort: SortChoice) => void
  /** The server sorts: rows come in order. */
  sortedByServer?: boolean
  selected: ReadonlySet<string> | null
  onSelect: (id: string) => void
  onSelectAll: (ids: readonly string[]) => void
  openId: string | undefined
  onOpen?: ((row: Row) => void) | undefined
  onSearch?: () => void
  onEndReached: () => void
}

/** A dense table that draws only the rows in sight, sorts, ticks and obeys the keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, selected, onOpen } = props
  const defs = useMemo(() => columns.map(toDefinition), [columns])
  const table = useTable<typeof features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    manualSorting: props.sortedByServer === true,
    state: {
      sorting: sortingOf(
        props.sort,
        defs.map(({ id }) => id ?? ''),
      ),
    },
  })
  const shown = table.getRowModel().rows
  const body = useRef<HTMLTableSectionElement>(null)
  const virtual = useRowsInSight(shown, body, props.onEndReached)
  const list = useKeyboardList({
    count: shown.length,
    ...(onOpen ? { onOpen: (index) => shown[index] && onOpen(shown[index].original) } : {}),
    ...(selected ? { onSelect: (index) => shown[index] && props.onSelect(shown[index].id) } : {}),
    ...(props.onSearch ? { onSearch: props.onSearch } : {}),
    onHelp: openShortcuts,
    scrollToIndex: (index) => virtual.scrollToIndex(index),
  })
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  return (
    <table className="bo-table" aria-label={props.label} aria-rowcount={shown.length + 1} aria-busy={props.loading}>
      <TableHead {...props} shownIds={shown.map(({ id }) => id)} />
      <tbody ref={body}>
        {props.loading && rows.length === 0 && <LoadingRows columns={columns} ticks={selected !== null} />}
        <Spacer height={first ? first.start - virtual.options.scrollMargin : 0} />
        {items.map((item) => {
          const row = shown[item.index]
          if (!row) return null
          const { ref, ...rowProps } = list.rowProps(item.index)
          return (
            <tr
              key={row.id}
              ref={(element) => {
                ref(element)
                virtual.measureElement(element)
              }}
              aria-rowindex={item.index + 2}
              aria-selected={selected ? selected.has(row.id) : undefined}
              data-open={props.openId === row.id || undefined}
              data-index={item.index}
              {...rowProps}
            >
              <Cells {...props} id={row.id} row={row.original} />
            </tr>
          )
        })}
        <Spacer height={last ? virtual.getTotalSize() - (last.end - virtual.options.scrollMargin) : 0} />
      </tbody>
    </table>
  )
}

/** The names of the columns, which sort, and the box that ticks all rows. */
function TableHead<Row extends object>(props: DataTableProps<Row> & { shownIds: readonly string[] }) {
  const { selected, shownIds } = props
  const t = useT()
  const allTicked = selected !== null && shownIds.length > 0 && shownIds.every((id) => selected.has(id))
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selected && (
          <th scope="col" className="bo-tick">
            <Checkbox
              aria-label={t('list.selectAll')}
              checked={allTicked}
              indeterminate={!allTicked && selected.size > 0}
              onChange={() => props.onSelectAll(allTicked ? [] : shownIds)}
            />
          </th>
        )}
        {props.columns.map((column) => (
          <SortHeader key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
      </tr>
    </thead>
  )
}

/** What a row shows, behind the box that ticks it. */
function Cells<Row extends object>(props: DataTableProps<Row> & { id: string; row: Row }) {
  const { id, row, selected } = props
  const t = useT()
  return (
    <>
      {selected && (
        <td className="bo-tick">
          <Checkbox
            aria-label={t('list.select', { name: props.rowName(row) })}
            checked={selected.has(id)}
            onChange={() => props.onSelect(id)}
            tabIndex={-1}
          />
        </td>
      )}
      {props.columns.map((column) => (
        <td key={column.id} data-from={column.from} data-end={column.end || undefined}>
          {column.cell(row)}
        </td>
      ))}
    </>
  )
}

function useRowsInSight<Row extends object>(
  rows: readonly TableRow<typeof features, Row>[],
  body: { current: HTMLElement | null },
  onEndReached: () => void,
) {
  return useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollMargin: body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 80,
    onChange: (instance) => {
      const end = instance.getVirtualItems().at(-1)
      if (end && end.index >= rows.length - 5) onEndReached()
    },
  })
}

function toDefinition<Row extends object>(column: Column<Row>): ColumnDef<typeof features, Row> {
  const { sort } = column
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => (sort ? sort(row) : null),
    enableSorting: sort !== undefined,
    sortUndefined: 'last',
    sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
  }
}

function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return `${a as string}`.localeCompare(`${b as string}`, 'fr', { numeric: true })
}

function sortingOf({ sort, order }: SortChoice, known: readonly string[]): SortingState {
  return sort && known.includes(sort) ? [{ id: sort, desc: order === 'desc' }] : []
}

/** Stands for the rows out of sight, so that the scroll bar tells the truth. */
function Spacer({ height }: { height: number }): ReactNode {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true" className="bo-spacer">
      <td style={{ height }} />
    </tr>
  )
}

/** The shape of the rows to come: the page does not jump when they do. */
function LoadingRows<Row>({ columns, ticks }: { columns: readonly Column<Row>[]; ticks: boolean }): ReactNode {
  return Array.from({ length: 10 }, (_, index) => (
    <tr key={index} aria-hidden="true">
      {ticks && <td className="bo-tick" />}
      {columns.map((column) => (
        <td key={column.id} data-from={column.from} data-end={column.end || undefined}>
          <Skeleton
            height={12}
            width={`${50 + ((index * 7 + column.id.length * 11) % 45)}%`}
            ml={column.end ? 'auto' : 0}
          />
        </td>
      ))}
    </tr>
  ))
}
