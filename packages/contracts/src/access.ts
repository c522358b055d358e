import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { permissions, roles } from './permissions.ts'
import { cursorQuery, emailSchema, idSchema, instantSchema, pageOf } from './scalars.ts'

const passwordSchema = z.string().min(10).max(128)

/** Shops a member of staff is given. Whoever works in none could do nothing: that is what deactivating is for. */
const givenSitesSchema = z.array(idSchema).min(1).nullable().describe('At least one shop, or null for all of them.')

export const sessionSchema = z
  .strictObject({
    accountId: z.string(),
    email: z.string(),
    name: z.string(),
    /** Null for customers. */
    role: z.enum(roles).nullable(),
    permissions: z.array(z.enum(permissions)),
    /** Shops this member of staff works in; null means all of them. */
    siteIds: z.array(idSchema).nullable(),
    locale: z.enum(['fr', 'en']),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>

export const userSchema = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    siteIds: z.array(idSchema).nullable(),
    active: z.boolean(),
    createdAt: instantSchema,
    lastSeenAt: instantSchema.nullable(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof userSchema>

export const apiKeySchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    prefix: z.string().describe('First characters, to recognise the key by.'),
    scopes: z.array(z.enum(permissions)),
    companyId: idSchema.nullable().describe('The company whose own key it is.'),
    partnerId: idSchema.nullable().describe('The loyalty partner whose own key it is.'),
    createdAt: instantSchema,
    createdBy: z.string(),
    lastUsedAt: instantSchema.nullable(),
    expiresAt: instantSchema.nullable(),
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof apiKeySchema>

export const accessEndpoints = {
  getSession: endpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and what they may do',
    access: 'public',
    response: z.strictObject({ session: sessionSchema.nullable() }),
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    summary: 'Sign in with e-mail and password',
    access: 'public',
    body: z.strictObject({ email: emailSchema, password: z.string().min(1).max(128) }),
    response: z.strictObject({ session: sessionSchema }),
  }),
  signOut: endpoint({ method: 'DELETE', path: '/session', summary: 'Sign out', access: 'public', status: 204 }),
  register: endpoint({
    method: 'POST',
    path: '/accounts',
    summary: 'Open a customer account',
    access: 'public',
    status: 201,
    body: z.strictObject({ email: emailSchema, password: passwordSchema, name: z.string().trim().min(1).max(120) }),
    response: z.strictObject({ session: sessionSchema }),
  }),
  changePassword: endpoint({
    method: 'PUT',
    path: '/account/password',
    summary: 'Change one’s own password',
    access: 'account',
    status: 204,
    body: z.strictObject({ currentPassword: z.string().min(1).max(128), newPassword: passwordSchema }),
  }),
  listUsers: endpoint({
    method: 'GET',
    path: '/users',
    summary: 'Members of staff',
    access: 'users:manage',
    query: z.strictObject({ ...cursorQuery, q: z.string().trim().max(200).optional() }),
    response: pageOf(userSchema),
  }),
  createUser: endpoint({
    method: 'POST',
    path: '/users',
    summary: 'Add a member of staff',
    access: 'users:manage',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      email: emailSchema,
      name: z.string().trim().min(1).max(120),
      role: z.enum(roles),
      siteIds: givenSitesSchema,
      password: passwordSchema,
    }),
    response: userSchema,
  }),
  updateUser: endpoint({
    method: 'PATCH',
    path: '/users/{userId}',
    summary: 'Change the role, the shops or the state of a member of staff',
    access: 'users:manage',
    params: z.strictObject({ userId: z.string().min(1).max(60) }),
    body: z.strictObject({
      name: z.string().trim().min(1).max(120).optional(),
      role: z.enum(roles).optional(),
      siteIds: givenSitesSchema.optional(),
      active: z.boolean().optional(),
      password: passwordSchema.optional(),
    }),
    response: userSchema,
  }),
  listApiKeys: endpoint({
    method: 'GET',
    path: '/api-keys',
    summary: 'API keys, without their secrets',
    access: 'keys:manage',
    response: z.strictObject({ items: z.array(apiKeySchema) }),
  }),
  createApiKey: endpoint({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make an API key; its secret is shown this once',
    access: 'keys:manage',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      scopes: z.array(z.enum(permissions)).min(1),
      expiresAt: instantSchema.nullable(),
      companyId: idSchema
        .nullable()
        .default(null)
        .describe('A key of this company: it orders as the company, with the scope `company:buy` and no other.'),
      partnerId: idSchema
        .nullable()
        .default(null)
        .describe('A key of this loyalty partner: its tills, with the scope `partner:points` and no other.'),
    }),
    response: z.strictObject({ key: apiKeySchema, secret: z.string() }),
  }),
  revokeApiKey: endpoint({
    method: 'DELETE',
    path: '/api-keys/{keyId}',
    summary: 'Revoke an API key, at once and for good',
    access: 'keys:manage',
    params: z.strictObject({ keyId: idSchema }),
    response: apiKeySchema,
  }),
}
