import { expect, test } from 'vitest'
import { run } from './lint.mjs'
import { planted } from './test/planted.mjs'

const configuration = ['.oxlintrc.json', 'tsconfig.json']

test('sound code passes: the command line may print, a configuration file has a default export', async () => {
  const files = {
    'server/src/sum.ts': 'export const sum = (a: number, b: number) => a + b\n',
    'server/src/cli/say.ts': "export const say = () => console.log('x')\n",
    'vite.config.ts': 'export default {}\n',
  }
  expect(await run(planted(files, configuration))).toEqual({ failures: [], counted: 3 })
})

const forgetful = "export function f(k: 'a' | 'b') {\n  switch (k) {\n    case 'a':\n      return 1\n  }\n}\n"

const plants = [
  ['no-floating-promises', 'async function save() {}\nexport function act() {\n  save()\n}\n'],
  ['no-misused-promises', 'export const f = (p: Promise<boolean>) => {\n  if (p) return 1\n  return 2\n}\n'],
  ['await-thenable', 'export const f = async () => await 3\n'],
  ['switch-exhaustiveness-check', forgetful],
  ['no-explicit-any', 'export const f = (x: any) => x\n'],
  ['no-default-export', 'const f = 1\nexport default f\n'],
  ['no-console', "export const f = () => console.log('x')\n"],
  ['eqeqeq', 'export const f = (a: number) => a == 1\n'],
  ['no-non-null-assertion', 'export const f = (a: string[]) => a[0]!\n'],
]

test('each planted fault is found, those that need types among them', async () => {
  const files = Object.fromEntries(plants.map(([rule, text]) => [`server/src/${rule}.ts`, text]))
  const { failures } = await run(planted(files, configuration))
  for (const [rule] of plants) {
    expect(failures).toContainEqual(expect.stringMatching(new RegExp(`^server/src/${rule}\\.ts:\\d+ .*\\(${rule}\\)`)))
  }
})
