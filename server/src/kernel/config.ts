import { randomBytes } from 'node:crypto'
import { accessSync, constants, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text, type MessageKey } from './messages.ts'
import { makeFolder, rootDir } from './paths.ts'
import { errorCode, reasonOf, StartError } from './start-error.ts'

/** The environment as Node gives it: every value is text. */
export type Environment = Record<string, string | undefined>

const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most))

const address = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))

const trustProxy = z.string().transform((text, context): boolean | number | string[] => {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const list = text.split(',').map((item) => item.trim())
  if (!list.every(isAddressRange)) context.addIssue({ code: 'custom' })
  return list
})

/**
 * Every setting, by the name of its environment variable. An absent or empty variable takes the default, and
 * `config.<NAME>` in the message catalogues says in words what is expected.
 */
export const settings = {
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: z
    .string()
    .refine((text) => isIP(text) !== 0 || text === 'localhost')
    .default('127.0.0.1'),
  PUBLIC_URL: address('http:', 'https:').optional(),
  TRUST_PROXY: trustProxy.default(false),
  ECLUSE_DATA: z.string().optional(),
  ECLUSE_DEMO: z.enum(['auto', 'off']).default('auto'),
  DATABASE_URL: address('postgres:', 'postgresql:').optional(),
  DATABASE_REPLICA_URL: address('postgres:', 'postgresql:').optional(),
  DB_POOL_SIZE: wholeNumber(2, 90).default(20),
  SMTP_URL: address('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/)
    .default('Alizé <boutique@alize.example>'),
  IMAP_URL: address('imap:', 'imaps:').optional(),
  SMS_URL: address('http:', 'https:').optional(),
  SMS_SECRET: z.string().min(16).optional(),
  SMS_FROM: z
    .string()
    .regex(/^[0-9A-Za-z+ ]{3,15}$/)
    .default('ALIZE'),
  SMS_PRICES: z
    .string()
    .regex(/^\+\d*:\d+(?:,\s*\+\d*:\d+)*$/)
    .default('+33:52000'),
  SOCIAL_URL: address('http:', 'https:').optional(),
  SOCIAL_SECRET: z.string().min(16).optional(),
  SOCIAL_ACCOUNT: z
    .string()
    .regex(/^\S{1,60}$/)
    .default('alize'),
  PUSH: z.enum(['send', 'keep']).default('send'),
  SESSION_SECRET: z.string().min(32).optional(),
  WEBHOOK_PRIVATE_ADDRESSES: z.enum(['refuse', 'allow']).default('refuse'),
  WEBHOOK_KEPT_DAYS: wholeNumber(1, 3_650).default(30),
  RETURN_DAYS: wholeNumber(14, 365).default(14),
  VOUCHER_MONTHS: wholeNumber(6, 240).default(24),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 100_000_000).default(1200),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address('http:', 'https:').optional(),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
} satisfies Record<string, z.ZodType>

type SettingName = keyof typeof settings
type Settings = { [Name in SettingName]: z.output<(typeof settings)[Name]> }

/** Settings whose value may hold a password: a message about them never repeats it. */
const secretSettings: ReadonlySet<SettingName> = new Set([
  'DATABASE_URL',
  'DATABASE_REPLICA_URL',
  'SMTP_URL',
  'IMAP_URL',
  'SMS_URL',
  'SMS_SECRET',
  'SOCIAL_URL',
  'SOCIAL_SECRET',
  'SESSION_SECRET',
])

/** Everything that can be set, read once at start and passed down; nothing else reads the environment. */
export interface Config {
  port: number
  host: string
  /** The address people use, without a slash at the end; the origin of links in e-mails. */
  publicUrl: string
  /** The origins a browser may send state-changing requests from. */
  trustedOrigins: string[]
  /** What Fastify may believe of `X-Forwarded-*`: nothing, everything, so many hops, or these addresses. */
  trustProxy: boolean | number | string[]
  /** Absolute path of the folder that holds the embedded database, the session secret and the uploaded files. */
  dataDir: string
  /** A PostgreSQL to use instead of the embedded one. */
  databaseUrl: string | null
  /** A streaming replica of it, asked for figures and studies; null asks the database itself. */
  databaseReplicaUrl: string | null
  dbPoolSize: number
  /** Whether an empty database is filled with the demo company. */
  demo: 'auto' | 'off'
  /** Where e-mails leave by; null keeps them in the local outbox. */
  smtpUrl: string | null
  mailFrom: string
  /** The mailbox where reports of delivery and answers arrive; null: they are not read. */
  imapUrl: string | null
  /** Where text messages leave by; null keeps them in the local outbox. */
  smsUrl: string | null
  /** What seals all that is exchanged with whoever carries text messages. */
  smsSecret: string | null
  /** Whom text messages come from: a name of eleven letters, or a number. */
  smsFrom: string
  /** What a part costs, by the beginning of the number: `+33:52000`, in millionths of a euro. */
  smsPrices: string
  /** Where social messages leave by; null keeps them in the local outbox. */
  socialUrl: string | null
  /** What seals all that is exchanged with whoever carries social messages. */
  socialSecret: string | null
  /** Whose account they come from. */
  socialAccount: string
  /** Whether notifications leave by the push services of browsers, or are kept in the local outbox. */
  push: 'send' | 'keep'
  sessionSecret: string
  /** Whether webhooks and notifications may go to addresses of the machine itself or of its own network, and there without TLS. */
  webhookPrivateAddresses: 'refuse' | 'allow'
  /** Days that deliveries of webhooks are listed once they are over. */
  webhookKeptDays: number
  /** Days after receipt within which an article may come back without a reason; the law gives fourteen at least. */
  returnDays: number
  /** How long a voucher can be spent. */
  voucherMonths: number
  rateLimitPerMinute: number
  logLevel: Settings['LOG_LEVEL']
  /** Where traces are sent (OTLP over HTTP); null loads no tracing at all. */
  otlpEndpoint: string | null
  environment: Settings['NODE_ENV']
}

