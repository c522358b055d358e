import type { DatabaseAddress } from '../../src/kernel/embedded-postgres.ts'

/** What the run gives its test files: see `vitest.config.ts` and `global-setup.ts`. */
declare module 'vitest' {
  interface ProvidedContext {
    /** The seed of everything random in this run. */
    seed: number
    /** The browser to test with, or null when none is installed. */
    chromium: string | null
    /** The PostgreSQL of this run; databases are cloned in it. */
    testDatabase: DatabaseAddress
    /** Where the threads are bundled; undefined where tests have no database, or are run again with each change. */
    threads: string | undefined
  }
}

/** The database, migrated and empty, that every test database is a clone of. */
export const templateDatabase = 'template_ecluse'
