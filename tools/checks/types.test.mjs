import { expect, test } from 'vitest'
import { planted } from './test/planted.mjs'
import { run } from './types.mjs'

const sound = {
  'tsconfig.json': { compilerOptions: { strict: true, noEmit: true, module: 'NodeNext', types: [] }, include: ['src'] },
  'src/total.ts': 'export const total = (prices: number[]) => prices.length\n',
}

test('a sound project passes, and its files are counted', async () => {
  expect(await run(planted(sound))).toEqual({ failures: [], counted: 1 })
})

test('a wrong type is a failure with its place', async () => {
  const { failures } = await run(planted({ ...sound, 'src/name.ts': '\nexport const name: string = 3\n' }))
  expect(failures).toEqual([expect.stringMatching(/^src\/name\.ts:2 error TS2322/)])
})

test('an app has its own project, and a wrong type there is found', async () => {
  const app = {
    'apps/pos/tsconfig.json': sound['tsconfig.json'],
    'apps/pos/src/a.ts': 'export const a: number = "b"\n',
  }
  const { failures } = await run(planted({ ...sound, ...app }))
  expect(failures).toEqual([expect.stringMatching(/^apps\/pos\/src\/a\.ts:1 error TS2322/)])
})

test('a file that no project covers is a failure', async () => {
  const { failures } = await run(planted({ ...sound, 'elsewhere/lost.ts': 'export const lost = 1\n' }))
  expect(failures).toEqual([expect.stringContaining('elsewhere/lost.ts:1 no tsconfig covers this file')])
})
