import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { roles } from './permissions.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, pageOf, textSchema } from './scalars.ts'

const upTo = (length: number) => z.strictObject({ fr: z.string().max(length), en: z.string().max(length) })

const choiceSchema = z.strictObject({
  id: codeSchema,
  text: upTo(400),
  right: z.boolean(),
})
const questionSchema = z.strictObject({
  id: codeSchema,
  text: upTo(600),
  several: z.boolean().describe('Whether whoever answers may choose more than one.'),
  choices: z.array(choiceSchema).max(8),
  explanation: upTo(1_500).describe('Shown once it was answered.'),
})
const lessonSchema = z.strictObject({
  id: codeSchema,
  title: upTo(160),
  body: upTo(8_000).describe('Paragraphs between empty lines; lines that begin with “- ” are a list.'),
})
export type TrainingLesson = z.infer<typeof lessonSchema>
export type TrainingQuestion = z.infer<typeof questionSchema>

const differentIds = (items: readonly { id: string }[]) => new Set(items.map(({ id }) => id)).size === items.length

/** All that a course says, as a draft keeps it and each published version holds it for good. */
export const courseContentSchema = z
  .strictObject({
    title: z.strictObject({ fr: z.string().trim().min(1).max(160), en: z.string().trim().min(1).max(160) }),
    summary: upTo(600),
    lessons: z.array(lessonSchema).max(30).refine(differentIds, { error: 'training.same_id' }),
    questions: z
      .array(questionSchema)
      .max(50)
      .refine(differentIds, { error: 'training.same_id' })
      .refine((questions) => questions.every(({ choices }) => differentIds(choices)), { error: 'training.same_id' }),
    passPercent: z.int().min(1).max(100).describe('Of the questions that must be right.'),
    validMonths: z.int().min(1).max(120).nullable().describe('How long having passed holds; null: for good.'),
  })
  .meta({ id: 'CourseContent' })
export type CourseContent = z.infer<typeof courseContentSchema>

export const courseGapKinds = ['words', 'no_lesson', 'no_question', 'choices', 'right', 'one_right'] as const

/** What a course lacks to be published: of which question, counted from one, where it is one’s. */
export type CourseGap = { readonly kind: (typeof courseGapKinds)[number]; readonly question: number | null }

/** What a course lacks to be published, in the order of its page; the server asks the same before it publishes. */
export function courseGaps({ title, summary, lessons, questions }: CourseContent): CourseGap[] {
  const filled = (text: { fr: string; en: string }) => text.fr.trim() !== '' && text.en.trim() !== ''
  const gaps: CourseGap[] = []
  const words = [title, summary, ...lessons.flatMap((lesson) => [lesson.title, lesson.body])]
  if (!words.every(filled)) gaps.push({ kind: 'words', question: null })
  if (lessons.length === 0) gaps.push({ kind: 'no_lesson', question: null })
  if (questions.length === 0) gaps.push({ kind: 'no_question', question: null })
  questions.forEach(({ text, explanation, choices, several }, at) => {
    const right = choices.filter((choice) => choice.right).length
    const add = (kind: CourseGap['kind']) => gaps.push({ kind, question: at + 1 })
    if (![text, explanation, ...choices.map((choice) => choice.text)].every(filled)) add('words')
    if (choices.length < 2) add('choices')
    if (right === 0) add('right')
    else if (right > 1 && !several) add('one_right')
  })
  return gaps
}

export const courseStates = ['draft', 'published', 'withdrawn'] as const
const stateSchema = z.enum(courseStates)
export type CourseState = z.infer<typeof stateSchema>

const daysSchema = z.int().min(1).max(730)
const assignmentSchema = z.strictObject({
  role: z.enum(roles).nullable().describe('Null: whatever the role.'),
  siteId: idSchema.nullable().describe('Those who work in that shop by name; null: wherever they work.'),
  dueDays: daysSchema.nullable().describe('Days they have from when it concerns them; null: whenever they like.'),
})
export type CourseAssignment = z.infer<typeof assignmentSchema>

const courseSchema = z
  .strictObject({
    id: idSchema,
    revision: z.int(),
    state: stateSchema,
    title: textSchema,
    version: z.int().nullable().describe('The one that is published, or was last.'),
    changed: z.boolean().describe('The draft says something else than the published version.'),
    people: z.int().describe('Members of staff it is for.'),
    passed: z.int().describe('Of those, who have passed and for whom it still holds.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
  })
  .meta({ id: 'Course' })
export type Course = z.infer<typeof courseSchema>

const courseDetailSchema = courseSchema
  .extend({
    draft: courseContentSchema,
    assignments: z.array(assignmentSchema),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        retake: z.boolean().describe('Who had passed an earlier one has to pass again.'),
        publishedAt: instantSchema,
        publishedBy: z.string().nullable(),
        attempts: z.int(),
      }),
    ),
  })
  .meta({ id: 'CourseDetail' })
