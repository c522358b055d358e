import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { findChromium } from './tools/lib/browser.mjs'
import { makeTemporaryFolder } from './tools/lib/temporary-folder.mjs'

/** One seed for everything random in this run, told when a test fails; `ECLUSE_SEED` runs it again. */
const seed = Number(process.env['ECLUSE_SEED'] ?? randomInt(2 ** 31))

// The databases of the tests, the files they write and the profiles of their browsers: all gone when they end.
const temporary = makeTemporaryFolder()
process.env['TMPDIR'] = temporary

const database = { globalSetup: ['server/test/kit/global-setup.ts'], hookTimeout: 60_000, testTimeout: 30_000 }

/** Tests are named after what they need: nothing (`*.test.ts`), a database (`*.db.test.ts`), a browser (`*.browser.test.ts`). */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    setupFiles: ['server/test/kit/setup.ts'],
    provide: { seed, chromium: findChromium() },
    // Two at a time: each imports the whole server once, and the database and the browser need the machine too.
    maxWorkers: 2,
    // Files share what they import: loading the server anew for each took half of the time. What a file changes, it puts back.
    isolate: false,
    // A module is translated once for the three projects, not by each.
    experimental: { fsModuleCache: true, fsModuleCachePath: join(temporary, 'modules') },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,server,apps,bench}/**/*.test.{ts,tsx}', 'tools/**/*.test.mjs'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.{db,browser}.test.{ts,tsx}'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{server,tools,bench}/**/*.db.test.ts'],
          exclude: ['**/node_modules/**'],
          ...database,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/**/*.browser.test.ts'],
          ...database,
          testTimeout: 120_000,
          // What a job does soon after is waited for as long as a slow machine may take.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
