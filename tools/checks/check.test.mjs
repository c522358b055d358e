import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runNode } from './lib/child.mjs'
import { planted } from './test/planted.mjs'

const program = ['tools/check.mjs', 'tools/checks']

async function check(files, ...names) {
  const root = planted(files, program)
  return runNode([join(root, 'tools/check.mjs'), ...names], { cwd: root })
}

test('what is sound passes, with one line per check and the sums at the end', async () => {
  const { status, stdout } = await check({ 'README.md': '# Home\n' }, 'markdown', 'ratchet')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^ok {5}markdown +1 looked at +\d+ ms\nok {5}ratchet .*\n2 passed, 0 failed\n$/)
})

test('a failure is told with its place, and makes the program fail', async () => {
  const { status, stdout } = await check({ 'README.md': '[a](gone.md)\n' }, 'markdown', 'ratchet')
  expect(status).toBe(1)
  expect(stdout).toContain('FAILED markdown')
  expect(stdout).toContain('  README.md:1 gone.md leads to no file')
  expect(stdout).toMatch(/\n1 passed, 1 failed\n$/)
})

test('a check that breaks is a failure, not a pass', async () => {
  const { status, stdout } = await check({ 'package-lock.json': '{' }, 'dependencies')
  expect(status).toBe(1)
  expect(stdout).toContain('tools/checks/dependencies.mjs:1 the check itself broke')
})

test('a name that is no check is refused', async () => {
  const { status, stderr } = await check({}, 'nonsense')
  expect(status).toBe(2)
  expect(stderr).toContain('No check is called nonsense')
})

test('every check has a test of its own, and is run', async () => {
  const files = readdirSync(new URL('.', import.meta.url))
  const checks = files.filter((file) => /^[a-z-]+\.mjs$/.test(file)).map((file) => file.slice(0, -'.mjs'.length))
  const { stdout } = await check({}, '--help')
  for (const name of checks) {
    expect(stdout).toContain(`\n  ${name}\n`)
    expect(files).toContain(`${name}.test.mjs`)
  }
  expect(checks.length).toBeGreaterThan(10)
})
