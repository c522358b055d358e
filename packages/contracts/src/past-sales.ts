import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { dateSchema } from './scalars.ts'

/** The name of the system sales of before come from, as their file says it. */
export const pastSourceSchema = z.string().trim().min(1).max(40)

const sourceSchema = z
  .strictObject({
    source: pastSourceSchema,
    sales: z.int(),
    lines: z.int(),
    contactDays: z.int().describe('Days and channels of which visits or spending are known.'),
    from: dateSchema,
    until: dateSchema,
    netMinor: z.int().describe('What was sold less what came back, without VAT.'),
  })
  .meta({ id: 'PastSource', description: 'What one system told of the time before Écluse.' })
export type PastSource = z.infer<typeof sourceSchema>

export const pastSaleEndpoints = {
  listPastSources: endpoint({
    method: 'GET',
    path: '/insights/past',
    summary: 'Systems whose sales of before are counted in the figures',
    access: 'insights:read',
    response: z.strictObject({ items: z.array(sourceSchema) }),
  }),
  forgetPast: endpoint({
    method: 'DELETE',
    path: '/insights/past/{source}',
    summary: 'Takes what one system told of before out of the figures',
    access: 'interchange:write',
    status: 204,
    params: z.strictObject({ source: pastSourceSchema }),
  }),
}
