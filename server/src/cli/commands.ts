import type { MessageKey } from '../kernel/messages.ts'
import type { Command } from './command.ts'

/** A command as the help lists it; its code is loaded when it is called, and may depend on what follows its name. */
export type CommandEntry = { help: MessageKey } & (
  { load: (args: readonly string[]) => Promise<Command> } | { script: string }
)

/** Every command. To add one: a file that exports a `Command`, a help text in `messages/fr.json and en.json`, and a line here. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  migrate: { help: 'cli.migrate.help', load: async () => (await import('./migrate.ts')).migrateCommand },
  doctor: { help: 'cli.doctor.help', load: async () => (await import('./doctor.ts')).doctorCommand },
  'verify-chain': {
    help: 'cli.verify_chain.help',
    load: async () => (await import('./verify-chain.ts')).verifyChainCommand,
  },
  'create-administrator': {
    help: 'cli.create_administrator.help',
    load: async () => (await import('./create-administrator.ts')).createAdministratorCommand,
  },
  import: { help: 'cli.import.help', load: async () => (await import('./import.ts')).importCommand },
  export: { help: 'cli.export.help', load: async () => (await import('./export.ts')).exportCommand },
  evaluate: { help: 'cli.evaluate.help', load: async (args) => (await import('./evaluate.ts')).evaluateCommand(args) },
  bench: { help: 'cli.bench.help', script: 'bench.mjs' },
  simulate: { help: 'cli.simulate.help', script: 'simulate.mjs' },
}
