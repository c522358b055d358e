import type { FastifyInstance } from 'fastify'

/** A schema of the document, as far as these tests read it. */
export type JsonSchema = {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  $ref?: string
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  additionalProperties?: boolean | JsonSchema
}

/** One operation of the OpenAPI document: tests enumerate these, so that no route is forgotten. */
export type Operation = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly access: string
  readonly consumes: string | undefined
  readonly parameters: readonly {
    name: string
    in: 'path' | 'query' | 'header'
    required?: boolean
    schema: JsonSchema
  }[]
  readonly body: JsonSchema | undefined
}

type Document = {
  paths: Record<string, Record<string, Record<string, unknown>>>
  components?: { schemas?: Record<string, JsonSchema> }
}

/** All operations of the API, read from its OpenAPI document. */
export async function operationsOf(
  app: FastifyInstance,
): Promise<{ operations: Operation[]; schemas: Record<string, JsonSchema> }> {
  const answer = await app.inject({ url: '/api/openapi.json' })
  const document = answer.json<Document>()
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const body = operation['requestBody'] as { content?: Record<string, { schema?: JsonSchema }> } | undefined
      return {
        id: String(operation['operationId']),
        method: method.toUpperCase() as Operation['method'],
        path,
        access: String(operation['x-access']),
        consumes: Object.keys(body?.content ?? {})[0],
        parameters: (operation['parameters'] as Operation['parameters'] | undefined) ?? [],
        body: body?.content?.['application/json']?.schema,
      }
    }),
  )
  return { operations, schemas: document.components?.schemas ?? {} }
}

const nobody = '01900000-0000-7000-8000-000000000000'

/** An address of an operation that is well formed and names nothing that exists. */
export function addressOf(operation: Operation, fill: (name: string) => string = () => nobody): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(fill(name)))
}
