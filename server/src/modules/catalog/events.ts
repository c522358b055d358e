/** `catalog.product_changed`, version 1; the aggregate is the product. */
export type ProductChanged = { productId: string; handle: string; outcome: 'created' | 'updated' }

/** `catalog.category_changed`, version 1; the aggregate is the category. */
export type CategoryChanged = { categoryId: string; code: string }
