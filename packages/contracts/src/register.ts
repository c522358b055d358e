import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instantSchema, localeSchema } from './scalars.ts'

/** Processing activities, as the code declares them: each has the tables of some modules. */
export const processingActivities = [
  'customers',
  'accounts',
  'orders',
  'payments',
  'service',
  'loyalty',
  'contacts',
  'studies',
  'rights',
  'records',
] as const
export type ProcessingActivity = (typeof processingActivities)[number]

export const legalBases = ['contract', 'consent', 'legal_obligation', 'legitimate_interest'] as const

const line = z.string().trim().max(300)
const words = z.string().trim().max(2_000)

/** What only the firm can say (GDPR, article 30.1). Empty: not said yet. */
export const registerContentSchema = z
  .strictObject({
    controller: z.strictObject({ name: line, address: line, email: line, phone: line }),
    representative: line.describe('Of a controller that is not established in the Union.'),
    dpo: z.strictObject({ name: line, email: line }),
    transfers: words.describe(
      'To countries outside the Union or to international organisations, and by which guarantees.',
    ),
    security: words.describe('Technical and organisational measures (article 32.1).'),
    recipients: words.describe('Others who are given data: accountants, carriers, advisers.'),
  })
  .meta({ id: 'RegisterContent' })
export type RegisterContent = z.infer<typeof registerContentSchema>

const activitySchema = z.strictObject({
  activity: z.enum(processingActivities),
  basis: z.enum(legalBases),
  tables: z.array(z.string()).describe('Whose rows speak of people.'),
  categories: z.array(z.string()).describe('What kinds of data, in the language asked.'),
  people: z.string(),
  purpose: z.string(),
  retention: z.string(),
  recipients: z.array(z.string()).describe('Who is given data by the software itself, as it is set up.'),
})

const registerSchema = z
  .strictObject({
    version: z.int().min(0),
    since: instantSchema.nullable(),
    actor: z.string().nullable(),
    content: registerContentSchema,
    missing: z.array(z.string()).describe('What the law asks and nobody said yet.'),
    activities: z.array(activitySchema),
  })
  .meta({ id: 'ProcessingRegister' })
export type ProcessingRegister = z.infer<typeof registerSchema>

const query = z.strictObject({ locale: localeSchema.optional() })

export const registerEndpoints = {
  getRegister: endpoint({
    method: 'GET',
    path: '/rights/register',
    summary: 'The register of processing: what the software does with data of people, and what the firm says of it',
    access: 'rights:manage',
    query,
    response: registerSchema,
  }),
  putRegister: endpoint({
    method: 'PUT',
    path: '/rights/register',
    summary: 'Say what only the firm can say of its processing',
    access: 'rights:manage',
    idempotent: true,
    body: registerContentSchema,
    response: registerSchema,
  }),
  getRegisterCsv: endpoint({
    method: 'GET',
    path: '/rights/register.csv',
    summary: 'The register as CSV, one activity on each line',
    access: 'rights:manage',
    query,
    produces: 'text/csv',
  }),
  getRegisterPdf: endpoint({
    method: 'GET',
    path: '/rights/register.pdf',
    summary: 'The register as a PDF',
    access: 'rights:manage',
    query,
    produces: 'application/pdf',
  }),
}
