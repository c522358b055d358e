import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Queryable } from '../../kernel/db.ts'
import { publicCategory } from './put-category.ts'
import { selectCategories } from './queries/categories.ts'
import {
  selectCatalogProducts,
  selectEditedProduct,
  selectProductTexts,
  type CatalogProduct,
  type EditedProduct,
  type ProductTexts,
} from './queries/read-products.ts'

export { textOfHtml } from './domain/sanitise-html.ts'
export { fold } from './domain/words.ts'
export { addFile } from './files/add-file.ts'
export { currentFiles } from './files/current-files.ts'
export { storedPath, storeFile } from './files/stored-file.ts'
export { selectFile as fileById, selectFilesByIds as filesByIds } from './queries/files.ts'
export { putCategory } from './put-category.ts'
export { lockProductsOfVariants } from './queries/locks.ts'
export { findVariantsByCode, searchProducts, type SearchFound } from './search-products.ts'
export {
  writeProduct,
  writeProducts,
  writeProductsEach,
  type ProductWrite,
  type RefusedProduct,
  type WrittenProduct,
} from './write-products.ts'
export {
  productsOfVariants,
  type CatalogProduct,
  type EditedProduct,
  type ProductTexts,
} from './queries/read-products.ts'

const pageSize = 1_000

/** Products as the read model keeps them, without long texts: those asked for, or all, a page at a time. */
export async function* loadCatalogProducts(db: Queryable, ids?: readonly string[]): AsyncGenerator<CatalogProduct[]> {
  if (ids) {
    for (let start = 0; start < ids.length; start += pageSize)
      yield selectCatalogProducts(db, { ids: ids.slice(start, start + pageSize) })
    return
  }
  let after = '00000000-0000-0000-0000-000000000000'
  while (true) {
    const page = await selectCatalogProducts(db, { after, limit: pageSize })
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last.id
  }
}

/** The long texts and pictures of a product, or undefined. */
export async function productTexts(db: Queryable, productId: string): Promise<ProductTexts | undefined> {
  return selectProductTexts(db, productId)
}

/** A product with everything that can be edited but its prices, or undefined. */
export async function editedProduct(db: Queryable, productId: string): Promise<EditedProduct | undefined> {
  return selectEditedProduct(db, productId)
}

/** The tree of categories: parents are named by code. */
export async function listCategories(db: Queryable): Promise<Category[]> {
  return (await selectCategories(db)).map(publicCategory)
}
