import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataFolder, lockHolder, processStartTicks } from './data-lock.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ecluse-lock-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const leave = (holder: object) =>
  writeFileSync(join(folder, 'ecluse.lock'), JSON.stringify({ host: 'x', purpose: 'x', ...holder }))

test('one holder at a time, told to the second, free once released', () => {
  const lock = lockDataFolder(folder, 'ecluse serve')
  expect(lockHolder(folder)).toMatchObject({ pid: process.pid, purpose: 'ecluse serve' })
  expect(() => lockDataFolder(folder, 'ecluse import')).toThrow(/already in use by "ecluse serve"/)
  lock.release()
  expect(lockHolder(folder)).toBeNull()
  lockDataFolder(folder, 'ecluse import').release()
  expect(readdirSync(folder)).toEqual([])
})

test('the lock of a process that has ended is taken over', async () => {
  const child = spawn(process.execPath, ['--eval', ''])
  await new Promise((resolve) => child.on('exit', resolve))
  leave({ pid: child.pid, startTicks: null })
  lockDataFolder(folder, 'ecluse serve').release()
  expect(existsSync(join(folder, 'ecluse.lock'))).toBe(false)
})

test('a number given to another process since does not count as the holder, where that can be told', () => {
  const ticks = processStartTicks(process.pid)
  leave({ pid: process.pid, startTicks: ticks === null ? null : `${Number(ticks) - 1}` })
  expect(lockHolder(folder) === null).toBe(ticks !== null)
})

test.each(['', 'not json', '{}', 'null'])('a lock that says nothing (%j) is taken over', (content) => {
  writeFileSync(join(folder, 'ecluse.lock'), content)
  lockDataFolder(folder, 'ecluse serve').release()
})

test('a folder that cannot be written is told as such', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => lockDataFolder(join(folder, 'file'), 'x')).toThrow(/cannot write to the folder/i)
})
