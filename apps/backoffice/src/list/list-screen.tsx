import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { useInfiniteQuery } from '@tanstack/react-query'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { BulkBar, type BulkAct } from './bulk-bar.tsx'
import type { Column, SortChoice } from './column.ts'
import { download, fileName, toCsv } from './csv.ts'
import { DataTable } from './data-table.tsx'
import { ListFoot } from './list-foot.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import type { View } from './saved-views.ts'
import { ViewsBar } from './views-bar.tsx'

type Pages<Row> = Pick<
  ReturnType<typeof useInfiniteQuery<{ items: Row[]; total?: number }>>,
  | 'isPending'
  | 'isError'
  | 'error'
  | 'refetch'
  | 'hasNextPage'
  | 'isFetchingNextPage'
  | 'fetchNextPage'
  | 'isPlaceholderData'
> & { data: { pages: { items: Row[]; total?: number }[] } | undefined }

export type ListScreenProps<Row extends object, Search extends SortChoice & { open?: string | undefined }> = {
  /** Names the saved views and the exported file: `orders`. */
  name: string
  label: string
  columns: readonly Column<Row>[]
  pages: Pages<Row>
  rowId: (row: Row) => string
  rowName: (row: Row) => string
  search: Search
  onSearch: (patch: Partial<Search>) => void
  /** What the search field looks in; there is no field without it. */
  searchLabel?: string
  filters?: ReactNode
  /** Many filters: they stay behind their button, on wide screens too. */
  foldFilters?: boolean
  /** Names of the filters in the address, for saved views and for "clear". */
  filterNames: readonly (keyof Search & string)[]
  views?: readonly View<Search>[]
  bulkActs?: readonly BulkAct<Row>[]
  /** Rows can be ticked. */
  selectable?: boolean
  /** False where the page offers its own export. */
  exportable?: boolean
  sortedByServer?: boolean
  onOpen?: (row: Row) => void
  empty: ReactNode
}

/** A list as every list of the back office is: search, filters in the address, views, sort, bulk acts, export, keyboard. */
export function ListScreen<Row extends object, Search extends SortChoice & { open?: string | undefined }>(
  props: ListScreenProps<Row, Search>,
) {
  const { pages, rowId, search, onSearch, selectable = true } = props
  const field = useRef<HTMLInputElement>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  const ticked = rows.filter((row) => selected.has(rowId(row)))
  const filtered = props.filterNames.some((name) => search[name] !== undefined)
  const exportRows = (which: readonly Row[]) => exportCsv(props.name, props.columns, which)
  const loadMore = () => {
    if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  return (
    <div className="bo-list">
      <ViewsBar
        name={props.name}
        views={props.views ?? []}
        search={search}
        filterNames={props.filterNames}
        onSearch={onSearch}
      />
      <ListToolbar
        field={field}
        searchLabel={props.searchLabel}
        query={(search as { q?: string | undefined }).q}
        onQuery={(q) => onSearch({ q: q === '' ? undefined : q } as unknown as Partial<Search>)}
        filters={props.filters}
        folded={props.foldFilters ?? false}
        filterCount={props.filterNames.filter((name) => name !== 'q' && search[name] !== undefined).length}
        onClear={filtered ? () => onSearch(cleared(props.filterNames)) : undefined}
        acts={
          props.exportable !== false && <ExportButton disabled={rows.length === 0} onExport={() => exportRows(rows)} />
        }
      />
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {!pages.isError && (
        <Rows
          {...props}
          rows={rows}
          filtered={filtered}
          selection={selectable ? [selected, setSelected] : null}
          field={field}
          onEndReached={loadMore}
        />
      )}
      <ListFoot
        shown={rows.length}
        total={pages.data?.pages[0]?.total}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={search.sort !== undefined && !props.sortedByServer}
        onMore={loadMore}
      />
      {ticked.length > 0 && (
        <BulkBar
          rows={ticked}
          acts={props.bulkActs ?? []}
          onExport={() => exportRows(ticked)}
          onClear={() => setSelected(new Set())}
        />
      )}
    </div>
  )
}

/** The rows themselves, or what stands for them when there are none. */
function Rows<Row extends object, Search extends SortChoice & { open?: string | undefined }>(
  props: ListScreenProps<Row, Search> & {
    rows: readonly Row[]
    filtered: boolean
    /** What is ticked, and how to tick; null where rows cannot be. */
    selection: readonly [ReadonlySet<string>, (selected: ReadonlySet<string>) => void] | null
    field: RefObject<HTMLInputElement | null>
    onEndReached: () => void
  },
) {
  const { pages, rows, selection, field, onEndReached } = props
  const shown = useMemo(() => props.columns.filter(({ from }) => from !== 'csv'), [props.columns])
  return (
    <div className="bo-list-frame" data-stale={pages.isPlaceholderData || undefined}>
      <DataTable
        label={props.label}
        columns={shown}
        rows={rows}
        rowId={props.rowId}
        rowName={props.rowName}
        loading={pages.isPending}
        sort={props.search}
        onSort={(sort) => props.onSearch(sort as Partial<Search>)}
        sortedByServer={props.sortedByServer ?? false}
        selected={selection ? selection[0] : null}
        onSelect={(id) => selection?.[1](toggled(selection[0], id))}
        onSelectAll={(ids) => selection?.[1](new Set(ids))}
        openId={props.search.open}
        onOpen={props.onOpen}
        onSearch={() => field.current?.focus()}
        onEndReached={onEndReached}
      />
      {!pages.isPending && rows.length === 0 && <Nothing {...props} />}
    </div>
  )
}

function ExportButton({ disabled, onExport }: { disabled: boolean; onExport: () => void }) {
  const t = useT()
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      disabled={disabled}
      onClick={onExport}
      className="bo-export"
    >
      {t('list.export')}
    </Button>
  )
}

function Nothing<Row extends object, Search extends SortChoice & { open?: string | undefined }>({
  filtered,
  empty,
  filterNames,
  onSearch,
}: ListScreenProps<Row, Search> & { filtered: boolean }) {
  const t = useT()
  if (!filtered) return empty
  return (
    <div className="ec-empty" role="status">
      <p className="ec-empty-title">{t('list.nothing')}</p>
      <p className="ec-empty-hint">{t('list.nothing.help')}</p>
      <div className="ec-empty-act">
        <Button variant="default" onClick={() => onSearch(cleared(filterNames))}>
          {t('list.clear')}
        </Button>
      </div>
    </div>
  )
}

function cleared<Search>(names: readonly (keyof Search & string)[]): Partial<Search> {
  return Object.fromEntries(names.map((name) => [name, undefined])) as Partial<Search>
}

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

function exportCsv<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const written = columns.filter((column) => column.csv)
  download(
    fileName(name),
    toCsv([written.map(({ header }) => header), ...rows.map((row) => written.map((column) => column.csv?.(row)))]),
  )
}
