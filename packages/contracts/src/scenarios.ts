import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { monthSchema } from './objectives.ts'
import { dateSchema, idSchema, instantSchema } from './scalars.ts'
import { longTextSchema, nameSchema, scenarioContentSchema } from './scenario-content.ts'
import { ventureEndpoints } from './ventures.ts'

/** Where a number comes from. */
export const figureSources = ['orders', 'costs', 'visits', 'default'] as const

const calibratedSchema = z
  .strictObject({
    figure: z.string().describe('`market.share`, `demand.growth`, `channel.web.orders`…'),
    value: z.number().nullable().describe('Null: no limit.'),
    source: z.enum(figureSources).describe('`default` where the figures tell nothing: set it by judgement.'),
    months: z.int().describe('Months it was read from.'),
    count: z.number().describe('Orders, visits or days it was read from.'),
  })
  .meta({ id: 'CalibratedFigure' })
export type CalibratedFigure = z.infer<typeof calibratedSchema>

/** Sums of one channel in one month, in euros without VAT. */
const channelMonthSchema = z
  .strictObject({
    month: monthSchema,
    channel: z.string(),
    days: z.int().describe('Days of the month that are counted.'),
    orders: z.number(),
    revenue: z.number().describe('After discounts and returns.'),
    goods: z.number(),
    handling: z.number().describe('Payment, picking, parcel and contacts.'),
    commission: z.number(),
    fixed: z.number(),
    visits: z.number(),
    visitOrders: z.number().describe('Orders of those whose visits are noted.'),
  })
  .meta({ id: 'ChannelMonth' })
export type ChannelMonth = z.infer<typeof channelMonthSchema>

export const calibrationNotes = [
  'short_season',
  'short_growth',
  'price_unknown',
  'share_unknown',
  'one_channel',
] as const

const snapshotSchema = z
  .strictObject({
    hash: z.string(),
    readAt: instantSchema,
    from: dateSchema,
    until: dateSchema,
    months: z.array(channelMonthSchema),
    figures: z.array(calibratedSchema),
    notes: z.array(z.enum(calibrationNotes)).describe('What the figures are too few to tell.'),
  })
  .meta({ id: 'ScenarioSnapshot' })
export type ScenarioSnapshot = z.infer<typeof snapshotSchema>

const intervalSchema = z.strictObject({ low: z.number(), median: z.number(), high: z.number() })
export type Interval = z.infer<typeof intervalSchema>

export const verdictSchema = z
  .strictObject({
    mean: z.number(),
    deviation: z.number(),
    low: z.number(),
    median: z.number(),
    high: z.number(),
    probabilityOfLoss: z.number(),
    worst: z.number(),
    payback: z.number().nullable(),
    probabilityOfPayback: z.number(),
    internalReturn: z.number().nullable(),
    funding: z.number(),
  })
  .meta({ id: 'ScenarioVerdict', description: 'Present values in euros; the payback in months, the return a year.' })
export type ScenarioVerdict = z.infer<typeof verdictSchema>

const channelResult = z.strictObject({
  channel: z.string(),
  orders: z.number(),
  revenue: z.number(),
  profit: z.number(),
  cash: z.number(),
  before: z.strictObject({ orders: z.number(), revenue: z.number(), profit: z.number(), cash: z.number() }),
})

const monthResult = z.strictObject({
  month: monthSchema,
  revenue: intervalSchema,
  result: intervalSchema.describe('What is left each month, moves not yet paid.'),
  balance: intervalSchema.describe('Cash since the beginning, more than by doing nothing.'),
  revenueBefore: z.number().describe('The median by doing nothing.'),
  moveCosts: z.number(),
})

export const scenarioResultsSchema = z
  .strictObject({
    gain: verdictSchema.describe('Of doing it rather than nothing.'),
    whole: verdictSchema.describe('Of the firm with it.'),
    before: verdictSchema.describe('Of the firm without it.'),
    channels: z.array(channelResult),
    moveCosts: z.number(),
    months: z.array(monthResult),
    tornado: z.strictObject({
      middle: z.number(),
      swings: z.array(
        z.strictObject({
          name: z.string(),
          lowFigure: z.number(),
          highFigure: z.number(),
          atLow: z.number(),
          atHigh: z.number(),
          breakEven: z.number().nullable(),
        }),
      ),
    }),
  })
  .meta({ id: 'ScenarioResults' })
