import { expect, test } from 'vitest'
import { run } from './markdown.mjs'
import { planted } from './test/planted.mjs'

test('links that lead somewhere pass', async () => {
  const files = {
    'README.md':
      '# Home\n\n[guide](docs/guide.md#the-first-part) ![map](docs/map.svg) [up](#home) [out](https://example.org) `[no](x.md)`\n\n```md\n[no](y.md)\n```\n',
    'docs/guide.md': '## The first part\n\n[back](../README.md)\n',
    'docs/map.svg': '<svg/>',
  }
  expect(await run(planted(files))).toEqual({ failures: [], counted: 2 })
})

test.each(['[a](gone.md)', '![a](gone.png)', '<img src="gone.svg">', '[a]: gone.md', '[a](#no-such-part)'])(
  'a link that leads nowhere is found: %s',
  async (text) => {
    expect((await run(planted({ 'README.md': `# Home\n\n${text}\n` }))).failures).toEqual([
      expect.stringMatching(/^README\.md:3 .* leads to no/),
    ])
  },
)

const record = '# T\n\n## Context\n\na\n\n## Decision\n\nb\n\n## Consequences\n\nc\n'

test('a decision record without a part, with a taken number, or with no number is found', async () => {
  const files = {
    'docs/adr/0001-a.md': record,
    'docs/adr/0001-b.md': record,
    'docs/adr/0002-c.md': record.replace('## Decision', '## Maybe'),
    'docs/adr/later.md': record,
    'docs/adr/template.md': '# NNNN. What\n',
  }
  expect((await run(planted(files))).failures).toEqual([
    expect.stringContaining('docs/adr/0001-b.md:1 has the number of docs/adr/0001-a.md'),
    expect.stringContaining('docs/adr/0002-c.md:1 has no "## Decision" part'),
    expect.stringContaining('docs/adr/later.md:1 name it NNNN-'),
  ])
})
