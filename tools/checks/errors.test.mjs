import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorsPage, run } from './errors.mjs'
import { planted } from './test/planted.mjs'

const sound = {
  'packages/contracts/src/errors.ts':
    "export const errorCodes = {\n  'orders.empty': { status: 422, details: {} },\n} as const satisfies Record<string, object>\n",
  'server/messages/fr.json': { 'error.orders.empty': 'Le panier est vide.' },
  'server/messages/en.json': { 'error.orders.empty': 'The basket is empty.' },
  'server/src/a.ts': "export const f = () => refuse('orders.empty', {})\n",
}

function project(files) {
  const root = planted({ ...sound, ...files })
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/errors.md'), errorsPage(planted({ ...sound, ...files })))
  return root
}

test('a registry that is used, worded and documented passes', async () => {
  const root = project({})
  expect(await run(root)).toEqual({ failures: [], counted: 1 })
  expect(errorsPage(root)).toContain('| `orders.empty` | 422 | The basket is empty. | Le panier est vide. |')
})

test('a code that is not in the registry is found', async () => {
  const { failures } = await run(project({ 'server/src/b.ts': "\nrefuse('orders.gone')\n" }))
  expect(failures).toEqual([expect.stringMatching(/^server\/src\/b\.ts:2 orders\.gone is not in the registry/)])
})

test('a code nobody answers is found; a test does not count as use', async () => {
  const files = { 'server/src/a.ts': 'export {}\n', 'server/src/a.test.ts': "refuse('orders.empty')\n" }
  expect((await run(project(files))).failures).toEqual([
    expect.stringMatching(/^packages\/contracts\/src\/errors\.ts:2 orders\.empty: the server never answers it/),
  ])
})

test('a code without words is found', async () => {
  const { failures } = await run(project({ 'server/messages/en.json': {} }))
  expect(failures).toEqual([expect.stringContaining('server/messages/en.json:1 error.orders.empty has no words')])
})

test('a page that is not what the registry says is found', async () => {
  const root = project({})
  writeFileSync(join(root, 'docs/errors.md'), '# Errors\n')
  expect((await run(root)).failures).toEqual([expect.stringContaining('docs/errors.md:1')])
})

test('a registry that cannot be read is found', async () => {
  const { failures } = await run(
    project({ 'packages/contracts/src/errors.ts': 'export const errorCodes = makeThem()\n' }),
  )
  expect(failures.join('\n')).toContain('no code was found in errorCodes')
})
