import { expect, test } from 'vitest'
import { run } from './graph.mjs'
import { planted, smallArchitecture } from './test/planted.mjs'

const sound = {
  'architecture.mjs': smallArchitecture,
  'packages/contracts/src/money.ts': 'export type Money = { amountMinor: number }\n',
  'server/src/kernel/money.ts': 'export type Minor = bigint\nexport const zero = 0n\n',
  'server/src/kernel/db.ts': 'export const db = 1\n',
  'server/src/modules/catalog/public.ts':
    "import { product } from './domain/product.ts'\nexport const find = () => product\n",
  'server/src/modules/catalog/events.ts': 'export type Published = { id: string }\n',
  'server/src/modules/catalog/routes.ts': "import { find } from './public.ts'\nexport const routes = find\n",
  'server/src/modules/catalog/domain/product.ts':
    "import { zero } from '../../../kernel/money.ts'\nexport const product = zero\n",
  'server/src/modules/orders/public.ts': "import { find } from '../catalog/public.ts'\nexport const place = find\n",
  'server/src/modules/orders/subscribers/on-published.ts':
    "import type { Published } from '../../catalog/events.ts'\nexport const on = (e: Published) => e\n",
  'server/src/modules/payments/public.ts': 'export const pay = 1\n',
  'server/src/wiring.ts':
    "import { routes } from './modules/catalog/routes.ts'\nimport { on } from './modules/orders/subscribers/on-published.ts'\nexport const app = [routes, on]\n",
  'apps/pos/src/main.ts': 'export const till = 1\n',
}

async function rulesBroken(files) {
  const { failures } = await run(planted({ ...sound, ...files }))
  return failures.map((failure) => failure.replace(/^\S+ /, '').replace(/: .*$/, ''))
}

test('a sound tree passes, and its files are counted', async () => {
  expect(await run(planted(sound))).toEqual({ failures: [], counted: 12 })
})

const pay = "import { pay } from '../payments/public.ts'\nexport const p = pay\n"

test.each([
  ['an undeclared edge', 'server/src/modules/orders/a.ts', pay, 'undeclared-edge-from-orders'],
  [
    'an undeclared edge, types only',
    'server/src/modules/orders/a.ts',
    pay.replace('{ pay }', 'type { pay }').replace('= pay', '= 1 as unknown as typeof pay'),
    'undeclared-edge-from-orders',
  ],
  [
    'a back door into a module',
    'server/src/modules/orders/a.ts',
    "import { product } from '../catalog/domain/product.ts'\nexport const p = product\n",
    'entry-of-catalog',
  ],
  [
    'a back door for the wiring',
    'server/src/app.ts',
    "import { product } from './modules/catalog/domain/product.ts'\nexport const p = product\n",
    'wiring-entry-of-catalog',
  ],
  [
    'events imported as values',
    'server/src/modules/orders/a.ts',
    "import * as e from '../catalog/events.ts'\nexport const p = e\n",
    'events-are-types',
  ],
  [
    'an engine that takes a package',
    'packages/strategy-engine/src/a.ts',
    "import { z } from 'zod'\nexport const p = z\n",
    'engine-stands-alone',
  ],
  [
    'a domain that reads the database',
    'server/src/modules/orders/domain/a.ts',
    "import { db } from '../../../kernel/db.ts'\nexport const p = db\n",
    'domain-of-orders-is-pure',
  ],
  [
    'a domain that touches files',
    'server/src/modules/orders/domain/a.ts',
    "import { readFileSync } from 'node:fs'\nexport const p = readFileSync\n",
    'domain-of-orders-is-pure',
  ],
  [
    'a kernel that knows a module',
    'server/src/kernel/a.ts',
    "import { pay } from '../modules/payments/public.ts'\nexport const p = pay\n",
    'layer-kernel',
  ],
  [
    'a module that knows the wiring',
    'server/src/modules/payments/a.ts',
    "import { app } from '../../wiring.ts'\nexport const p = app\n",
    'layer-modules',
  ],
  [
    'a browser that reaches the server',
    'apps/pos/src/a.ts',
    "import { db } from '../../../server/src/kernel/db.ts'\nexport const p = db\n",
    'browsers-cannot-reach-the-server',
  ],
  [
    'contracts that reach the server, types only',
    'packages/contracts/src/a.ts',
    "import type { Minor } from '../../../server/src/kernel/money.ts'\nexport type P = Minor\n",
    'browsers-cannot-reach-the-server',
  ],
  [
    'a browser that opens files',
    'apps/pos/src/a.ts',
    "import { readFileSync } from 'node:fs'\nexport const p = readFileSync\n",
    'browsers-have-no-node',
  ],
  [
    'an import that leads nowhere',
    'apps/pos/src/a.ts',
    "import { p } from './gone.ts'\nexport const q = p\n",
    'resolvable',
  ],
  [
    'product code that uses a test',
    'server/src/kernel/a.ts',
    "import { kit } from '../../test/kit.ts'\nexport const p = kit\n",
    'product-code-without-tests',
  ],
])('%s is refused', async (_, path, text, rule) => {
  expect(await rulesBroken({ 'server/test/kit.ts': 'export const kit = 1\n', [path]: text })).toContain(rule)
})

test('a cycle is refused', async () => {
  const files = {
    'server/src/kernel/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
    'server/src/kernel/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
  }
  expect(await rulesBroken(files)).toContain('no-cycles')
})

test('a module or a folder nobody declared is refused', async () => {
  const { failures } = await run(
    planted({
      ...sound,
      'server/src/modules/loyalty/public.ts': 'export const l = 1\n',
      'server/src/lib/x.ts': 'export const x = 1\n',
    }),
  )
  expect(failures).toEqual([
    expect.stringContaining('the folder of module loyalty is not declared'),
    expect.stringContaining('server/src/lib/x.ts belongs to no declared layer'),
  ])
})

test('a declared graph with a cycle is refused', async () => {
  const architecture = smallArchitecture.replace('catalog: []', "catalog: ['orders']")
  const { failures } = await run(planted({ ...sound, 'architecture.mjs': architecture }))
  expect(failures.join('\n')).toContain('cycle: catalog → orders → catalog')
})

test('a module’s tests may set up what they need, through the front doors', async () => {
  const through = "import { pay } from '../../payments/public.ts'\nexport const p = pay\n"
  expect(await rulesBroken({ 'server/src/modules/orders/test/a.test.ts': through })).toEqual([])
  const around = "import { routes } from '../../catalog/routes.ts'\nexport const p = routes\n"
  expect(await rulesBroken({ 'server/src/modules/orders/test/a.test.ts': around })).toContain('entry-of-catalog')
})

test('an empty tree is a failure: a graph of nothing proves nothing', async () => {
  expect((await run(planted({ 'architecture.mjs': smallArchitecture }))).failures).not.toEqual([])
})
