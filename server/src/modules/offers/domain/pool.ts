/** Thousands of products share brands, categories, sizes and dates: each distinct value is kept once and has a number. */
export type Pool<Value> = {
  /** The number of a value; the same for equal values. */
  numberOf(value: Value): number
  /** The one copy of a value; nobody may change it. */
  valueOf(number: number): Value
  size(): number
}

/** A pool of plain data. It only grows: a shop's distinct values are few beside its products. */
export function createPool<Value>(): Pool<Value> {
  const numbers = new Map<string, number>()
  const values: Value[] = []
  return {
    numberOf(value) {
      const key = JSON.stringify(value)
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, values.length)
      values.push(value)
      return values.length - 1
    },
    valueOf: (number) => values[number] as Value,
    size: () => values.length,
  }
}
