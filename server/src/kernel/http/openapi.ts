import { errorCodes, type ErrorCode } from '@ecluse/contracts/errors.ts'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { rawText } from '../messages.ts'
import { version } from '../paths.ts'
import { documentationPolicy } from './security.ts'

const description = `Everything the shop, the back office and the till do, they do through this API.

Amounts are integers in minor units with their currency. Instants are RFC 3339. Lists are pages: follow \`nextCursor\`.
Refusals are RFC 9457 problems with a \`code\` programs can branch on and a \`detail\` in the caller's language
(\`Accept-Language: fr\` or \`en\`). Send an \`Idempotency-Key\` with every POST that creates: the same request again
gets the same answer, once.`

/** The document of the API, made from the schemas that validate it. Registered before the routes it tells of. */
export async function registerOpenApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Écluse', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'ecluse.session_token',
            description: 'Session of a signed-in person.',
          },
          apiKey: { type: 'http', scheme: 'bearer', description: 'API key with scopes, made in the back office.' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => completeOperations(jsonSchemaTransformObject(document as never)),
  })
}

type Operation = Record<string, unknown> & {
  parameters?: unknown[]
  responses?: Record<string, unknown>
  'x-status'?: number
}

/** Adds to each operation what all have in common: its refusals, and the key of those that create. */
function completeOperations<T>(document: T): T {
  const { paths = {} } = document as { paths?: Record<string, Record<string, Operation>> }
  for (const path of Object.values(paths)) {
    for (const operation of Object.values(path)) {
      if (operation['x-idempotent'])
        operation.parameters = [
          ...(operation.parameters ?? []),
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', minLength: 8, maxLength: 200 },
          },
        ]
      operation.responses = { ...successOf(operation), '4XX': problem, '5XX': problem }
    }
  }
  return document
}

/** Answers that are no JSON, or nothing at all, have no schema to be told by. */
function successOf(operation: Operation): Record<string, unknown> {
  const { default: _default, ...known } = operation.responses ?? {}
  if (operation['x-status'] === 204) return { '204': { description: 'Done.' } }
  if (Object.keys(known).some((status) => status.startsWith('2')) && !operation['produces']) return known
  return { [operation['x-status'] ?? 200]: { description: 'The file.' } }
}

const problem = {
  description: 'A refusal or a failure (RFC 9457).',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          detail: { type: 'string' },
          details: { type: 'object' },
          issues: {
            type: 'array',
            items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
          },
          traceId: { type: 'string' },
        },
      },
    },
  },
}

/** The document itself and the pages that show it. The pages' code is loaded when somebody first asks. */
export async function registerDocumentation(app: FastifyInstance): Promise<void> {
  let document: string | undefined
  app.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    document ??= JSON.stringify(app.swagger())
    return reply.header('access-control-allow-origin', '*').type('application/json').send(document)
  })
  // Where the `type` of a problem leads: what the code means, in both languages.
  app.get<{ Params: { code: string } }>('/api/errors/:code', { schema: { hide: true } }, (request, reply) => {
    const { code } = request.params
    if (!Object.hasOwn(errorCodes, code)) return reply.callNotFound()
    const { status } = errorCodes[code as ErrorCode]
    const words = { fr: rawText('fr', `error.${code}`), en: rawText('en', `error.${code}`) }
    return reply.send({ code, status, words })
  })
  await app.register(async (pages) => {
    pages.addHook('onRequest', (_request, reply, done) => {
      reply.header('content-security-policy', documentationPolicy)
      done()
    })
    let served: Promise<FastifyInstance> | undefined
    const show = async (request: FastifyRequest, reply: FastifyReply) => {
      served ??= documentationPages()
      const page = await (await served).inject({ method: 'GET', url: request.url })
      for (const name of ['content-type', 'cache-control', 'location', 'etag'])
        if (page.headers[name] !== undefined) reply.header(name, page.headers[name])
      return reply.code(page.statusCode).send(page.rawPayload)
    }
    pages.get('/api/docs', { schema: { hide: true } }, show)
    pages.get('/api/docs/*', { schema: { hide: true } }, show)
  })
}

/** The pages as a server of their own, made at the first question: their code takes 20 MB, and few ever ask. */
async function documentationPages(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const pages = fastify()
  await pages.register(reference, {
    routePrefix: '/api/docs',
    configuration: {
      url: '/api/openapi.json',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
    },
  })
  await pages.ready()
  return pages
}
