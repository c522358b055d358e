import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { settings } from '../../src/kernel/config.ts'

/** The first column of the table whose head begins with this word, without its code marks. */
function firstColumn(page: string, head: string): string[] {
  const [, table = ''] = page.split(new RegExp(`^\\| ${head} .*\\n\\|[ -|]+\\n`, 'm'))
  return [
    ...table
      .split('\n\n', 1)
      .join('')
      .matchAll(/^\| `(\w+)` /gm),
  ].map((row) => row[1] ?? '')
}

describe.each([
  { file: 'docs/operations.md', head: 'Setting' },
  { file: 'docs/operations.fr.md', head: 'Réglage' },
])('$file', ({ file, head }) => {
  test('tells of every setting, and of no other', () => {
    const page = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
    expect(firstColumn(page, head).toSorted()).toEqual(Object.keys(settings).toSorted())
  })
})
