import { z } from 'zod'
import { circuitsSchema, directChannelSchema } from './circuits.ts'
import { endpoint } from './endpoint.ts'
import { outletQuestionSchema } from './outlets.ts'
import { idSchema, instantSchema } from './scalars.ts'

/** Questions of the desk whose answer is computed while one waits: kept as they were asked, answered again when they are opened. */
const questions = {
  outlets: outletQuestionSchema,
  direct_channel: directChannelSchema,
  circuits: circuitsSchema,
} as const
export type StudyKind = keyof typeof questions
export const studyKinds = Object.keys(questions) as [StudyKind, ...StudyKind[]]
export type StudyQuestion<Kind extends StudyKind> = z.infer<(typeof questions)[Kind]>

/** A schema for each kind: what is asked, with some fields beside. */
const asked = <Beside extends z.ZodRawShape>(beside: Beside) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ ...beside, kind: z.literal('outlets'), question: questions.outlets }),
    z.strictObject({ ...beside, kind: z.literal('direct_channel'), question: questions.direct_channel }),
    z.strictObject({ ...beside, kind: z.literal('circuits'), question: questions.circuits }),
  ])

const name = z.string().trim().min(1).max(200)
const newStudySchema = asked({ name }).meta({ id: 'NewStudy' })
export type NewStudy = z.output<typeof newStudySchema>
const studyChangeSchema = asked({
  name,
  revision: z.int().min(1).max(2_147_483_647).describe('That of what was read.'),
}).meta({ id: 'StudyChange' })
export type StudyChange = z.output<typeof studyChangeSchema>

const head = {
  id: idSchema,
  revision: z.int(),
  name: z.string(),
  savedAt: instantSchema,
  savedBy: z.string().nullable(),
}
const studyHeadSchema = z.strictObject({ ...head, kind: z.enum(studyKinds) }).meta({ id: 'StudyHead' })
export type StudyHead = z.infer<typeof studyHeadSchema>
const studySchema = asked(head).meta({ id: 'Study' })
export type Study = z.infer<typeof studySchema>
export type StudyOf<Kind extends StudyKind> = Extract<Study, { kind: Kind }>

const params = z.strictObject({ studyId: idSchema })

export const studyEndpoints = {
  listStudies: endpoint({
    method: 'GET',
    path: '/strategy/studies',
    summary: 'Studies of a kind, the last saved first',
    access: 'strategy:read',
    query: z.strictObject({ kind: z.enum(studyKinds) }),
    response: z.strictObject({ items: z.array(studyHeadSchema) }),
  }),
  createStudy: endpoint({
    method: 'POST',
    path: '/strategy/studies',
    summary: 'Keep a study',
    access: 'strategy:write',
    idempotent: true,
    status: 201,
    body: newStudySchema,
    response: studySchema,
  }),
  getStudy: endpoint({
    method: 'GET',
    path: '/strategy/studies/{studyId}',
    summary: 'A study',
    access: 'strategy:read',
    params,
    response: studySchema,
  }),
  updateStudy: endpoint({
    method: 'PUT',
    path: '/strategy/studies/{studyId}',
    summary: 'Save a study again',
    access: 'strategy:write',
    params,
    body: studyChangeSchema,
    response: studySchema,
  }),
  deleteStudy: endpoint({
    method: 'DELETE',
    path: '/strategy/studies/{studyId}',
    summary: 'Delete a study',
    access: 'strategy:write',
    status: 204,
    params,
  }),
}
