import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { terminalLocale, readConfig, type Config } from '../kernel/config.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text as translate, type MessageKey } from '../kernel/messages.ts'
import { provideDatabase, type ProvidedDatabase } from '../kernel/database.ts'
import { rootDir } from '../kernel/paths.ts'
import { errorCode, reasonOf, StartError } from '../kernel/start-error.ts'
import { commands } from './commands.ts'
import { UsageError, type Command, type CommandCall, type CommandOutcome } from './command.ts'

/** Where the command line writes; a test gives its own. */
export interface Terminal {
  out(line: string): void
  error(line: string): void
}

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
}

const everyCommandsOptions = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/**
 * Runs `npx ecluse` with the given arguments and answers the exit status: 0 when the work ran to its end, 1 when it failed or
 * found something wrong, 2 when it was called wrongly, 130 when it was interrupted. With `--json` the last line of standard
 * output is one JSON object, whatever happened.
 */
export async function runCommandLine(args: readonly string[], to: Terminal = terminal): Promise<number> {
  const locale = terminalLocale()
  const json = args.includes('--json')
  // A reader that has seen enough (`ecluse --help | head`) closes the pipe; that is no failure.
  if (to === terminal) process.stdout.on('error', (error) => process.exit(errorCode(error) === 'EPIPE' ? 0 : 1))
  const text = (key: MessageKey, values?: Record<string, string | number>) => translate(locale, key, values)
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    helpOfAll(text).forEach(to.out)
    return 0
  }
  try {
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (entry === undefined) throw new UsageError('cli.unknown_command', { name })
    if ('script' in entry) return await runScript(entry.script, rest)
    const command = await entry.load(rest)
    if (rest.includes('--help') || rest.includes('-h')) {
      const more = (await command.moreHelp?.(text)) ?? []
      for (const line of [...helpOfOne(name, command.help ?? entry.help, command, text), ...more]) to.out(line)
      return 0
    }
    const { status, result } = await runOne(name, command, rest, { locale, text, json, to })
    if (json) to.out(JSON.stringify(result))
    return status
  } catch (error) {
    return tellFailure(error, { locale, text, json, to })
  }
}

interface Telling {
  locale: Locale
  text: CommandCall['text']
  json: boolean
  to: Terminal
}

async function runOne(
  name: string,
  command: Command,
  args: string[],
  telling: Telling,
): Promise<{ status: number; result: Record<string, unknown> }> {
  const parsed = parseCommand(name, command, args)
  const interrupted = new AbortController()
  const stopListening = onInterrupt(interrupted)
  const endings: (() => Promise<void>)[] = []
  let config: Config | null = null
  let database: Promise<ProvidedDatabase> | null = null
  const call: CommandCall = {
    ...parsed,
    config: () => (config ??= readConfig()),
    locale: telling.locale,
    text: telling.text,
    progress: telling.to.error,
    database: () => (database ??= startDatabase(name, call)),
    atEnd: (work) => void endings.push(work),
    signal: interrupted.signal,
  }
  try {
    const outcome: CommandOutcome = await command.run(call)
    outcome.lines.forEach(telling.json ? telling.to.error : telling.to.out)
    const ok = outcome.ok && !interrupted.signal.aborted
    return { status: interrupted.signal.aborted ? 130 : ok ? 0 : 1, result: { ok, ...outcome.result } }
  } finally {
    for (const work of endings.reverse()) await work()
    stopListening()
  }
}

async function startDatabase(name: string, call: CommandCall): Promise<ProvidedDatabase> {
  const quiet = () => undefined
  const provided = await provideDatabase({
    config: call.config(),
    logger: { debug: quiet, info: quiet, warn: call.progress, error: call.progress },
    purpose: `ecluse ${name}`,
    share: true,
    onProgress: (step) => call.progress(call.text(`progress.database_${step}`)),
  })
  call.atEnd(() => provided.stop())
  return provided
}

/** Ctrl-C asks the command to stop at a good moment; once more, after a second, ends the program at once. */
function onInterrupt(interrupted: AbortController): () => void {
  let firstAt = 0
  const listener = () => {
    if (!interrupted.signal.aborted) firstAt = performance.now()
    else if (performance.now() - firstAt > 1000) process.exit(130)
    interrupted.abort()
  }
  process.on('SIGINT', listener).on('SIGTERM', listener)
  return () => void process.off('SIGINT', listener).off('SIGTERM', listener)
}

function parseCommand(name: string, command: Command, args: string[]): Pick<CommandCall, 'arguments' | 'options'> {
  const options: ParseArgsConfig['options'] = { ...everyCommandsOptions }
  for (const [option, { type }] of Object.entries(command.options)) options[option] = { type }
  let parsed: { values: CommandCall['options']; positionals: string[] }
  try {
    parsed = parseArgs({ args, options, allowPositionals: true }) as typeof parsed
  } catch (error) {
    const option = /'(--?[^' ]+)/.exec(reasonOf(error))?.[1] ?? args.join(' ')
    throw new UsageError('cli.bad_option', { option, name }, error)
  }
  const wanted = command.arguments
  const missing = wanted[parsed.positionals.length]
  if (missing !== undefined && !missing.startsWith('['))
    throw new UsageError('cli.missing_argument', { argument: missing, name })
  const extra = parsed.positionals[wanted.length]
  if (extra !== undefined && !wanted.at(-1)?.includes('…'))
    throw new UsageError('cli.extra_argument', { argument: extra, name })
  return { arguments: parsed.positionals, options: parsed.values }
}

function tellFailure(error: unknown, { locale, text, json, to }: Telling): number {
  const known = error instanceof StartError
  const lines = known ? error.lines(locale) : [text('cli.failed', { reason: reasonOf(error) })]
  lines.forEach(to.error)
  // A failure nobody foresaw is a bug: its trace helps whoever mends it.
  if (!known && error instanceof Error && error.stack !== undefined) to.error(error.stack)
  if (json) to.out(JSON.stringify({ ok: false, error: { code: known ? error.key : 'bug', message: lines.join(' ') } }))
  return error instanceof UsageError ? 2 : 1
}

function helpOfAll(text: CommandCall['text']): string[] {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2
  return [
    text('cli.usage'),
    '',
    text('cli.commands'),
    ...Object.entries(commands).map(([name, { help }]) => `  ${name.padEnd(width)}${text(help)}`),
    '',
    text('cli.options'),
    `  ${'--json'.padEnd(width)}${text('cli.option_json')}`,
    `  ${'--help'.padEnd(width)}${text('cli.option_help')}`,
  ]
}

function helpOfOne(name: string, help: MessageKey, command: Command, text: CommandCall['text']): string[] {
  const options = Object.entries(command.options).map(([option, { value, help: key }]) => ({
    spelt: value === undefined ? `--${option}` : `--${option} ${value}`,
    help: text(key),
  }))
  options.push({ spelt: '--json', help: text('cli.option_json') })
  const width = Math.max(...options.map((option) => option.spelt.length)) + 2
  return [
    ['ecluse', name, ...command.arguments, '[options]'].join(' '),
    '',
    text(help),
    '',
    text('cli.options'),
    ...options.map((option) => `  ${option.spelt.padEnd(width)}${option.help}`),
  ]
}

/** Commands that only developers run start their own program. */
function runScript(script: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(rootDir, 'tools', script), ...args], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (status) => resolve(status ?? 1))
  })
}
