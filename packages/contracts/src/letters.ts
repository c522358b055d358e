import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

const microSchema = z.int().min(0).max(1_000_000_000).describe('Millionths of a euro.')

export const letterTariffSchema = z
  .strictObject({
    bothSides: z.boolean().describe('Whether a sheet is printed on both sides.'),
    sheetGrams: z.number().min(1).max(50),
    envelopeGrams: z.number().min(0).max(200),
    sheetMicro: microSchema.describe('Printing and paper of a sheet, in millionths of a euro.'),
    classes: z
      .array(z.strictObject({ upToGrams: z.int().min(1).max(3_000), micro: microSchema }))
      .min(1)
      .max(12)
      .describe('What the post asks up to each weight.'),
  })
  .meta({ id: 'LetterTariff' })
export type LetterTariff = z.output<typeof letterTariffSchema>

const weighed = {
  sheets: z.int(),
  costMicro: z.int().describe('Printing and postage, in millionths of a euro.'),
}

export const letterBatchSchema = z
  .strictObject({
    id: idSchema,
    number: z.int(),
    letters: z.int(),
    ...weighed,
    classes: z
      .array(z.strictObject({ upToGrams: z.int(), letters: z.int(), ...weighed }))
      .describe('The ticket of the job: how many letters of each weight, their sheets and what they cost.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    handedOverAt: instantSchema.nullable().describe('When the post, or whoever prints, had them; null: not yet.'),
    returned: z.int().describe('Letters that came back.'),
    answered: z.int().describe('Letters whose code was told.'),
  })
  .meta({ id: 'LetterBatch' })
export type LetterBatch = z.output<typeof letterBatchSchema>

/** Why the post brought a letter back; `npai`: nobody of that name lives there. */
export const letterReturnReasons = ['npai', 'access', 'refused', 'unclaimed', 'deceased', 'other'] as const
export type LetterReturnReason = (typeof letterReturnReasons)[number]

const codeSchema = z.string().trim().min(1).max(300).describe('As printed on the letter, or what a scanner read of it.')
const queued = z.strictObject({
  queued: z.int(),
  leftOut: z.record(z.string(), z.int()).describe('Who gets none, by why.'),
})
const told = z.strictObject({
  customerId: idSchema,
  name: z.string(),
  subject: z.string(),
  news: z.boolean().describe('Whether it was not told before.'),
})

export const letterEndpoints = {
  getLetterTariff: endpoint({
    method: 'GET',
    path: '/letter-tariff',
    summary: 'What letters weigh and cost',
    access: 'messages:read',
    response: letterTariffSchema,
  }),
  putLetterTariff: endpoint({
    method: 'PUT',
    path: '/letter-tariff',
    summary: 'Say what letters weigh and cost; those that were drawn keep their cost',
    access: 'messages:write',
    body: letterTariffSchema,
    response: letterTariffSchema,
  }),
  previewLetter: endpoint({
    method: 'GET',
    path: '/mail-templates/{templateId}/letter',
    summary: 'A template as a letter, with examples for its variables (PDF, A4)',
    access: 'messages:read',
    params: z.strictObject({ templateId: idSchema }),
    query: z.strictObject({ locale: localeSchema }),
    produces: 'application/pdf',
  }),
  queueLetter: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/letters',
    summary: 'Write a letter to a customer, from a template; it leaves with the next batch, if it may',
    access: 'messages:write',
    status: 202,
    idempotent: true,
    params: z.strictObject({ customerId: idSchema }),
    body: z.strictObject({ templateId: idSchema }),
    response: queued,
  }),
  queueLettersOfSegment: endpoint({
    method: 'POST',
    path: '/segments/{segmentId}/letters',
    summary: 'Write a letter to the members of a segment who may get one; each gets a version of a template once',
    access: 'messages:write',
    status: 202,
    idempotent: true,
    params: z.strictObject({ segmentId: idSchema }),
    body: z.strictObject({ templateId: idSchema }),
    response: queued,
  }),
  listLetterBatches: endpoint({
    method: 'GET',
    path: '/letter-batches',
    summary: 'Batches of letters, newest first, and how many letters wait for one',
    access: 'messages:read',
    query: z.strictObject(cursorQuery),
    response: pageOf(letterBatchSchema).extend({ waiting: z.int() }),
  }),
  drawLetters: endpoint({
    method: 'POST',
    path: '/letter-batches',
    summary: 'Make a batch of the letters that wait and may leave; the others are refused, with why',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    response: z.strictObject({
      batch: letterBatchSchema.nullable().describe('Null: none of them may leave.'),
      refused: z.record(z.string(), z.int()).describe('Letters that may not leave, by why.'),
      waiting: z.int().describe('Letters left for another batch.'),
    }),
  }),
  getLetterBatchFile: endpoint({
    method: 'GET',
    path: '/letter-batches/{batchId}/file',
    summary: 'The letters of a batch in one file, or the ticket of the job (PDF, A4)',
    access: 'messages:write',
    params: z.strictObject({ batchId: idSchema }),
    query: z.strictObject({ part: z.enum(['letters', 'ticket']).default('letters') }),
    produces: 'application/pdf',
  }),
  handOverLetters: endpoint({
    method: 'POST',
    path: '/letter-batches/{batchId}/hand-over',
    summary: 'Note that the post, or whoever prints, has a batch: its letters are sent then',
    access: 'messages:write',
    params: z.strictObject({ batchId: idSchema }),
    response: letterBatchSchema,
  }),
  returnLetter: endpoint({
    method: 'POST',
    path: '/letters/returns',
    summary: 'Note that a letter came back: no more is sent to an address where nobody is found',
    access: 'messages:write',
    body: z.strictObject({ code: codeSchema, reason: z.enum(letterReturnReasons) }),
    response: told,
  }),
  noteLetterAnswer: endpoint({
    method: 'POST',
    path: '/letters/answers',
    summary: 'Note that somebody showed or told the code of a letter: at the desk, at the till, on the telephone',
    access: 'till:sell',
    body: z.strictObject({ code: codeSchema, siteId: idSchema.optional().describe('Where it was shown.') }),
    response: told,
  }),
  answerLetter: endpoint({
    method: 'POST',
    path: '/letters/codes',
    summary: 'Answer a letter by its code, in the shop',
    access: 'public',
    body: z.strictObject({
      code: codeSchema,
      stop: z.boolean().default(false).describe('To receive no more letters.'),
    }),
    response: z.strictObject({ subject: z.string() }),
  }),
}
