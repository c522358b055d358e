import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, idSchema, instantSchema } from './scalars.ts'

/** What chance is asked to sort: customers one by one, or whole shops with all their customers. */
export const experimentUnits = ['customer', 'site'] as const
export type ExperimentUnit = (typeof experimentUnits)[number]

/** What is counted of each customer within the window, and its unit; money in minor units. */
export const experimentKpis = {
  conversion: 'share',
  orders: 'count',
  revenue: 'money',
  margin: 'money',
  basket: 'money',
} as const
export type ExperimentKpi = keyof typeof experimentKpis
export const experimentKpiIds = Object.keys(experimentKpis) as [ExperimentKpi, ...ExperimentKpi[]]

export const experimentStates = ['draft', 'running', 'ended'] as const

const mostPeople = 2_147_483_647
const armSchema = z.strictObject({
  key: codeSchema.describe('What whoever asks for an arm is told.'),
  name: z.string().trim().min(1).max(80),
  share: z.int().min(1).max(99).describe('In per cent.'),
})
export type ExperimentArm = z.infer<typeof armSchema>

const armsSchema = z
  .array(armSchema)
  .min(2)
  .max(4)
  .describe('The first is the control: what is done today.')
  .refine((arms) => arms.reduce((sum, { share }) => sum + share, 0) === 100, { error: 'experiment.shares' })
  .refine((arms) => new Set(arms.map(({ key }) => key)).size === arms.length, { error: 'experiment.same_key' })

const questionSchema = z.strictObject({
  unit: z.enum(experimentUnits),
  kpi: z.enum(experimentKpiIds),
  windowDays: z.int().min(1).max(180).describe('A customer is counted over so many days from when they met it.'),
})

const designSchema = questionSchema.extend({
  effect: z
    .number()
    .min(1e-6)
    .max(1e9)
    .describe('The smallest difference worth seeing, in the unit of the figure: cents, a share of one, or orders.'),
  level: z.number().min(0.001).max(0.2).describe('How often an effect may be claimed where there is none.'),
  power: z.number().min(0.5).max(0.99).describe('How likely that effect is to be found.'),
  adjust: z.boolean().describe('Whether what customers spent the year before is taken out (CUPED).'),
  arms: armsSchema,
})
export type ExperimentDesign = z.output<typeof designSchema>

const shareSchema = z.number().min(0).max(1)
export const experimentBaselineSchema = z
  .strictObject({
    from: dateSchema,
    until: dateSchema.describe('Its last day.'),
    people: z.int().min(0).max(mostPeople).describe('Customers seen in the year before: who would have been asked.'),
    sampled: z.boolean().describe('There were more; these are drawn by chance.'),
    mean: z.number().min(-1e12).max(1e12),
    deviation: z.number().min(0).max(1e12).describe('Standard deviation between customers.'),
    buyers: shareSchema.describe('Who ordered within the window.'),
    varianceRatio: shareSchema
      .nullable()
      .describe('What is left of the variance once spending of before is taken out: 1 − ρ².'),
    reach: z
      .array(z.strictObject({ days: z.int().min(1).max(366), people: z.int().min(0).max(mostPeople) }))
      .max(30)
      .describe('How many different customers were seen in the last days.'),
    sites: z
      .strictObject({
        count: z.int().min(0).max(100_000),
        customers: z.number().min(0).max(mostPeople).describe('Customers of a shop: Σm² / Σm.'),
        likeness: shareSchema.describe('Intraclass correlation ρ: how alike customers of one shop are.'),
        varianceRatio: shareSchema.nullable().describe('Of the means of shops.'),
      })
      .nullable()
      .describe('Null where fewer than two shops have customers.'),
  })
  .meta({ id: 'ExperimentBaseline' })
export type ExperimentBaseline = z.infer<typeof experimentBaselineSchema>

