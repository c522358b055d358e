import { createAdapterFactory } from 'better-auth/adapters'
import { betterAuth, type BetterAuthOptions } from 'better-auth/minimal'
import type { Services } from '../../kernel/context.ts'
import { inTransaction, type Queryable } from '../../kernel/db.ts'
import { cookiePrefix, isSecure } from './domain/cookie.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { authQueries } from './queries/auth-adapter.ts'

export type Auth = ReturnType<typeof createAuth>

/** A month, as on most shops; prolonged once a day while it is used. */
const sessionSeconds = 30 * 24 * 3600

/** What better-auth calls user, account and session, under our names. */
const tables = {
  user: {
    modelName: 'access.account',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    additionalFields: { locale: { type: 'string', required: true, defaultValue: 'fr' } },
  },
  account: {
    modelName: 'access.credential',
    fields: {
      userId: 'account_id',
      providerId: 'provider',
      accountId: 'provider_account_id',
      password: 'password_hash',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  session: {
    modelName: 'access.session',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
    },
    expiresIn: sessionSeconds,
  },
} as const

/**
 * better-auth over our tables. Its own routes are not mounted: our endpoints call its functions, so that every rule of
 * the API (limits, origin, problems, contract) holds for signing in too.
 */
export function createAuth(services: Services) {
  const adapterConfig = {
    adapterId: 'ecluse',
    adapterName: 'Écluse',
    supportsJSON: true,
    supportsDates: true,
    supportsBooleans: true,
    supportsUUIDs: true,
    supportsNumericIds: false,
  } as const
  const adapterOn = (db: Queryable) =>
    createAdapterFactory({ config: { ...adapterConfig, transaction: false }, adapter: () => authQueries(db) })
  return betterAuth({
    database: (options: BetterAuthOptions) =>
      createAdapterFactory({
        config: {
          ...adapterConfig,
          transaction: (work) => inTransaction(services.db, (tx) => work(adapterOn(tx)(options))),
        },
        adapter: () => authQueries(services.db),
      })(options),
    baseURL: services.config.publicUrl,
    secret: services.config.sessionSecret,
    trustedOrigins: services.config.trustedOrigins,
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message) => services.log.error({ source: 'better-auth' }, message),
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    ...tables,
    advanced: {
      cookiePrefix,
      useSecureCookies: isSecure(services.config.publicUrl),
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => services.ids.next() },
    },
  })
}
