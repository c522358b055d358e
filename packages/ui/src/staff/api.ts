import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { ApiError, createClient, fetchTransport, type CallOptions, type Transport } from '@ecluse/contracts/client.ts'
import type { Endpoint, InputOf, ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { currentLocale } from './locale.tsx'

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>
type Page = { items: unknown[]; nextCursor: string | null }

const expiryListeners = new Set<() => void>()

/** Calls `listener` when the API answers that nobody is signed in any more; returns how to stop. */
export function onSessionExpired(listener: () => void): () => void {
  expiryListeners.add(listener)
  return () => expiryListeners.delete(listener)
}

/** The browser's transport, with two differences: a network that fails is an `ApiError` too, and an ended session is told. */
const transport: Transport = async (request) => {
  try {
    const answer = await fetchTransport(request)
    if (answer.status === 401 && !request.url.startsWith('/api/v1/session')) {
      for (const listener of expiryListeners) listener()
    }
    return answer
  } catch {
    throw new ApiError({
      type: 'about:blank',
      title: 'Unreachable',
      status: 0,
      code: 'kernel.unreachable',
      detail:
        currentLocale() === 'fr'
          ? 'Le serveur ne répond pas. Vérifiez le réseau, puis réessayez.'
          : 'The server does not answer. Check the network, then try again.',
    })
  }
}

/** Calls the API in the language of the screens. @throws ApiError */
export const call = createClient(transport, { locale: currentLocale })

/** A call whose endpoint is only known as a type parameter; `call` itself wants it literally. */
const callAny = call as unknown as (endpoint: AnyEndpoint, input: unknown, options?: CallOptions) => Promise<unknown>

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && [0, 502, 503].includes(error.problem.status),
    },
  },
})

/** A query of one endpoint; its key is the endpoint's path and what it is asked. */
export function apiQuery<E extends AnyEndpoint>(endpoint: E, input: InputOf<E>) {
  return queryOptions({
    queryKey: [endpoint.path, currentLocale(), input] as const,
    queryFn: () => callAny(endpoint, input) as Promise<ResponseOf<E>>,
  })
}

type Item<E extends AnyEndpoint> = ResponseOf<E> extends { items: (infer T)[] } ? T : never

/** A list read page by page along its cursor. */
export function apiPages<E extends AnyEndpoint>(endpoint: E, input: InputOf<E>) {
  const asked = input as { params?: unknown; query?: Record<string, unknown> }
  return infiniteQueryOptions({
    queryKey: [endpoint.path, currentLocale(), input, 'pages'] as const,
    queryFn: ({ pageParam }) =>
      callAny(endpoint, { ...asked, query: { ...asked.query, cursor: pageParam } }) as Promise<
        Page & { items: Item<E>[]; total?: number }
      >,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

/** Reads a whole list to its end, for an export; stops at `most` rows. @throws ApiError */
export async function readAll<E extends AnyEndpoint>(
  endpoint: E,
  input: InputOf<E>,
  most = 20_000,
): Promise<Item<E>[]> {
  const asked = input as { params?: unknown; query?: Record<string, unknown> }
  const items: Item<E>[] = []
  let cursor: string | undefined
  do {
    const page = (await callAny(endpoint, { ...asked, query: { ...asked.query, cursor, limit: 200 } })) as Page
    items.push(...(page.items as Item<E>[]))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < most)
  return items
}

/** Marks every answer of these paths as old: lists and figures that a change has touched are read again. */
export async function refresh(...paths: string[]): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => paths.some((path) => String(queryKey[0]).startsWith(path)),
  })
}

/** A fresh key for one attempt to create something; sent again after a lost answer, it creates once. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What to tell of a failure, in the reader's language when it comes from the API. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
