import { destination, pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/** What never reaches a log, wherever a caller puts it. */
const secret = [
  'password',
  'token',
  'cookie',
  'authorization',
  '*.password',
  '*.token',
  '*.cookie',
  '*.authorization',
  'req.headers.cookie',
  'req.headers.authorization',
  'headers.cookie',
  'headers.authorization',
]

/**
 * The structured log of a process: one JSON object per line on standard output, at `LOG_LEVEL`. Written at once and not in
 * batches, so that the last lines before a crash are there.
 */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    { level: logLevel, base: { pid: process.pid }, redact: { paths: secret, censor: '[hidden]' } },
    destination({ dest: 1, sync: true }),
  )
}
