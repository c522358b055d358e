import { expect, test } from 'vitest'
import { orderedValues, worthyFacets } from './facet-order.ts'

const value = (code: string, count = 1, selected = false) => ({
  value: code,
  label: code.toUpperCase(),
  count,
  selected,
})
const facet = (code: string, ...values: ReturnType<typeof value>[]) => ({ code, name: code, values })
const words = (values: { value: string }[]) => values.map((one) => one.value).join(' ')

test('sizes go from small to large, letters before figures', () => {
  const sizes = facet('option.size', value('xl'), value('36-39'), value('s'), value('42'), value('m'), value('38'))
  expect(words(orderedValues(sizes))).toBe('s m xl 36-39 38 42')
})

test('other values go by how much there is of them; what finds nothing is left out, what is chosen comes first', () => {
  const colours = facet('option.colour', value('red', 2), value('blue', 9), value('grey', 0), value('pink', 0, true))
  expect(words(orderedValues(colours))).toBe('pink blue red')
})

test('facets that speak of a small part of a list are not shown', () => {
  const facets = [
    facet('brand', value('a', 40), value('b', 60)),
    facet('option.voltage', value('24', 2), value('48', 3)),
  ]
  expect(worthyFacets(facets, 100).map((one) => one.code)).toEqual(['brand'])
  expect(worthyFacets(facets, 10).map((one) => one.code)).toEqual(['brand', 'option.voltage'])
})
