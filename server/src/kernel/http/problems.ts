import type { ErrorCode } from '@ecluse/contracts/errors.ts'
import type { Problem } from '@ecluse/contracts/client.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isConnectionLost } from '../db.ts'
import { Refusal, refuse } from '../errors.ts'
import { localeOf, text } from '../messages.ts'

/** Makes every refusal and failure an RFC 9457 problem in the caller's language, with a code that programs branch on. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = refusalOf(error) ?? refusalOfHalves(error, request)
    if (refusal) return send(request, reply, refusal, issuesOf(error))
    if (isConnectionLost(error)) {
      request.log.warn({ reqId: request.id, err: error }, 'the database is away')
      return send(request, reply, refuse('kernel.overloaded'))
    }
    request.log.error({ reqId: request.id, err: error }, 'request failed')
    return send(request, reply, refuse('kernel.internal'))
  })
}

/** Answers with a problem. */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  issues?: Problem['issues'],
): FastifyReply {
  const locale = localeOf(request.headers['accept-language'])
  const details = refusal.details as Record<string, string | number>
  const problem: Problem = {
    type: `/api/errors/${refusal.code}`,
    title: text(locale, 'error.title', { status: refusal.status }),
    status: refusal.status,
    code: refusal.code,
    detail: text(locale, `error.${refusal.code}`, details),
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(issues ? { issues } : {}),
    traceId: request.id,
  }
  if (refusal.code === 'kernel.too_many_requests')
    reply.header('retry-after', String(details['retryAfterSeconds'] ?? 60))
  return reply
    .code(refusal.status)
    .header('content-language', locale)
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

const byFastifyCode: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'kernel.too_large',
  FST_REQ_FILE_TOO_LARGE: 'kernel.too_large',
  FST_PARTS_LIMIT: 'kernel.too_large',
  FST_FIELDS_LIMIT: 'kernel.too_large',
  FST_FILES_LIMIT: 'kernel.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'kernel.unsupported_media_type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'kernel.unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'kernel.invalid_input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'kernel.invalid_input',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'kernel.invalid_input',
  FST_UNDER_PRESSURE: 'kernel.overloaded',
}

/** SQLSTATEs of texts PostgreSQL cannot hold: a NUL, half a surrogate pair. No schema of JSON forbids them. */
const unstorable: ReadonlySet<string> = new Set(['22021', '22P05'])

/** Half a surrogate pair in JSON, where PostgreSQL reads it as such, fails as any text that is no JSON does: what was sent tells it apart. */
function refusalOfHalves(error: FastifyError | Refusal, { body }: FastifyRequest): Refusal | undefined {
  if (error.code !== '22P02') return undefined
  // Pairs are written as they are; only a half is escaped.
  const half = /(?<!\\)(?:\\\\)*\\ud[89a-f][\da-f]{2}/.test(JSON.stringify(body) ?? '')
  return half ? refuse('kernel.invalid_input') : undefined
}

function refusalOf(error: FastifyError | Refusal): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (hasZodFastifySchemaValidationErrors(error)) return refuse('kernel.invalid_input')
  const code = byFastifyCode[error.code]
  if (unstorable.has(error.code)) return refuse('kernel.invalid_input')
  if (code === 'kernel.too_large' || code === 'kernel.unsupported_media_type' || code === 'kernel.invalid_input')
    return refuse(code)
  if (code === 'kernel.overloaded') return refuse(code)
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return refuse('kernel.invalid_input')
  return undefined
}

function issuesOf(error: unknown): Problem['issues'] {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  return error.validation.map((issue) => ({
    path: `${error.validationContext ?? 'body'}${issue.instancePath}`,
    message: issue.message ?? 'invalid',
  }))
}
