import type { Config } from '../kernel/config.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { MessageKey } from '../kernel/messages.ts'
import type { ProvidedDatabase } from '../kernel/database.ts'
import { StartError } from '../kernel/start-error.ts'

/** An option of a command, besides the ones every command has. */
export interface CommandOption {
  type: 'string' | 'boolean'
  help: MessageKey
  /** What stands for the value in the help: `FILE`, `N`. */
  value?: string
}

/** What a command did. `result` is the JSON object of `--json`; `lines` say the same to a person. */
export interface CommandOutcome {
  /** False when the work ran but found or left something wrong: the exit status is then 1. */
  ok: boolean
  result: Record<string, unknown>
  lines: string[]
}

/** What a command is given. */
export interface CommandCall {
  /** The settings, read at the first use, so that help needs no data folder. */
  config(): Config
  locale: Locale
  text(key: MessageKey, values?: Record<string, string | number>): string
  /** The arguments that are no options, as many as the command asks for. */
  arguments: string[]
  options: Record<string, string | boolean | undefined>
  /** Shows progress to a person; never on the output that `--json` keeps for its object. */
  progress(line: string): void
  /**
   * The database: of the server that is up on this data folder, else started for this command. Asked for as often as one
   * likes; stopped, if it was started, when the command ends.
   */
  database(): Promise<ProvidedDatabase>
  /** Does something when the command has ended, last given first done: close a pool, remove a file. */
  atEnd(work: () => Promise<void>): void
  /** Aborted by Ctrl-C: long work stops at the next good moment. */
  signal: AbortSignal
}

/** One command of `npx ecluse`; each lives in a file of its own and is listed in `commands.ts`. */
export interface Command {
  /** What its arguments are called in the help; one in brackets may be left out, a last one ending in `…` may be repeated. */
  arguments: readonly string[]
  /** What it does, where its arguments made it say more than the list of commands does. */
  help?: MessageKey
  /** Further lines of help: what can be given as its first argument. */
  moreHelp?(text: CommandCall['text']): Promise<string[]>
  options: Readonly<Record<string, CommandOption>>
  run(call: CommandCall): Promise<CommandOutcome>
}

/** The command was called in a way it does not understand; the exit status is 2. */
export class UsageError extends StartError {}
