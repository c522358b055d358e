import { expect, test } from 'vitest'
import { planted } from './test/planted.mjs'
import { run } from './tidy.mjs'

const lines = (count, line = 'export {}') => `${Array.from({ length: count }, () => line).join('\n')}\n`
const long = (count) => `export function long() {\n${lines(count - 2, '  act()')}}\n`

async function failuresOf(path, text, more = {}) {
  const { failures } = await run(planted({ [path]: text, ...more }))
  return failures
}

test('tidy code passes, and its files are counted', async () => {
  const files = {
    'server/src/modules/orders/place-order.ts': long(70),
    'server/src/modules/orders/public.ts': "export { placeOrder } from './place-order.ts'\n",
    'server/src/kernel/config.ts': 'export const port = process.env.PORT\n',
    'server/src/modules/orders/parse.ts': "import { a } from './a.ts'\nexport const day = new Date(a)\n",
    'server/src/kernel/refusal.ts': 'export class Refusal extends Error {}\n',
    'e2e/shop.test.ts': `it.skipIf(!data)('reads it (skipped: no data)', () => {})\nconst folder = '${'/tm' + 'p/x'}'\n`,
    'README.md': 'Put exports in `../shared/data`.\n',
    'src/whole.ts': lines(400),
  }
  expect(await run(planted(files))).toEqual({ failures: [], counted: 8 })
})

test.each([
  ['file-lines', 'src/a.ts', lines(401)],
  ['function-lines', 'src/a.ts', long(71)],
  ['function-lines', 'src/a.tsx', `export const Page = () => {\n${lines(70, '  act()')}  return <p />\n}\n`],
  ['vague-name', 'src/utils.ts', 'export const a = 1\n'],
  ['vague-name', 'src/helpers/a.ts', 'export const a = 1\n'],
  ['kebab-case', 'src/placeOrder.ts', 'export const a = 1\n'],
  ['kebab-case', 'src/OrderPage/page.tsx', 'export const a = 1\n'],
  ['barrel', 'src/a.ts', "export * from './b.ts'\n"],
  ['barrel', 'src/index.ts', "export { b } from './b.ts'\nexport { c } from './c.ts'\n"],
  ['enum', 'src/a.ts', 'export enum State { Open }\n'],
  ['decorator', 'src/a.ts', 'export class A extends B {\n  @once\n  act() {}\n}\n'],
  ['class', 'src/a.ts', 'export class OrderService {}\n'],
  ['as-any', 'src/a.ts', 'export const a = b as any\n'],
  ['unfinished', 'src/a.ts', `// ${'TO' + 'DO'}: later\n`],
  ['silenced-types', 'src/a.ts', `// @ts-${'ignore'}\nexport const a = 1\n`],
  ['machine-path', 'src/a.ts', `export const folder = '${'/wo' + 'rk/data'}'\n`],
  ['machine-path', 'README.md', `See ${'/tm' + 'p/notes'}.\n`],
  ['import-extension', 'src/a.ts', "import { b } from './b'\nb()\n"],
  ['environment', 'server/src/modules/orders/a.ts', 'export const a = process.env.PORT\n'],
  ['ambient', 'server/src/modules/orders/a.ts', 'export const a = Date.now()\n'],
  ['ambient', 'server/src/modules/orders/a.ts', 'export const a = new Date()\n'],
  ['ambient', 'server/simulation/a.ts', 'export const a = Math.random()\n'],
  ['ambient', 'packages/strategy-engine/src/a.ts', 'export const a = Math.random()\n'],
  ['ambient', 'server/src/modules/orders/a.ts', "import { randomUUID } from 'node:crypto'\nrandomUUID()\n"],
  ['switched-test', 'src/a.test.ts', "it.only('x', () => {})\n"],
  ['switched-test', 'src/a.test.ts', "describe.skip('x', () => {})\n"],
  ['switched-test', 'src/a.test.ts', "test.todo('x')\n"],
  ['switched-test', 'src/a.test.ts', "it.only('skipped: no data', () => {})\n"],
])('%s: a plant in %s is found', async (rule, path, text) => {
  expect(await failuresOf(path, text)).toEqual([expect.stringMatching(new RegExp(`^${path}:\\d+ ${rule}: `))])
})

const exceptionsFile = 'tools/checks/exceptions.json'
const exception = (limit) => [{ rule: 'tidy/function-lines', at: 'src/a.ts#long', limit, why: 'one table of cases' }]

test('an exception excuses what it names, up to its limit', async () => {
  expect(await failuresOf('src/a.ts', long(80), { [exceptionsFile]: exception(80) })).toEqual([])
  expect(await failuresOf('src/a.ts', long(81), { [exceptionsFile]: exception(80) })).toHaveLength(2)
})

test('an exception that is wider than needed, or not needed, is a failure: the list may only shrink', async () => {
  expect(await failuresOf('src/a.ts', long(75), { [exceptionsFile]: exception(80) })).toEqual([
    expect.stringContaining('75 is enough now; lower it'),
  ])
  expect(await failuresOf('src/a.ts', long(20), { [exceptionsFile]: exception(80) })).toEqual([
    expect.stringContaining('nothing needs the exception'),
  ])
})
