import type { z } from 'zod'
import type { Permission } from './permissions.ts'

/**
 * Who may call an endpoint:
 * - `public`: anyone, within the rate limit;
 * - `account`: any signed-in person, for what is their own;
 * - `company`: any signed-in person or API key; the use case answers only to members of the company, its own keys, and staff
 *   with the permission it names. To others the company does not exist;
 * - a permission: staff whose role grants it, or an API key with that scope.
 *
 * Some public endpoints answer only to whoever holds an unguessable identifier or token (a cart, an order's access token);
 * their use case checks it.
 */
export type Access = 'public' | 'account' | 'company' | Permission

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation of the HTTP API, as data: the server validates with it, OpenAPI documents it, clients are typed by it. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  readonly method: Method
  /** Path under `/api/v1`, parameters in braces: `/orders/{orderId}`. */
  readonly path: string
  readonly summary: string
  readonly access: Access
  /** Status of success; 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly response?: Response
  /** `true` on every POST that creates: an `Idempotency-Key` header is honoured. */
  readonly idempotent?: boolean
  /** `true` on a POST that only computes: it changes nothing, so it may be asked from wherever a page may be opened. */
  readonly reads?: boolean
  /** Other content than JSON: the media type accepted, or answered. */
  readonly consumes?: 'multipart/form-data'
  readonly produces?:
    | 'text/csv'
    | 'image/svg+xml'
    | 'text/html'
    | 'text/calendar'
    | 'application/pdf'
    | 'application/xml'
    | 'application/octet-stream'
  /** Largest body accepted, in bytes; the server's default is 256 KiB. */
  readonly bodyLimit?: number
}

/** Declares an endpoint, keeping the exact types of its schemas. */
export function endpoint<
  const E extends {
    method: Method
    path: `/${string}`
    summary: string
    access: Access
    status?: 200 | 201 | 202 | 204
    params?: z.ZodType
    query?: z.ZodType
    body?: z.ZodType
    response?: z.ZodType
    idempotent?: boolean
    reads?: boolean
    consumes?: 'multipart/form-data'
    produces?: Endpoint['produces']
    bodyLimit?: number
  },
>(definition: E): E {
  return definition
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined
type In<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a caller passes. */
export type InputOf<E extends Endpoint> = {
  [K in 'params' | 'query' | 'body' as E[K] extends z.ZodType ? K : never]: In<E[K]>
}
/** What a handler receives, parsed. */
export type ParsedOf<E extends Endpoint> = {
  params: Out<E['params']>
  query: Out<E['query']>
  body: Out<E['body']>
}
/** What the endpoint answers. */
export type ResponseOf<E extends Endpoint> = E['response'] extends z.ZodType ? z.output<E['response']> : undefined
