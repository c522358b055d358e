import { migrate } from '../kernel/migrate.ts'
import type { Command } from './command.ts'

/** `npx ecluse migrate`: brings the database up to date. */
export const migrateCommand: Command = {
  arguments: [],
  options: {},
  run: async (call) => {
    const { connectionString } = await call.database()
    let applied = 0
    const state = await migrate(connectionString, {
      onProgress: (step) => {
        applied += 1
        call.progress(call.text('progress.migrating', step))
      },
    })
    const total = state.applied.length
    return { ok: true, result: { applied, total }, lines: [call.text('cli.migrate.done', { applied, total })] }
  },
}
