import { expect, test } from 'vitest'
import { changed, historyOf, redone, typedAt, undone } from './history.ts'

test('what is typed is taken back as a whole, and done again', () => {
  const typed = ['a', 'ab', 'abc'].reduce((history, word) => changed(history, word, 'name'), historyOf(''))
  const then = changed(typed, 'other', 'text')
  expect(undone(then).now).toBe('abc')
  expect(undone(undone(then)).now).toBe('')
  expect(redone(undone(undone(then))).now).toBe('abc')
  expect(redone(then)).toBe(then)
  // After an undo, typing on in the same field is a change of its own.
  expect(undone(changed(undone(then), 'abcd', 'text')).now).toBe('abc')
})

test('typing is told by the one text or number that differs, wherever it is', () => {
  const draft = { name: 'a', content: { blocks: [{ text: { fr: 'x', en: 'y' } }, { text: { fr: 'z', en: '' } }] } }
  const block = (fr: string) => ({ text: { fr, en: 'y' } })
  const second = draft.content.blocks[1]
  expect(typedAt(draft, { ...draft, name: 'ab' })).toBe('/name')
  expect(typedAt(draft, { ...draft, content: { blocks: [block('xx'), second] } })).toBe('/content/blocks/0/text/fr')
  expect(typedAt(draft, draft)).toBe(null)
  expect(typedAt({ reach: 3, most: 5 }, { reach: 30, most: 5 })).toBe('/reach')
  expect(typedAt({ budget: null }, { budget: 5 })).toBe(null)
})

test('blocks added, moved or changed otherwise are no typing', () => {
  expect(typedAt(['a', 'b'], ['b', 'a'])).toBe(null)
  expect(typedAt(['a'], ['a', 'b'])).toBe(null)
  expect(typedAt({ picture: null, alt: 'x' }, { picture: 'id', alt: 'x' })).toBe(null)
  expect(typedAt({ text: 'a' }, { label: 'a' })).toBe(null)
})
