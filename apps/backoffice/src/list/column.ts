import type { ReactNode } from 'react'

/** A column of a list, for any kind of row: how it is shown, sorted and exported. */
export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** What it sorts by; a column without it cannot be sorted. */
  sort?: (row: Row) => string | number | null
  /** What it writes to CSV; a column without it is not exported. */
  csv?: (row: Row) => string | number | null
  /** Figures are set against the end. */
  end?: boolean
  /** Shown from this width of the list on: 560, 760, 960 or 1160 px; `csv` only in exports. Always shown without it. */
  from?: 'sm' | 'md' | 'lg' | 'xl' | 'csv'
  /** In pixels; columns without one share the rest. */
  width?: number
}

export type SortChoice = { sort?: string | undefined; order?: 'asc' | 'desc' | undefined }
