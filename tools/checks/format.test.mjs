import { expect, test } from 'vitest'
import { run } from './format.mjs'
import { planted } from './test/planted.mjs'

test('a file that is not set as Prettier sets it is a failure', async () => {
  const files = { 'src/good.ts': "export const a = 'b'\n", 'src/bad.ts': 'export const a = "b";' }
  expect(await run(planted(files, ['.prettierrc.json']))).toEqual({
    failures: ['src/bad.ts:1 not formatted: run npx prettier --write src/bad.ts'],
    counted: 3,
  })
})

test('a file Prettier cannot read is a failure', async () => {
  const { failures } = await run(planted({ 'src/broken.ts': 'export const = \n' }, ['.prettierrc.json']))
  expect(failures.join('\n')).toContain('src/broken.ts')
})

test('nothing to look at is a failure', async () => {
  expect((await run(planted({}))).failures).toHaveLength(1)
})
