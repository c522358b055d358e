/**
 * Variants in columns: one row each, the rows of a product side by side. A list over thousands of products reads these
 * arrays from end to end and touches no object.
 *
 * Units that could be promised take four bytes per variant and place; beside them one bit tells whether there is anything.
 */
export type VariantTable = {
  /** First of `count` rows that stand together, emptied. */
  takeRows(count: number): number
  freeRows(first: number, count: number): void
  /** Copies the units of a row to another. */
  copyUnits(from: number, to: number): void
  /** The column of a place; the same each time. */
  columnOf(placeId: string): number
  units(row: number, column: number): number
  setUnits(row: number, column: number, units: number): void
  /** The arrays as they are now: they are replaced when the table grows. */
  arrays(): VariantArrays
}

export type VariantArrays = {
  /** Words of 32 bits per row of `positive`. */
  readonly words: number
  /** One bit per place, set where there are units: word 0 of a row holds columns 0 to 31. */
  readonly positive: Uint32Array
  /** Number of the variant's option values in their pool. */
  readonly options: Int32Array
}

/** An empty table; it grows by doubling. */
export function createVariantTable(): VariantTable {
  let width = 32
  let height = 256
  let used = 0
  let cells = new Int32Array(width * height)
  let arrays: VariantArrays = { words: 1, positive: new Uint32Array(height), options: new Int32Array(height) }
  const free = new Map<number, number[]>()
  const columns = new Map<string, number>()

  const resize = (newWidth: number, newHeight: number): void => {
    const words = newWidth / 32
    const wide = { words, positive: new Uint32Array(words * newHeight), options: new Int32Array(newHeight) }
    wide.options.set(arrays.options)
    const newCells = new Int32Array(newWidth * newHeight)
    for (let row = 0; row < height; row++) {
      newCells.set(cells.subarray(row * width, (row + 1) * width), row * newWidth)
      wide.positive.set(arrays.positive.subarray(row * arrays.words, (row + 1) * arrays.words), row * words)
    }
    width = newWidth
    height = newHeight
    cells = newCells
    arrays = wide
  }

  return {
    takeRows(count) {
      const again = free.get(count)?.pop()
      if (again !== undefined) return again
      const first = used
      used += count
      while (used > height) resize(width, height * 2)
      return first
    },
    freeRows(first, count) {
      cells.fill(0, first * width, (first + count) * width)
      arrays.positive.fill(0, first * arrays.words, (first + count) * arrays.words)
      const same = free.get(count)
      if (same) same.push(first)
      else free.set(count, [first])
    },
    copyUnits(from, to) {
      cells.copyWithin(to * width, from * width, (from + 1) * width)
      arrays.positive.copyWithin(to * arrays.words, from * arrays.words, (from + 1) * arrays.words)
    },
    columnOf(placeId) {
      const known = columns.get(placeId)
      if (known !== undefined) return known
      const column = columns.size
      columns.set(placeId, column)
      if (column >= width) resize(width * 2, height)
      return column
    },
    units: (row, column) => cells[row * width + column] ?? 0,
    setUnits(row, column, units) {
      cells[row * width + column] = units
      const word = row * arrays.words + (column >> 5)
      const bit = 1 << (column & 31)
      const before = arrays.positive[word] ?? 0
      arrays.positive[word] = units > 0 ? before | bit : before & ~bit
    },
    arrays: () => arrays,
  }
}

/** A set of columns as words of 32 bits, to be held against `positive`. */
export function columnMask(columns: readonly number[]): number[] {
  const words: number[] = []
  for (const column of columns) {
    const word = column >> 5
    while (words.length <= word) words.push(0)
    words[word] = (words[word] ?? 0) | (1 << (column & 31))
  }
  return words
}