export type ScenarioResults = z.infer<typeof scenarioResultsSchema>

export const runStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const

const runSchema = z
  .strictObject({
    id: idSchema,
    scenarioId: idSchema,
    version: z.int(),
    state: z.enum(runStates),
    progress: z.number(),
    attempts: z.int().describe('More than one: the server stopped meanwhile, and it was begun again.'),
    engineVersion: z.string(),
    seed: z.int(),
    draws: z.int(),
    inputHash: z.string(),
    resultsHash: z.string().nullable(),
    replaysId: idSchema.nullable(),
    sameBytes: z.boolean().nullable().describe('Whether a run made again came to the same bytes.'),
    problem: z.string().nullable(),
    results: scenarioResultsSchema.nullable(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ScenarioRun' })
export type ScenarioRun = z.infer<typeof runSchema>

const challengeSchema = z.strictObject({
  id: idSchema,
  assumption: z.string(),
  note: z.string(),
  at: instantSchema,
  by: z.string().nullable(),
})

const listItem = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    question: z.string(),
    version: z.int(),
    moves: z.int(),
    updatedAt: instantSchema,
    run: z
      .strictObject({
        id: idSchema,
        version: z.int(),
        state: z.enum(runStates),
        gain: verdictSchema.nullable(),
        startsOn: monthSchema,
        months: z.int(),
      })
      .nullable()
      .describe('The latest.'),
  })
  .meta({ id: 'ScenarioListItem' })
export type ScenarioListItem = z.infer<typeof listItem>

const scenarioSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    version: z.int(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    content: scenarioContentSchema,
    snapshot: snapshotSchema,
    versions: z.array(z.strictObject({ version: z.int(), at: instantSchema, by: z.string().nullable() })),
    challenges: z.array(challengeSchema),
    runs: z.array(runSchema.omit({ results: true })).describe('The newest first, at most twenty.'),
  })
  .meta({ id: 'Scenario' })
export type Scenario = z.infer<typeof scenarioSchema>