export type CourseDetail = z.infer<typeof courseDetailSchema>

export const standingStates = ['to_do', 'late', 'passed'] as const
const standingSchema = z.strictObject({
  state: z.enum(standingStates),
  dueAt: instantSchema.nullable(),
  attempts: z.int().describe('Handed in.'),
  bestScore: z.int().nullable().describe('In per cent.'),
  passedAt: instantSchema.nullable().describe('When it was last passed.'),
  validUntil: instantSchema.nullable().describe('Until when having passed holds or held; null where it has no end.'),
})
export type TrainingStanding = z.infer<typeof standingSchema>

const myCourseSchema = standingSchema
  .extend({
    courseId: idSchema,
    title: textSchema,
    summary: textSchema,
    lessons: z.int(),
    questions: z.int(),
    passPercent: z.int(),
    validMonths: z.int().nullable(),
  })
  .meta({ id: 'MyCourse' })
export type MyCourse = z.infer<typeof myCourseSchema>

const madeSchema = z.strictObject({
  attemptId: idSchema,
  version: z.int(),
  startedAt: instantSchema,
  handedInAt: instantSchema.nullable(),
  score: z.int().nullable(),
  passed: z.boolean().nullable(),
})

/** A question as it is put: without what would tell the answer until it is handed in. */
const putQuestionSchema = z.strictObject({
  id: codeSchema,
  text: textSchema,
  several: z.boolean(),
  choices: z.array(z.strictObject({ id: codeSchema, text: textSchema })),
  judged: z
    .strictObject({
      right: z.boolean(),
      chosen: z.array(z.string()),
      rightChoices: z.array(z.string()),
      explanation: textSchema,
    })
    .nullable()
    .describe('Null until the attempt is handed in.'),
})
export type PutQuestion = z.infer<typeof putQuestionSchema>

const attemptSchema = z
  .strictObject({
    ...madeSchema.shape,
    courseId: idSchema,
    title: textSchema,
    passPercent: z.int(),
    validUntil: instantSchema.nullable(),
    questions: z.array(putQuestionSchema),
  })
  .meta({ id: 'TrainingAttempt' })
export type TrainingAttempt = z.infer<typeof attemptSchema>

const answersSchema = z
  .array(z.strictObject({ questionId: codeSchema, choiceIds: z.array(codeSchema).max(8) }))
  .max(50)
  .describe('A question that is not among them counts as not answered.')
export type TrainingAnswers = z.infer<typeof answersSchema>

const followedSchema = z
  .strictObject({
    accountId: idSchema,
    name: z.string(),
    role: z.enum(roles),
    siteIds: z.array(idSchema).nullable(),
    courses: z.array(z.strictObject({ courseId: idSchema, ...standingSchema.shape })),
  })
  .meta({ id: 'FollowedPerson' })
export type FollowedPerson = z.infer<typeof followedSchema>

const shareSchema = z.number().min(0).max(1).nullable()
const trainedSiteSchema = z
  .strictObject({
    siteId: idSchema,
    name: z.string(),
    staff: z.int().describe('Active members of staff who work there by name.'),
    trained: z.int().describe('Of those, who have passed each of these courses and for whom it still holds.'),
    share: shareSchema.describe('Null where nobody works by name.'),
    late: z.int().describe('Who should have passed a published course by now.'),
  })
  .meta({ id: 'TrainedSite' })
export type TrainedSite = z.infer<typeof trainedSiteSchema>

const courseParams = z.strictObject({ courseId: idSchema })
const attemptParams = z.strictObject({ attemptId: idSchema })
const revision = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('That of what was read: a change made on an older one is refused.')
const followQuery = {
  siteId: idSchema.optional().describe('Who works there by name.'),
  courseId: idSchema.optional(),
  state: z.enum(standingStates).optional().describe('Those with at least one course in this state.'),
}
const oneOrMore = z
  .union([idSchema.transform((one) => [one]), z.array(idSchema).min(1).max(20)])
  .describe('Courses that must all be passed.')

