import type { ModelProduct, Publication } from './model.ts'
import { createPool, type Pool } from './pool.ts'

/** Products in columns, beside the objects: what a list looks at of every product. */
export type ProductTable = {
  readonly publications: Pool<readonly Publication[]>
  readonly brands: Pool<string | null>
  readonly categories: Pool<readonly string[]>
  readonly options: Pool<Readonly<Record<string, string>>>
  /** Definitions of options: names and values. */
  readonly optionSets: Pool<ModelProduct['options']>
  /** A free slot. */
  takeSlot(): number
  /** Fills the slot of a product. */
  put(product: ModelProduct, columns: ProductColumns): void
  freeSlot(slot: number): void
  productAt(slot: number): ModelProduct | undefined
  /** Slots ever used: those freed hold no variants. */
  size(): number
  arrays(): ProductArrays
}

/** Numbers in the pools. */
export type ProductColumns = { publications: number; brand: number; categories: number; firstRow: number }

export type ProductArrays = {
  readonly publications: Int32Array
  readonly brand: Int32Array
  readonly categories: Int32Array
  readonly firstRow: Int32Array
  readonly rowCount: Int32Array
  readonly createdAt: Float64Array
}

/** An empty table; it grows by doubling. */
export function createProductTable(): ProductTable {
  const products: (ModelProduct | undefined)[] = []
  const free: number[] = []
  let arrays = emptyArrays(256)

  const grow = (): void => {
    const longer = emptyArrays(arrays.brand.length * 2)
    for (const name of Object.keys(longer) as (keyof ProductArrays)[]) longer[name].set(arrays[name])
    arrays = longer
  }

  return {
    publications: createPool(),
    brands: createPool(),
    categories: createPool(),
    options: createPool(),
    optionSets: createPool(),
    takeSlot() {
      const slot = free.pop() ?? products.push(undefined) - 1
      if (slot >= arrays.brand.length) grow()
      return slot
    },
    put(product, { publications, brand, categories, firstRow }) {
      const { slot } = product
      products[slot] = product
      arrays.publications[slot] = publications
      arrays.brand[slot] = brand
      arrays.categories[slot] = categories
      arrays.firstRow[slot] = firstRow
      arrays.rowCount[slot] = product.variants.length
      arrays.createdAt[slot] = product.createdAt
    },
    freeSlot(slot) {
      products[slot] = undefined
      arrays.rowCount[slot] = 0
      free.push(slot)
    },
    productAt: (slot) => products[slot],
    size: () => products.length,
    arrays: () => arrays,
  }
}

function emptyArrays(length: number): ProductArrays {
  return {
    publications: new Int32Array(length),
    brand: new Int32Array(length),
    categories: new Int32Array(length),
    firstRow: new Int32Array(length),
    rowCount: new Int32Array(length),
    createdAt: new Float64Array(length),
  }
}
