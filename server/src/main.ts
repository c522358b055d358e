import { readConfig, terminalLocale } from './kernel/config.ts'
import { createLog } from './kernel/log.ts'
import { text } from './kernel/messages.ts'
import { StartError } from './kernel/start-error.ts'
import { serve, type Serving } from './serve.ts'

/** Between two signals of one Ctrl-C: npm passes on the one that the terminal has sent us already. */
const sameKeyPressMs = 500

const locale = terminalLocale()
let isStopping = false
const print = (line: string) => void process.stdout.write(`${line}\n`)

try {
  const config = readConfig()
  const log = createLog(config)
  const stopping = new AbortController()
  const { signal } = stopping
  const loadApp = async () => (await import('./app.ts')).buildServed
  const starting = serve({ config, locale, log, print, signal, loadApp })
  stopOnSignal(starting, stopping)
  await starting
} catch (error) {
  // Stopped while starting: whoever asked ends the program once everything is down.
  if (!isStopping) tellFailure(error)
}

/** The first Ctrl-C, or SIGTERM, stops everything in order; a second one ends the program at once. */
function stopOnSignal(starting: Promise<Serving>, stopping: AbortController): void {
  let firstAt = 0
  const onSignal = () => {
    if (!isStopping) {
      isStopping = true
      firstAt = performance.now()
      print(text(locale, 'progress.stopping'))
      stopping.abort()
      void stopAndExit(starting)
    } else if (performance.now() - firstAt > sameKeyPressMs) {
      print(text(locale, 'progress.forced'))
      process.exit(130)
    }
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal)
}

async function stopAndExit(starting: Promise<Serving>): Promise<void> {
  try {
    const serving = await starting.catch(() => null)
    await serving?.stop()
    print(text(locale, 'progress.stopped'))
    process.exit(0)
  } catch (error) {
    tellFailure(error)
  }
}

/** One line for what a person can mend; a bug shows its stack trace. */
function tellFailure(error: unknown): void {
  if (error instanceof StartError) for (const line of error.lines(locale)) process.stderr.write(`${line}\n`)
  else console.error(error)
  process.exit(1)
}
