import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './ratchet.mjs'
import { planted } from './test/planted.mjs'

const file = 'tools/checks/exceptions.json'
const why = 'one table of cases that reads better whole'
const entry = (at, limit) => ({ rule: 'tidy/function-lines', at, limit, why })

function committed(list, more = {}) {
  const root = planted({ [file]: list, ...more })
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: root, stdio: 'ignore' })
  git('init', '-q')
  git('add', file)
  git('commit', '-q', '-m', 'first')
  return { root, git }
}

const change = (root, list) => writeFileSync(join(root, file), JSON.stringify(list))

test('the list may shrink', async () => {
  const { root } = committed([entry('src/a.ts#f', 90), entry('src/b.ts#g', 80)])
  change(root, [entry('src/a.ts#f', 85)])
  expect(await run(root)).toEqual({ failures: [], counted: 1 })
})

test('a new exception and a raised limit are refused, before and after they are committed', async () => {
  const { root, git } = committed([entry('src/a.ts#f', 90)])
  change(root, [entry('src/a.ts#f', 95), entry('src/b.ts#g', 80)])
  const expected = [expect.stringContaining('rose from 90 to 95'), expect.stringContaining('src/b.ts#g is new')]
  expect((await run(root)).failures).toEqual(expected)
  git('commit', '-q', '-a', '-m', 'second')
  expect((await run(root)).failures).toEqual(expected)
})

test('a decision record that names the place lets it in', async () => {
  const { root } = committed([], { 'docs/adr/0009-long-table.md': 'We keep src/b.ts#g whole.\n' })
  change(root, [entry('src/b.ts#g', 80)])
  expect((await run(root)).failures).toEqual([])
})

test('an exception without a reason is refused', async () => {
  const { failures } = await run(planted({ [file]: [{ ...entry('src/a.ts#f', 90), why: '' }] }))
  expect(failures).toEqual([expect.stringContaining('say why')])
})