export const experimentProblems = ['no_people', 'no_spread', 'above_one', 'few_people', 'few_sites'] as const
const planSchema = z
  .strictObject({
    problem: z.enum(experimentProblems).nullable().describe('Why it cannot be answered so.'),
    level: z.number().describe('Of one comparison: shared by as many arms as are compared with the control.'),
    varianceRatio: z.number().describe('Taken into account; 1 where nothing is taken out.'),
    designEffect: z.number().nullable().describe('1 + (m − 1)ρ where whole shops are drawn.'),
    perArm: z.array(z.strictObject({ key: z.string(), size: z.int() })).describe('Customers, or shops.'),
    total: z.int().nullable(),
    alwaysTotal: z.int().nullable().describe('As sure, however often one looks.'),
    days: z.int().nullable().describe('Until the last one’s window is over, at present traffic.'),
    available: z.int().describe('Customers seen in a year, or shops that have customers.'),
    smallest: z.number().nullable().describe('The smallest effect that all of these can show.'),
  })
  .meta({ id: 'ExperimentPlan' })
export type ExperimentPlan = z.infer<typeof planSchema>

export const experimentPlanBodySchema = z.strictObject({ design: designSchema, baseline: experimentBaselineSchema })
export type ExperimentPlanBody = z.output<typeof experimentPlanBodySchema>

export const newExperimentSchema = experimentPlanBodySchema.extend({
  name: z.string().trim().min(1).max(200),
  hypothesis: z.string().trim().min(1).max(2_000),
})
export type NewExperiment = z.output<typeof newExperimentSchema>
const changeSchema = newExperimentSchema.extend({
  revision: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .describe('That of what was read: a change made on an older one is refused.'),
})
export type ExperimentChange = z.output<typeof changeSchema>

