/** Units that could be promised, by variant and place: one row per variant, one column per place, four bytes each. */
export type StockTable = {
  /** The row kept for a variant from now on. */
  takeRow(): number
  /** Gives a row back, emptied. */
  freeRow(row: number): void
  /** The column of a place; the same each time. */
  columnOf(placeId: string): number
  get(row: number, column: number): number
  set(row: number, column: number, units: number): void
}

/** An empty table; it grows by doubling. */
export function createStockTable(): StockTable {
  let width = 16
  let rows = 0
  let cells = new Int32Array(width * 256)
  const free: number[] = []
  const columns = new Map<string, number>()

  const widen = (): void => {
    const wider = new Int32Array(cells.length * 2)
    for (let row = 0; row < rows; row++) wider.set(cells.subarray(row * width, (row + 1) * width), row * width * 2)
    width *= 2
    cells = wider
  }

  return {
    takeRow() {
      const row = free.pop() ?? rows++
      if (rows * width > cells.length) {
        const longer = new Int32Array(cells.length * 2)
        longer.set(cells)
        cells = longer
      }
      return row
    },
    freeRow(row) {
      cells.fill(0, row * width, (row + 1) * width)
      free.push(row)
    },
    columnOf(placeId) {
      const known = columns.get(placeId)
      if (known !== undefined) return known
      const column = columns.size
      columns.set(placeId, column)
      if (column >= width) widen()
      return column
    },
    get: (row, column) => cells[row * width + column] ?? 0,
    set(row, column, units) {
      cells[row * width + column] = units
    },
  }
}
