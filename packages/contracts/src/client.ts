import type { z } from 'zod'
import type { Endpoint, InputOf, ResponseOf } from './endpoint.ts'

/** An RFC 9457 problem, as the API answers it. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  details?: Record<string, unknown>
  /** Paths and codes of what is wrong in the input (status 400). */
  issues?: { path: string; message: string }[]
  traceId?: string
}

/** A refusal by the API, or a network that did not answer (status 0). */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** How a client reaches the API: `fetch` in a browser, injection inside the server. */
export type Transport = (request: {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | FormData
}) => Promise<{ status: number; body: string; headers: { get(name: string): string | null } }>

export type CallOptions = {
  idempotencyKey?: string
  headers?: Record<string, string>
  form?: FormData
}

export type Client = <E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>>(
  endpoint: E,
  ...args: keyof InputOf<E> extends never
    ? [input?: Record<string, never>, options?: CallOptions]
    : [input: InputOf<E>, options?: CallOptions]
) => Promise<ResponseOf<E>>

/**
 * Makes a typed client of the API over a transport.
 * @throws ApiError for every answer that is not a success.
 */
export function createClient(transport: Transport, defaults: { locale: () => 'fr' | 'en' }): Client {
  return async (endpoint, ...args) => {
    const input = (args[0] ?? {}) as {
      params?: Record<string, string>
      query?: Record<string, unknown>
      body?: unknown
    }
    const options = args[1] ?? {}
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-language': defaults.locale(),
      ...options.headers,
    }
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
    let body: string | FormData | undefined = options.form
    if (!body && input.body !== undefined) {
      headers['content-type'] = 'application/json'
      body = JSON.stringify(input.body)
    }
    const url = urlOf(endpoint.path, input.params, input.query)
    const answer = await transport({ method: endpoint.method, url, headers, ...(body === undefined ? {} : { body }) })
    if (answer.status >= 200 && answer.status < 300) {
      return (answer.body === '' ? undefined : endpoint.produces ? answer.body : JSON.parse(answer.body)) as never
    }
    throw new ApiError(problemOf(answer.status, answer.body))
  }
}

/** Fills a path's parameters and writes its query; arrays repeat, undefined is left out. */
export function urlOf(path: string, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  const text = search.toString()
  return `/api/v1${filled}${text ? `?${text}` : ''}`
}

/** The browser's transport: same origin, the session cookie goes along. */
export const fetchTransport: Transport = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, body: await response.text(), headers: response.headers }
}

function problemOf(status: number, body: string): Problem {
  try {
    const problem = JSON.parse(body) as Problem
    if (typeof problem.code === 'string') return problem
  } catch {
    // Not JSON: a proxy or a broken connection answered; said below.
  }
  return {
    type: 'about:blank',
    title: 'Unreadable answer',
    status,
    code: 'kernel.unreadable_answer',
    detail: `HTTP ${status}`,
  }
}