const experimentSchema = z
  .strictObject({
    id: idSchema,
    revision: z.int(),
    name: z.string(),
    hypothesis: z.string(),
    design: designSchema,
    baseline: experimentBaselineSchema,
    plan: planSchema,
    seed: z.int(),
    state: z.enum(experimentStates),
    startedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    endedBy: z.string().nullable(),
    decision: z
      .strictObject({ arm: z.string().nullable(), why: z.string() })
      .nullable()
      .describe('The arm kept; null where none is.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
  })
  .meta({ id: 'Experiment' })
export type Experiment = z.infer<typeof experimentSchema>

const detailSchema = experimentSchema
  .extend({
    sites: z
      .array(z.strictObject({ siteId: idSchema, name: z.string(), arm: z.string(), customers: z.int() }))
      .describe('The arm of each shop, drawn at the start.'),
  })
  .meta({ id: 'ExperimentDetail' })
export type ExperimentDetail = z.infer<typeof detailSchema>

const differenceSchema = z.strictObject({
  effect: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  pValue: z.number(),
})
const comparisonSchema = z.strictObject({
  arm: z.string(),
  plain: differenceSchema.nullable().describe('Null while too few were measured.'),
  adjusted: differenceSchema.nullable().describe('With spending of before taken out.'),
  varianceRatio: z.number().nullable(),
  verdict: z
    .enum(['too_early', 'not_yet', 'better', 'worse', 'no_difference'])
    .describe('By the reading that was planned; `no_difference` where whole shops were compared, once.'),
  course: z
    .array(differenceSchema.extend({ day: dateSchema }))
    .describe('The same reading, as it would have been at the end of each day.'),
})
export type ExperimentComparison = z.infer<typeof comparisonSchema>

const resultsSchema = z
  .strictObject({
    at: instantSchema,
    arms: z
      .array(
        z.strictObject({
          key: z.string(),
          exposed: z.int().describe('Customers, or shops.'),
          measured: z.int().describe('Those whose window is over; of baskets, who ordered.'),
          mean: z.number().nullable(),
          deviation: z.number().nullable(),
        }),
      )
      .describe('In the order of the arms.'),
    waiting: z.int().describe('Whose window is not over.'),
    crossed: z.int().describe('Customers who met two arms before they became one; the first counts.'),
    mismatch: z
      .strictObject({ pValue: z.number(), warn: z.boolean() })
      .nullable()
      .describe('Whether the arms got as many as their shares say (chi-square).'),
    fewSites: z.boolean().describe('So few shops that one odd one may make the result.'),
    judgedOn: dateSchema.nullable().describe('Shops are compared once, on that day; until then nothing is said.'),
    comparisons: z.array(comparisonSchema),
  })
  .meta({ id: 'ExperimentResults' })
export type ExperimentResults = z.infer<typeof resultsSchema>

const params = z.strictObject({ experimentId: idSchema })

export const experimentEndpoints = {
  readExperimentBaseline: endpoint({
    method: 'GET',
    path: '/strategy/experiment-baseline',
    summary: 'What the firm’s own data say of a figure, to plan an experiment from',
    access: 'strategy:read',
    query: questionSchema.extend({ windowDays: z.coerce.number().pipe(questionSchema.shape.windowDays) }),
    response: experimentBaselineSchema,
  }),
  planExperiment: endpoint({
    method: 'POST',
    path: '/strategy/experiment-plan',
    summary: 'How many customers or shops an experiment needs, and how long',
    access: 'strategy:read',
    reads: true,
    body: experimentPlanBodySchema,
    response: planSchema,
  }),
  listExperiments: endpoint({
    method: 'GET',
    path: '/strategy/experiments',
    summary: 'Experiments: those that run first, then drafts, then those that ended',
    access: 'strategy:read',
    response: z.strictObject({ items: z.array(experimentSchema) }),
  }),
  createExperiment: endpoint({
    method: 'POST',
    path: '/strategy/experiments',
    summary: 'Writes an experiment down, as a draft',
    access: 'strategy:write',
    idempotent: true,
    status: 201,
    body: newExperimentSchema,
    response: detailSchema,
  }),
  getExperiment: endpoint({
    method: 'GET',
    path: '/strategy/experiments/{experimentId}',
    summary: 'An experiment with its plan and the shops of its arms',
    access: 'strategy:read',
    params,
    response: detailSchema,
  }),
  updateExperiment: endpoint({
    method: 'PUT',
    path: '/strategy/experiments/{experimentId}',
    summary: 'Changes a draft; what has begun does not change',
    access: 'strategy:write',
    params,
    body: changeSchema,
    response: detailSchema,
  }),
  deleteExperiment: endpoint({
    method: 'DELETE',
    path: '/strategy/experiments/{experimentId}',
    summary: 'Throws a draft away',
    access: 'strategy:write',
    status: 204,
    params,
  }),
  startExperiment: endpoint({
    method: 'POST',
    path: '/strategy/experiments/{experimentId}/start',
    summary: 'Begins a draft; from then on only its end changes it',
    access: 'strategy:write',
    params,
    response: detailSchema,
  }),
  endExperiment: endpoint({
    method: 'POST',
    path: '/strategy/experiments/{experimentId}/end',
    summary: 'Ends it with the arm that is kept, and why',
    access: 'strategy:write',
    params,
    body: z.strictObject({
      arm: codeSchema.nullable().describe('Null: none is kept.'),
      why: z.string().trim().min(1).max(2_000),
    }),
    response: detailSchema,
  }),
  askExperimentArm: endpoint({
    method: 'PUT',
    path: '/strategy/experiments/{experimentId}/people/{customerId}',
    summary: 'The arm of a customer; that they met the experiment is noted the first time it is asked',
    access: 'customers:write',
    params: params.extend({ customerId: idSchema }),
    response: z
      .strictObject({
        arm: z.string(),
        counted: z.boolean().describe('False for who is held out of everything, and once the experiment has ended.'),
        exposedAt: instantSchema.nullable(),
      })
      .meta({ id: 'ExperimentArmOfCustomer' }),
  }),
  readExperimentResults: endpoint({
    method: 'GET',
    path: '/strategy/experiments/{experimentId}/results',
    summary: 'What an experiment says so far; may be looked at as often as one likes',
    access: 'strategy:read',
    params,
    response: resultsSchema,
  }),
}
