import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'

export type Tracing = { register(app: FastifyInstance): Promise<void>; stop(): Promise<void> }

/**
 * OpenTelemetry, when an endpoint is set: a span for each request and each hook, sent by OTLP over HTTP. Nothing of it is
 * loaded otherwise, for it weighs tens of megabytes.
 */
export async function startTracing({ otlpEndpoint }: Config): Promise<Tracing | undefined> {
  if (otlpEndpoint === null) return undefined
  const [{ NodeSDK }, { FastifyOtelInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@fastify/otel'),
  ])
  // The SDK reads the endpoint's variable itself, with all the others of its standard (headers, protocol, sampling).
  const sdk = new NodeSDK({ serviceName: 'ecluse' })
  sdk.start()
  const instrumentation = new FastifyOtelInstrumentation({ registerOnInitialization: false })
  return {
    register: async (app) => await app.register(instrumentation.plugin()),
    stop: () => sdk.shutdown(),
  }
}
