import type { FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'
import type { Config } from '../config.ts'
import { assert } from '../assert.ts'

/**
 * How answers become JSON. In tests and development each is held against its schema, strictly: a property the contract does
 * not name is a leak and a bug. In production the handlers' own words are written as they are.
 */
export function responseSerializer(environment: Config['environment']): FastifySerializerCompiler<z.ZodType> {
  if (environment === 'production') return () => (data) => JSON.stringify(data)
  return ({ schema, method, url }) =>
    (data) => {
      const parsed = schema.safeParse(data)
      assert(parsed.success, `the answer of ${method} ${url} matches its contract: ${parsed.error?.message ?? ''}`)
      return JSON.stringify(parsed.data)
    }
}
