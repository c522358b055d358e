import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { assert } from '../assert.ts'
import { createByteCache } from '../byte-cache.ts'

/** An answer ready to be sent: JSON as bytes, the tag that stands for it, and whether it still tells the truth. */
export type KeptAnswer = { readonly body: Buffer; readonly etag: string; isCurrent(): boolean }

/** Answers of one public route that depend on nothing but its address. */
export type KeptAnswers = {
  /** Answers from memory, once the caller may come in and before anything is parsed or validated. */
  readonly onRequest: onRequestHookHandler
  /** Keeps an answer for whoever asks the same next, and sends it. */
  send(answer: KeptAnswer, http: { request: FastifyRequest; reply: FastifyReply }): FastifyReply
}

/** @param mostBytes what is kept of the route's answers */
export function keepAnswers(mostBytes: number): KeptAnswers {
  const kept = createByteCache<KeptAnswer>(mostBytes)
  return {
    onRequest(request, reply, done) {
      const answer = kept.get(request.url)
      if (answer?.isCurrent()) sendBytes(answer, request, reply)
      else done()
    },
    send(answer, { request, reply }) {
      kept.set(request.url, answer, answer.body.length + 400)
      return sendBytes(answer, request, reply)
    },
  }
}

/** Makes an answer of what it says. */
export function answerOf(data: unknown, isCurrent: () => boolean): KeptAnswer {
  const body = Buffer.from(JSON.stringify(data))
  assert(body.length > 0, 'an answer has a body')
  return { body, etag: `W/"${createHash('sha1').update(body).digest('base64url')}"`, isCurrent }
}

function sendBytes({ body, etag }: KeptAnswer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('etag', etag).header('cache-control', 'public, max-age=0, must-revalidate')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.header('content-type', 'application/json; charset=utf-8').send(body)
}
