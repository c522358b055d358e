import type { Category } from '@ecluse/contracts/catalog.ts'

export type CategoryNode = Category & { depth: number; path: string }

/** The categories in the order of the tree, each with its depth and its path in words. */
export function flattened(categories: readonly Category[], locale: 'fr' | 'en'): CategoryNode[] {
  const known = new Set(categories.map(({ code }) => code))
  const nodes: CategoryNode[] = []
  const visit = (parentCode: string | null, depth: number, above: string): void => {
    const children = categories
      .filter((one) => (one.parentCode !== null && known.has(one.parentCode) ? one.parentCode : null) === parentCode)
      .toSorted((a, b) => a.position - b.position || a.name.fr.localeCompare(b.name.fr, 'fr'))
    for (const category of children) {
      const name = category.name[locale] || category.name.fr
      const path = above === '' ? name : `${above} › ${name}`
      nodes.push({ ...category, depth, path })
      visit(category.code, depth + 1, path)
    }
  }
  visit(null, 0, '')
  return nodes
}

/** Choices for a field: “Vélos › Vélos de ville”. */
export function categoryPaths(
  categories: readonly Category[],
  locale: 'fr' | 'en',
): { value: string; label: string }[] {
  return flattened(categories, locale).map(({ code, path }) => ({ value: code, label: path }))
}

/** A category and everything below it: where it cannot be moved to. */
export function withDescendants(categories: readonly Category[], code: string): Set<string> {
  const inside = new Set([code])
  for (let before = 0; before !== inside.size;) {
    before = inside.size
    for (const one of categories) if (one.parentCode !== null && inside.has(one.parentCode)) inside.add(one.code)
  }
  return inside
}
