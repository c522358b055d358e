import type { Category } from '@ecluse/contracts/catalog.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { indexProducts } from './index-products.ts'
import { productsInCategories, selectCategories, upsertCategory, type CategoryNode } from './queries/categories.ts'
import { lockCategories } from './queries/locks.ts'

/**
 * Creates a category or changes the one with that code; writing the same again changes nothing.
 * @throws catalog.unknown_category when the parent does not exist; catalog.category_cycle
 */
export async function putCategory(ctx: Ctx, tx: Tx, input: Category): Promise<Category> {
  await lockCategories(tx)
  const categories = await selectCategories(tx)
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const before = byCode.get(input.code)
  const parent = input.parentCode === null ? undefined : byCode.get(input.parentCode)
  if (input.parentCode !== null) {
    if (input.parentCode === input.code) throw refuse('catalog.category_cycle', { code: input.code })
    if (!parent) throw refuse('catalog.unknown_category', { code: input.parentCode })
    for (let above: CategoryNode | undefined = parent; above; above = byCode.get(above.parentCode ?? ''))
      if (above.code === input.code) throw refuse('catalog.category_cycle', { code: input.code })
  }
  if (before && JSON.stringify(publicCategory(before)) === JSON.stringify(publicCategory(input))) return input

  const { code, name, position } = input
  const parentId = parent?.id ?? null
  const id = await upsertCategory(tx, { id: before?.id ?? ctx.ids.next(), code, parentId, name, position })
  if (before) await reindex(tx, before, input)
  await publish(tx, ctx, [
    { type: 'catalog.category_changed', version: 1, aggregateId: id, payload: { categoryId: id, code } },
  ])
  return publicCategory(input)
}

/** A category without what only the database needs; its keys in one order. */
export function publicCategory({ code, parentCode, name, position }: Category): Category {
  return { code, parentCode, name: { fr: name.fr, en: name.en }, position }
}

/** Products are found by the names of their categories and of those above. */
async function reindex(tx: Tx, before: CategoryNode, after: Category): Promise<void> {
  const renamed = before.name.fr !== after.name.fr || before.name.en !== after.name.en
  if (!renamed && before.parentCode === after.parentCode) return
  const categories = await selectCategories(tx)
  const below = new Set([before.id])
  for (let grown = true; grown;) {
    const found = categories.filter(({ id, parentId }) => parentId !== null && below.has(parentId) && !below.has(id))
    for (const { id } of found) below.add(id)
    grown = found.length > 0
  }
  assert(below.size <= categories.length, 'a tree has no more categories below than in all')
  await indexProducts(tx, await productsInCategories(tx, [...below]))
}
