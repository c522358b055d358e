import type { Category } from '@ecluse/contracts/catalog.ts'
import { slug } from './slug.ts'

/** The tree of categories as it grows during an import. */
export type CategoryTree = {
  readonly byCode: Map<string, Category>
  /** Names in both languages, lower case → code. */
  readonly byName: Map<string, string>
  /** Categories that are not stored yet, parents first. */
  readonly fresh: Category[]
}

export function categoryTree(known: readonly Category[]): CategoryTree {
  const tree: CategoryTree = { byCode: new Map(), byName: new Map(), fresh: [] }
  for (const category of known) add(tree, category)
  return tree
}

function add(tree: CategoryTree, category: Category): void {
  tree.byCode.set(category.code, category)
  for (const name of [category.name.fr, category.name.en]) {
    const key = name.trim().toLowerCase()
    if (!tree.byName.has(key)) tree.byName.set(key, category.code)
  }
}

/**
 * The code of the category a path of names leads to. What is missing of the path is added to the tree and to `fresh`.
 * A path of one name is whatever category has that name or code, wherever it is in the tree.
 */
export function categoryCodeOf(tree: CategoryTree, path: readonly string[]): string {
  if (path.length === 1) {
    const name = path[0] ?? ''
    const known = tree.byName.get(name.toLowerCase())
    if (known !== undefined) return known
    const code = slug(name, 40)
    return tree.byCode.has(code) ? code : create(tree, code, name, null)
  }
  let parent: string | null = null
  for (const name of path) parent = childOf(tree, parent, name)
  return parent ?? ''
}

function childOf(tree: CategoryTree, parent: string | null, name: string): string {
  const plain = slug(name, 40)
  const known = tree.byCode.get(plain)
  if (known === undefined) return create(tree, plain, name, parent)
  if (known.parentCode === parent || parent === null) return plain
  const longer = slug(`${parent} ${name}`, 40)
  return tree.byCode.has(longer) ? longer : create(tree, longer, name, parent)
}

function create(tree: CategoryTree, code: string, name: string, parentCode: string | null): string {
  const category: Category = { code, parentCode, name: { fr: name, en: name }, position: 1_000 }
  add(tree, category)
  tree.fresh.push(category)
  return code
}