/** One or more settings that cannot be used, each told in one line. */
export class ConfigError extends StartError {
  readonly refused: { name: SettingName; value: string }[]

  constructor(refused: { name: SettingName; value: string }[]) {
    super('config.invalid', { names: refused.map((setting) => setting.name).join(', ') })
    this.name = 'ConfigError'
    this.refused = refused
  }

  override lines(locale: Locale): string[] {
    return this.refused.map(({ name, value }) =>
      text(locale, secretSettings.has(name) ? 'config.refused_secret' : 'config.refused', {
        name,
        value,
        expected: text(locale, `config.${name}` satisfies MessageKey),
      }),
    )
  }
}

/**
 * Reads and checks every setting, makes the data folder, and makes or reads the session secret kept in it.
 *
 * @throws ConfigError with one line for each bad value
 * @throws StartError `start.folder_unwritable` when the data folder cannot be made or written
 */
export function readConfig(environment: Environment = process.env): Config {
  const read = parseSettings(environment)
  const dataDir = read.ECLUSE_DATA === undefined ? join(rootDir, 'data') : resolve(read.ECLUSE_DATA)
  prepareFolder(dataDir)
  const publicUrl = (read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, '')
  const local = read.PUBLIC_URL === undefined ? [`http://127.0.0.1:${read.PORT}`, `http://[::1]:${read.PORT}`] : []
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl,
    trustedOrigins: [new URL(publicUrl).origin, ...local],
    trustProxy: read.TRUST_PROXY,
    dataDir,
    databaseUrl: read.DATABASE_URL ?? null,
    databaseReplicaUrl: read.DATABASE_REPLICA_URL ?? null,
    dbPoolSize: read.DB_POOL_SIZE,
    demo: read.ECLUSE_DEMO,
    smtpUrl: read.SMTP_URL ?? null,
    mailFrom: read.MAIL_FROM,
    imapUrl: read.IMAP_URL ?? null,
    smsUrl: read.SMS_URL ?? null,
    smsSecret: read.SMS_SECRET ?? null,
    smsFrom: read.SMS_FROM,
    smsPrices: read.SMS_PRICES,
    socialUrl: read.SOCIAL_URL ?? null,
    socialSecret: read.SOCIAL_SECRET ?? null,
    socialAccount: read.SOCIAL_ACCOUNT,
    push: read.PUSH,
    sessionSecret: read.SESSION_SECRET ?? keptSecret(dataDir),
    webhookPrivateAddresses: read.WEBHOOK_PRIVATE_ADDRESSES,
    webhookKeptDays: read.WEBHOOK_KEPT_DAYS,
    returnDays: read.RETURN_DAYS,
    voucherMonths: read.VOUCHER_MONTHS,
    rateLimitPerMinute: read.RATE_LIMIT_PER_MINUTE,
    logLevel: read.LOG_LEVEL,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    environment: read.NODE_ENV,
  }
}

/** The names of the settings that the environment gives a value. */
export function givenSettings(environment: Environment = process.env): string[] {
  return Object.keys(settings).filter((name) => Boolean(environment[name]?.trim()))
}

/** The language of what is printed on the terminal: English when its locale says so, French otherwise. */
export function terminalLocale(environment: Environment = process.env): Locale {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return /^en(?![a-z])/i.test(locale) ? 'en' : 'fr'
}

function parseSettings(environment: Environment): Settings {
  const parsed: Record<string, unknown> = {}
  const refused: { name: SettingName; value: string }[] = []
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = environment[name]?.trim() || undefined
    const result = settings[name].safeParse(value)
    if (result.success) parsed[name] = result.data
    else refused.push({ name, value: (value ?? '').replace(/\s+/g, ' ').slice(0, 80) })
  }
  if (refused.length > 0) throw new ConfigError(refused)
  return parsed as Settings
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError('start.folder_unwritable', { folder, reason: reasonOf(error) }, error)
  }
}

/** The secret that signs sessions: made once, readable by the owner only, so that a restart signs nobody out. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'session-secret')
  const draft = `${file}.${process.pid}`
  try {
    const kept = readIfPresent(file)
    if (kept !== null) return kept
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flush: true })
    try {
      linkSync(draft, file)
    } catch (error) {
      // Another process made it first: its secret is the one that counts.
      if (errorCode(error) !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartError('start.folder_unwritable', { folder: dataDir, reason: reasonOf(error) }, error)
  }
}

function readIfPresent(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text.length >= 32) return text
    // A file cut short by a full disk would sign sessions with next to nothing.
    rmSync(file)
    return null
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

function isAddressRange(text: string): boolean {
  const [ip = '', bits, ...rest] = text.split('/')
  const family = isIP(ip)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
