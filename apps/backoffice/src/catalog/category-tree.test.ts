import { expect, test } from 'vitest'
import type { Category } from '@ecluse/contracts/catalog.ts'
import { categoryPaths, flattened, withDescendants } from './category-tree.ts'

const category = (code: string, parentCode: string | null, position: number): Category => ({
  code,
  parentCode,
  position,
  name: { fr: code.toUpperCase(), en: '' },
})
const tree = [category('b', null, 1), category('a', null, 0), category('a2', 'a', 2), category('a1', 'a', 1)]

test('the tree is read from the top, brothers by position, with paths', () => {
  expect(flattened(tree, 'fr').map(({ code, depth }) => [code, depth])).toEqual([
    ['a', 0],
    ['a1', 1],
    ['a2', 1],
    ['b', 0],
  ])
  expect(categoryPaths(tree, 'en')[1]).toEqual({ value: 'a1', label: 'A › A1' })
})

test('a category whose parent is gone is shown at the top rather than lost', () => {
  expect(flattened([category('x', 'gone', 0)], 'fr')).toHaveLength(1)
})

test('a category cannot be moved under itself or what is below it', () => {
  expect([...withDescendants([...tree, category('a11', 'a1', 0)], 'a')].sort()).toEqual(['a', 'a1', 'a11', 'a2'])
})