const backtestSchema = z
  .strictObject({
    fitted: z.int(),
    predicted: z.int(),
    error: z.number().describe('Sum of the misses over the sum of what came: 0.1 is ten per cent.'),
    repeated: z.number().describe('The same error of saying that each month repeats that of the year before.'),
    inside: z.number().describe('Share of months within the interval of nine in ten.'),
    months: z.array(
      z.strictObject({
        month: monthSchema,
        actual: z.number(),
        predicted: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
    channels: z.array(
      z.strictObject({ channel: z.string(), actual: z.number(), predicted: z.number(), error: z.number().nullable() }),
    ),
  })
  .meta({ id: 'Backtest' })
export type Backtest = z.infer<typeof backtestSchema>

const comparisonSchema = z
  .strictObject({
    runs: z.array(
      z.strictObject({
        runId: idSchema,
        scenarioId: idSchema,
        name: z.string(),
        version: z.int(),
        startsOn: monthSchema,
        results: scenarioResultsSchema,
        overFirst: z
          .strictObject({ mean: z.number(), low: z.number(), high: z.number(), better: z.number() })
          .nullable()
          .describe('Against the first, draw by draw: `better` is how often it gains more. Null for the first.'),
      }),
    ),
  })
  .meta({ id: 'ScenarioComparison' })
export type ScenarioComparison = z.infer<typeof comparisonSchema>

const scenarioParams = z.strictObject({ scenarioId: idSchema })
const runParams = z.strictObject({ runId: idSchema })
const runBody = z.strictObject({
  version: z.int().min(1).max(2_147_483_647).optional().describe('The latest unless said.'),
  draws: z.int().min(100).max(20_000).default(2_000),
  seed: z.int().min(0).max(2_147_483_647).default(1).describe('Scenarios of one seed share their chance.'),
})

/** Identifiers in an address, between commas. */
const idList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(idSchema).min(2).max(4))

export const scenarioEndpoints = {
  listScenarios: endpoint({
    method: 'GET',
    path: '/strategy/scenarios',
    summary: 'Scenarios, each with its latest run',
    access: 'strategy:read',
    response: z.strictObject({ items: z.array(listItem) }),
  }),
  createScenario: endpoint({
    method: 'POST',
    path: '/strategy/scenarios',
    summary: 'Begin a scenario from the firm’s own figures, or as a copy of another',
    access: 'strategy:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({ name: nameSchema, question: longTextSchema, copyOf: idSchema.nullable().default(null) }),
    response: scenarioSchema,
  }),
  getScenario: endpoint({
    method: 'GET',
    path: '/strategy/scenarios/{scenarioId}',
    summary: 'A scenario: moves, numbers with their sources, assumptions and runs',
    access: 'strategy:read',
    params: scenarioParams,
    query: z.strictObject({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
    response: scenarioSchema,
  }),
  saveScenario: endpoint({
    method: 'PUT',
    path: '/strategy/scenarios/{scenarioId}',
    summary: 'Write the next version of a scenario',
    access: 'strategy:write',
    params: scenarioParams,
    body: z.strictObject({
      name: nameSchema,
      version: z
        .int()
        .min(1)
        .max(2_147_483_647)
        .describe('The version that was changed; refused when there is a newer one.'),
      content: scenarioContentSchema,
      recalibrate: z.boolean().default(false).describe('Whether the firm’s figures are read again.'),
    }),
    response: scenarioSchema,
  }),
  archiveScenario: endpoint({
    method: 'POST',
    path: '/strategy/scenarios/{scenarioId}/archive',
    summary: 'Take a scenario off the list; its runs and memos stay',
    access: 'strategy:write',
    params: scenarioParams,
    status: 204,
  }),
  challengeAssumption: endpoint({
    method: 'POST',
    path: '/strategy/scenarios/{scenarioId}/challenges',
    summary: 'Hold something against an assumption, or answer to that',
    access: 'strategy:write',
    status: 201,
    idempotent: true,
    params: scenarioParams,
    body: z.strictObject({ assumption: z.string().trim().min(1).max(500), note: z.string().trim().min(1).max(1_000) }),
    response: scenarioSchema,
  }),
  runScenario: endpoint({
    method: 'POST',
    path: '/strategy/scenarios/{scenarioId}/runs',
    summary: 'Simulate a scenario in the background',
    access: 'strategy:write',
    status: 202,
    idempotent: true,
    params: scenarioParams,
    body: runBody,
    response: runSchema,
  }),
  getScenarioRun: endpoint({
    method: 'GET',
    path: '/strategy/runs/{runId}',
    summary: 'A run: how far it is, and its results',
    access: 'strategy:read',
    params: runParams,
    response: runSchema,
  }),
  cancelScenarioRun: endpoint({
    method: 'POST',
    path: '/strategy/runs/{runId}/cancel',
    summary: 'Stop a run that is not over',
    access: 'strategy:write',
    params: runParams,
    response: runSchema,
  }),
  replayScenarioRun: endpoint({
    method: 'POST',
    path: '/strategy/runs/{runId}/replay',
    summary: 'Compute a run again from its stored input, and say whether its bytes are the same',
    access: 'strategy:write',
    status: 202,
    idempotent: true,
    params: runParams,
    response: runSchema,
  }),
  compareScenarioRuns: endpoint({
    method: 'GET',
    path: '/strategy/comparison',
    summary: 'Two to four runs side by side, draw by draw',
    access: 'strategy:read',
    query: z.strictObject({ runs: idList }),
    response: comparisonSchema,
  }),
  backtestScenarios: endpoint({
    method: 'GET',
    path: '/strategy/backtest',
    summary: 'How well the calibration on two years would have predicted the third',
    access: 'strategy:read',
    response: backtestSchema,
  }),
  ...ventureEndpoints,
}
