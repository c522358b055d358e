import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { chaos } from '../../simulation/chaos/chaos.ts'
import { createSeededRng } from '../../src/kernel/rng.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-crash-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test(
  'server and database killed under customers: what was answered is there once and nothing else, every event came in order',
  { timeout: 120_000 },
  async () => {
    const report = await chaos({ kills: 4, customers: 16, dataDir, rng: createSeededRng(inject('seed')) })
    expect(report.broken).toEqual([])
    expect(report.answered).toBeGreaterThan(20)
    expect(report.refused).toBe(0)
    expect(report.answered).toBe(report.asked)
    expect(report.events).toBeGreaterThan(report.answered)
  },
)