export const trainingEndpoints = {
  listMyCourses: endpoint({
    method: 'GET',
    path: '/training/mine',
    summary: 'The published courses that are for whoever asks, those to do first, and where they stand',
    access: 'training:take',
    response: z.strictObject({ items: z.array(myCourseSchema) }),
  }),
  readMyCourse: endpoint({
    method: 'GET',
    path: '/training/mine/{courseId}',
    summary: 'A course to read, and what one made of its quiz',
    access: 'training:take',
    params: courseParams,
    response: myCourseSchema
      .extend({ content: z.array(lessonSchema), made: z.array(madeSchema) })
      .meta({ id: 'MyCourseDetail' }),
  }),
  startTrainingAttempt: endpoint({
    method: 'POST',
    path: '/training/mine/{courseId}/attempts',
    summary: 'Begins the quiz of a course, or answers with the attempt that is already open',
    access: 'training:take',
    idempotent: true,
    status: 201,
    params: courseParams,
    response: attemptSchema,
  }),
  readTrainingAttempt: endpoint({
    method: 'GET',
    path: '/training/attempts/{attemptId}',
    summary: 'One’s own attempt: its questions, and once it is handed in, what was right and why',
    access: 'training:take',
    params: attemptParams,
    response: attemptSchema,
  }),
  handInTrainingAttempt: endpoint({
    method: 'POST',
    path: '/training/attempts/{attemptId}/answers',
    summary: 'Hands answers in, once; the server judges them',
    access: 'training:take',
    idempotent: true,
    params: attemptParams,
    body: z.strictObject({ answers: answersSchema }),
    response: attemptSchema,
  }),
  listCourses: endpoint({
    method: 'GET',
    path: '/training/courses',
    summary: 'All courses, by title, with how many are to take and have passed them',
    access: 'training:read',
    response: z.strictObject({ items: z.array(courseSchema) }),
  }),
  createCourse: endpoint({
    method: 'POST',
    path: '/training/courses',
    summary: 'Begins a course, as a draft',
    access: 'training:write',
    idempotent: true,
    status: 201,
    body: z.strictObject({ draft: courseContentSchema }),
    response: courseDetailSchema,
  }),
  readCourse: endpoint({
    method: 'GET',
    path: '/training/courses/{courseId}',
    summary: 'A course as its authors see it, with right answers, for whom it is and its versions',
    access: 'training:write',
    params: courseParams,
    response: courseDetailSchema,
  }),
  writeCourse: endpoint({
    method: 'PUT',
    path: '/training/courses/{courseId}',
    summary: 'Changes the draft of a course; published versions stay as they are',
    access: 'training:write',
    params: courseParams,
    body: z.strictObject({ revision, draft: courseContentSchema }),
    response: courseDetailSchema,
  }),
  deleteCourse: endpoint({
    method: 'DELETE',
    path: '/training/courses/{courseId}',
    summary: 'Throws away a course that was never published',
    access: 'training:write',
    status: 204,
    params: courseParams,
  }),
  publishCourse: endpoint({
    method: 'POST',
    path: '/training/courses/{courseId}/publish',
    summary: 'Makes the draft the version that is taken from now on',
    access: 'training:write',
    params: courseParams,
    body: z.strictObject({
      revision,
      retake: z.boolean().default(false).describe('Who had passed an earlier one has to pass again.'),
    }),
    response: courseDetailSchema,
  }),
  withdrawCourse: endpoint({
    method: 'POST',
    path: '/training/courses/{courseId}/withdraw',
    summary: 'Nobody is asked to take it any more; what was passed stays',
    access: 'training:write',
    params: courseParams,
    response: courseDetailSchema,
  }),
  assignCourse: endpoint({
    method: 'PUT',
    path: '/training/courses/{courseId}/assignments',
    summary: 'Says for whom a course is; whom it already concerned keeps their date',
    access: 'training:write',
    params: courseParams,
    body: z.strictObject({
      assignments: z
        .array(assignmentSchema)
        .max(100)
        .refine((list) => new Set(list.map(({ role, siteId }) => `${role} ${siteId}`)).size === list.length, {
          error: 'training.same_assignment',
        }),
    }),
    response: courseDetailSchema,
  }),
  followTraining: endpoint({
    method: 'GET',
    path: '/training/people',
    summary: 'Where each member of staff stands with their courses; without the right to read it, only oneself',
    access: 'training:take',
    query: z.strictObject({ ...cursorQuery, ...followQuery }),
    response: pageOf(followedSchema),
  }),
  exportTraining: endpoint({
    method: 'GET',
    path: '/training/people/export',
    summary: 'The same as CSV, one line for each person and course',
    access: 'training:take',
    query: z.strictObject(followQuery),
    produces: 'text/csv',
  }),
  readTrainedSites: endpoint({
    method: 'GET',
    path: '/training/sites',
    summary: 'Share of each shop’s staff who have passed these courses: a criterion of selected outlets',
    access: 'training:read',
    query: z.strictObject({ courseId: oneOrMore.optional().describe('Without any: all published courses.') }),
    response: z.strictObject({ at: instantSchema, items: z.array(trainedSiteSchema) }),
  }),
}
