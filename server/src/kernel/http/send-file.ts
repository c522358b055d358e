import { createReadStream } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { byteRange } from './byte-range.ts'

export type SentFile = {
  readonly path: string
  readonly bytes: number
  readonly fileName: string
  /** Changes with its content. */
  readonly etag: string
}

/**
 * The part of a file a request is for: a range holds only while the file is the one the client began with (`If-Range`).
 */
export function rangeAsked(request: FastifyRequest, { bytes, etag }: Pick<SentFile, 'bytes' | 'etag'>) {
  const ifRange = request.headers['if-range']
  return ifRange === undefined || ifRange === `"${etag}"` ? byteRange(request.headers.range, bytes) : null
}

/**
 * Sends a file to be kept, never to be shown: whatever is in it, no browser runs it. Ranges are honoured (RFC 9110, 14); nothing on
 * the way may keep a copy.
 */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): FastifyReply {
  const range = rangeAsked(request, file)
  void reply
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, no-store')
    .header('content-disposition', attachment(file.fileName))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('etag', `"${file.etag}"`)
    .header('x-content-type-options', 'nosniff')
    .type('application/octet-stream')
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.bytes}`).send()
  const { from, to } = range ?? { from: 0, to: file.bytes - 1 }
  void reply.header('content-length', to - from + 1)
  if (range) void reply.code(206).header('content-range', `bytes ${from}-${to}/${file.bytes}`)
  if (request.method === 'HEAD') return reply.send()
  return reply.send(createReadStream(file.path, { start: from, end: to }))
}

/** The name of a file as a header carries it: plain letters for old clients, all of it for others (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const plain = fileName
    .normalize('NFKD')
    .replace(/[^\w .()-]/g, '')
    .trim()
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain || 'file'}"; filename*=UTF-8''${encoded}`
}
