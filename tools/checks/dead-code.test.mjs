import { expect, test } from 'vitest'
import { run } from './dead-code.mjs'
import { planted } from './test/planted.mjs'

const base = {
  'package.json': { name: 'planted', private: true, type: 'module' },
  'knip.json': { entry: ['main.ts'], project: ['*.ts'] },
  'main.ts': "import { used } from './tools.ts'\nused()\n",
  'tools.ts': 'export const used = () => 1\n',
}

test('code that is all used passes', async () => {
  expect(await run(planted(base))).toEqual({ failures: [], counted: 2 })
})

test('an export, a file and a dependency nobody uses are failures', async () => {
  const { failures } = await run(
    planted({
      ...base,
      'package.json': { name: 'planted', private: true, type: 'module', dependencies: { zod: '4.6.7' } },
      'tools.ts': 'export const used = () => 1\nexport const unused = () => 2\n',
      'orphan.ts': 'export const orphan = 1\n',
    }),
  )
  expect(failures.sort()).toEqual([
    expect.stringMatching(/^orphan\.ts:1 no entry reaches this file/),
    expect.stringMatching(/^package\.json:\d+ zod is declared and not used/),
    expect.stringMatching(/^tools\.ts:2 unused is exported and nobody imports it/),
  ])
})

test('a package that is used and not declared is a failure', async () => {
  const { failures } = await run(planted({ ...base, 'main.ts': `import 'zod'\n${base['main.ts']}` }))
  expect(failures).toEqual([expect.stringMatching(/^main\.ts:1 zod is used and not declared/)])
})
