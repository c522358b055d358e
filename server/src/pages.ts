import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { createClient, type Client } from '@ecluse/contracts/client.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { storefront } from '@ecluse/storefront/server'
import { drawFromSpec } from '@ecluse/ui/drawing/spec.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { applicationPolicy } from './kernel/http/security.ts'
import { localeOf } from './kernel/messages.ts'
import { distDir } from './kernel/paths.ts'
import type { Wiring } from './wiring.ts'

const forEver = 'public, max-age=31536000, immutable'

/** Everything that is no API: the shop, the two applications, and the drawings. */
export async function registerPages(app: FastifyInstance, wiring: Wiring, internalSecret: string): Promise<void> {
  await app.register(fastifyStatic, { root: distDir, serve: false, cacheControl: false })
  registerDrawings(app)
  registerApplication(app, 'admin', 'backoffice')
  registerApplication(app, 'pos', 'pos')
  await registerShop(app, wiring, internalSecret)
}

async function registerShop(app: FastifyInstance, { services, visits }: Wiring, internalSecret: string): Promise<void> {
  const manifestFile = join(distDir, 'storefront', 'manifest.json')
  const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {}
  app.get<{ Params: { '*': string } }>('/shop-assets/*', { schema: { hide: true } }, (request, reply) =>
    reply.header('cache-control', forEver).sendFile(request.params['*'], join(distDir, 'storefront')),
  )
  // What shows notifications of all pages is at their root, and asked for anew.
  app.get('/push-worker.js', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('push-worker.js', join(distDir, 'storefront')),
  )
  await app.register(async (shop) => {
    await storefront(shop, {
      client: (request, reply) => clientFor(app, request, reply, internalSecret),
      channelCode: 'web',
      assets: { manifest },
      publicUrl: services.config.publicUrl,
      clock: services.clock,
      noteVisit: ({ actor }, seen) => {
        if (actor.kind !== 'anonymous' && actor.kind !== 'account') return
        const account = actor.kind === 'account' ? { id: actor.accountId, email: actor.email, name: actor.name } : null
        visits.note({ ...seen, account, channelCode: 'web' })
      },
    })
  })
}

/**
 * A client of our own API that acts for a visitor: their cookies and address go along, cookies set come back. It is not
 * counted against the visitor's limit, which their request of the page already was.
 */
function clientFor(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply, internalSecret: string): Client {
  const locale: Locale = /^\/en(?:\/|$|\?)/.test(request.url)
    ? 'en'
    : request.url.startsWith('/test-payment/')
      ? localeOf(request.headers['accept-language'])
      : 'fr'
  const passed = ['cookie', 'origin', 'sec-fetch-site', 'host', 'user-agent'] as const
  const own = Object.fromEntries(
    passed.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])),
  )
  return createClient(
    async ({ method, url, headers, body }) => {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...own, ...headers, 'x-ecluse-internal': internalSecret },
        remoteAddress: request.ip,
        ...(body === undefined ? {} : { payload: body as string }),
      })
      const cookies = answer.headers['set-cookie']
      if (cookies !== undefined) reply.header('set-cookie', cookies)
      return {
        status: answer.statusCode,
        body: answer.body,
        headers: { get: (name) => String(answer.headers[name.toLowerCase()] ?? '') || null },
      }
    },
    { locale: () => locale },
  )
}

/** One application made of files: whatever is no file of its is one of its pages. */
function registerApplication(app: FastifyInstance, path: string, folder: string): void {
  const root = join(distDir, folder)
  const index = (reply: FastifyReply) =>
    existsSync(join(root, 'index.html'))
      ? reply
          .header('cache-control', 'no-cache')
          .header('content-security-policy', applicationPolicy)
          .sendFile('index.html', root)
      : reply.callNotFound()
  app.get<{ Params: { '*': string } }>(`/${path}/assets/*`, { schema: { hide: true } }, (request, reply) =>
    reply.header('cache-control', forEver).sendFile(`assets/${request.params['*']}`, root),
  )
  app.get(`/${path}`, { schema: { hide: true } }, (_request, reply) => index(reply))
  app.get<{ Params: { '*': string } }>(`/${path}/*`, { schema: { hide: true } }, (request, reply) => {
    const name = request.params['*']
    const isFile = /^[\w-]+(?:\.[\w-]+)+$/.test(name) && existsSync(join(root, name))
    return isFile
      ? reply
          .header('cache-control', 'no-cache')
          .header('content-security-policy', applicationPolicy)
          .sendFile(name, root)
      : index(reply)
  })
}

/** Pictures drawn by name; the same name is the same picture for ever. */
function registerDrawings(app: FastifyInstance): void {
  const drawn = new Map<string, string>()
  const mostKept = 500
  app.get<{ Params: { file: string } }>('/drawings/:file', { schema: { hide: true } }, (request, reply) => {
    const { file } = request.params
    if (!file.endsWith('.svg')) return reply.callNotFound()
    const svg = drawn.get(file) ?? drawFromSpec(file.slice(0, -'.svg'.length))
    if (svg === null) return reply.callNotFound()
    if (drawn.size >= mostKept) drawn.clear()
    drawn.set(file, svg)
    return reply.header('cache-control', forEver).type('image/svg+xml').send(svg)
  })
}
