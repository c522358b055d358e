import fastify from 'fastify'

/** A bare Fastify that answers the same bytes whatever is asked: what reads are measured against. */
const bodies = new Map<string, { type: string; bytes: Buffer }>()
const app = fastify()
app.get('/*', (request, reply) => {
  const body = bodies.get(request.url)
  return body ? reply.type(body.type).send(body.bytes) : reply.code(404).send()
})
process.on('message', (message: { path: string; type: string; text: string }) => {
  bodies.set(message.path, { type: message.type, bytes: Buffer.from(message.text) })
  process.send?.({ kept: message.path })
})
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
process.send?.({ ready: true })
process.once('disconnect', () => process.exit(0))
