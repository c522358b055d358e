import { ApiError } from '@ecluse/contracts/client.ts'
import { permissionsOfRole, type Role } from '@ecluse/contracts/permissions.ts'
import { outletEndpoints } from '@ecluse/contracts/outlets.ts'
import { trainingEndpoints as endpoints, type CourseContent, type TrainingAnswers } from '@ecluse/contracts/training.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { actorHeader, clientOf, createTestShop } from '../../../../test/kit/shop.ts'
import { command } from '../../../kernel/command.ts'
import { query } from '../../../kernel/db.ts'
import { createStaff } from '../../access/public.ts'
import { listSites } from '../../channels/public.ts'
import { trainedShare } from '../public.ts'

const { app, ctx, clock, actAs, asStaff, visitor } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const dayMs = 86_400_000
const days = (count: number) => clock.advance(count * dayMs)
const author = asStaff()
const sites = await listSites(ctx.db)
const [here, there] = sites
if (!here || !there) throw new Error('the small shop has two sites')

let nth = 0
/** Somebody who is hired, and acts with the rights of their role. */
async function hire(role: Role, siteIds: string[] | null) {
  const name = `Membre ${String(++nth).padStart(2, '0')}`
  const person = {
    name,
    email: `membre${nth}@alize.example`,
    password: 'mot-de-passe-long',
    locale: 'fr' as const,
    role,
    siteIds,
  }
  const [made] = await command(ctx, (tx) => createStaff(ctx, tx, [person]))
  if (!made) throw new Error('hired')
  const key = actAs({
    kind: 'staff',
    accountId: made.id,
    email: made.email,
    name,
    role,
    permissions: new Set(permissionsOfRole[role]),
    siteIds: siteIds && new Set(siteIds),
  })
  return { id: made.id, name, api: clientOf(app, { [actorHeader]: key }) }
}
const both = (text: string) => ({ fr: text, en: `${text} (en)` })
const choice = (id: string, right = false) => ({ id, text: both(id), right })
const content = (changes: Partial<CourseContent> = {}): CourseContent => ({
  title: both('Accueil'),
  summary: both('En bref'),
  lessons: [{ id: 'l1', title: both('Leçon'), body: both('Un texte.\n\n- un\n- deux') }],
  questions: [
    {
      id: 'q1',
      text: both('Une ?'),
      several: false,
      choices: [choice('a', true), choice('b')],
      explanation: both('Parce que a'),
    },
    {
      id: 'q2',
      text: both('Plusieurs ?'),
      several: true,
      choices: [choice('a'), choice('b', true), choice('c', true)],
      explanation: both('Parce que b et c'),
    },
  ],
  passPercent: 100,
  validMonths: null,
  ...changes,
})
const right: TrainingAnswers = [
  { questionId: 'q1', choiceIds: ['a'] },
  { questionId: 'q2', choiceIds: ['c', 'b'] },
]
const wrong: TrainingAnswers = [{ questionId: 'q1', choiceIds: ['b'] }]
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
type Assignment = { role?: Role | null; siteId?: string | null; dueDays?: number | null }
async function course(changes: Partial<CourseContent> = {}, whom: Assignment[] = [{}]): Promise<string> {
  const { id } = await author(endpoints.createCourse, { body: { draft: content(changes) } })
  await assign(id, whom)
  await author(endpoints.publishCourse, { params: { courseId: id }, body: { revision: 1 } })
  return id
}
const assign = (courseId: string, whom: Assignment[]) =>
  author(endpoints.assignCourse, {
    params: { courseId },
    body: { assignments: whom.map(({ role = null, siteId = null, dueDays = null }) => ({ role, siteId, dueDays })) },
  })
type Person = Awaited<ReturnType<typeof hire>>
const start = ({ api }: Person, courseId: string) => api(endpoints.startTrainingAttempt, { params: { courseId } })
const handIn = ({ api }: Person, attemptId: string, answers: TrainingAnswers) =>
  api(endpoints.handInTrainingAttempt, { params: { attemptId }, body: { answers } })
const take = async (who: Person, courseId: string, answers: TrainingAnswers) =>
  handIn(who, (await start(who, courseId)).attemptId, answers)
const mine = async ({ api }: Person, courseId: string) =>
  (await api(endpoints.listMyCourses, {})).items.find((one) => one.courseId === courseId)

const clerk = await hire('clerk', [here.id])
const other = await hire('clerk', [there.id])
const manager = await hire('shop_manager', [here.id])

test('a course is written, published when it lacks nothing, changed without touching what was published, withdrawn', async () => {
  const made = await author(endpoints.createCourse, { body: { draft: content({ lessons: [], questions: [] }) } })
  const params = { courseId: made.id }
  expect(made).toMatchObject({ state: 'draft', revision: 1, version: null, changed: true, versions: [] })
  expect(await codeOf(author(endpoints.publishCourse, { params, body: { revision: 1 } }))).toBe(
    'training.course_incomplete',
  )
  const written = await author(endpoints.writeCourse, { params, body: { revision: 1, draft: content() } })
  expect(written.revision).toBe(2)
  const late = author(endpoints.writeCourse, { params, body: { revision: 1, draft: content() } })
  expect(await codeOf(late)).toBe('training.course_changed')
  expect(await codeOf(author(endpoints.withdrawCourse, { params }))).toBe('training.course_state')
  await assign(made.id, [{}])
  // Two press the button at once: one version.
  const publishing = [1, 2].map(() => codeOf(author(endpoints.publishCourse, { params, body: { revision: 2 } })))
  expect((await Promise.all(publishing)).toSorted()).toEqual(['done', 'training.course_changed'])
  expect(await codeOf(author(endpoints.deleteCourse, { params }))).toBe('training.course_state')
  const attempt = await start(clerk, made.id)
  const turned = content({
    questions: content().questions.map((q) => ({ ...q, choices: q.choices.map((c) => ({ ...c, right: !c.right })) })),
  })
  await author(endpoints.writeCourse, { params, body: { revision: 3, draft: { ...turned, title: both('Autre') } } })
  const changed = await author(endpoints.readCourse, { params })
  expect(changed).toMatchObject({ state: 'published', version: 1, changed: true, title: both('Autre') })
  expect((await mine(clerk, made.id))?.title).toEqual(both('Accueil'))
  // What is begun is judged by the version it was begun on, also once another is out.
  turned.questions.forEach((question) => (question.several = true))
  await author(endpoints.writeCourse, { params, body: { revision: 4, draft: turned } })
  await author(endpoints.publishCourse, { params, body: { revision: 5 } })
  const result = await handIn(clerk, attempt.attemptId, right)
  expect(result).toMatchObject({ version: 1, score: 100, passed: true })
  expect(await start(other, made.id)).toMatchObject({ version: 2 })
  const rows = await query<{ version: number; content: CourseContent }>(
    ctx.db,
    sql`select version, content from training.course_version where course_id = ${made.id} order by version`,
  )
  expect(rows).toEqual([
    { version: 1, content: content() },
    { version: 2, content: turned },
  ])
  expect(await author(endpoints.withdrawCourse, { params })).toMatchObject({ state: 'withdrawn', people: 0 })
  expect(await codeOf(start(clerk, made.id))).toBe('training.course_not_found')
  expect(await clerk.api(endpoints.readTrainingAttempt, { params: attempt })).toEqual(result)
})

test('a draft nobody could take is thrown away; strange content and strange people for it are refused', async () => {
  const { id: courseId } = await author(endpoints.createCourse, { body: { draft: content() } })
  await assign(courseId, [{ role: 'clerk' }])
  const invalid = 'kernel.invalid_input'
  const draft = (changes: Partial<CourseContent>) =>
    codeOf(author(endpoints.writeCourse, { params: { courseId }, body: { revision: 1, draft: content(changes) } }))
  expect(await draft({ passPercent: 0 })).toBe(invalid)
  expect(await draft({ passPercent: 101 })).toBe(invalid)
  expect(await draft({ validMonths: 0 })).toBe(invalid)
  expect(await draft({ title: { fr: ' ', en: 'a' } })).toBe(invalid)
  const [one] = content().questions
  expect(await draft({ questions: one ? [one, one] : [] })).toBe(invalid)
  expect(await codeOf(assign(courseId, [{}, {}]))).toBe(invalid)
  expect(await codeOf(assign(courseId, [{ dueDays: 0 }]))).toBe(invalid)
  expect(await codeOf(assign(courseId, [{ siteId: courseId }]))).toBe('channels.site_not_found')
  await author(endpoints.deleteCourse, { params: { courseId } })
  expect(await codeOf(author(endpoints.readCourse, { params: { courseId } }))).toBe('training.course_not_found')
})

test('a quiz is judged here: nothing tells the answers before, an attempt is handed in once, others cannot see it', async () => {
  const courseId = await course()
  const read = await clerk.api(endpoints.readMyCourse, { params: { courseId } })
  const attempt = await start(clerk, courseId)
  const again = await start(clerk, courseId)
  expect(again).toEqual(attempt)
  for (const before of [read, attempt]) expect(JSON.stringify(before)).not.toMatch(/Parce que|"right/)
  const params = { attemptId: attempt.attemptId }
  expect(await codeOf(other.api(endpoints.readTrainingAttempt, { params }))).toBe('training.attempt_not_found')
  expect(await codeOf(handIn(other, attempt.attemptId, right))).toBe('training.attempt_not_found')
  const strange = (answers: TrainingAnswers) => codeOf(handIn(clerk, attempt.attemptId, answers))
  expect(await strange([{ questionId: 'q9', choiceIds: ['a'] }])).toBe('kernel.invalid_input')
  expect(await strange([{ questionId: 'q1', choiceIds: ['a', 'b'] }])).toBe('kernel.invalid_input')
  const failed = await handIn(clerk, attempt.attemptId, wrong)
  expect(failed).toMatchObject({ score: 0, passed: false, validUntil: null })
  const judged = Object.fromEntries(failed.questions.map(({ id, judged: of }) => [id, of]))
  expect(judged['q1']).toEqual({ right: false, chosen: ['b'], rightChoices: ['a'], explanation: both('Parce que a') })
  expect(judged['q2']?.chosen).toEqual([])
  // The order in which it was put is that of the results.
  expect(failed.questions.map(({ id }) => id)).toEqual(attempt.questions.map(({ id }) => id))
  expect(await handIn(clerk, attempt.attemptId, wrong)).toEqual(failed)
  expect(await codeOf(handIn(clerk, attempt.attemptId, right))).toBe('training.attempt_handed_in')
  expect(await mine(clerk, courseId)).toMatchObject({ state: 'to_do', attempts: 1, bestScore: 0 })
  expect(await take(clerk, courseId, right)).toMatchObject({ passed: true })
  expect(await mine(clerk, courseId)).toMatchObject({ state: 'passed', attempts: 2, bestScore: 100, validUntil: null })
})

test('two hand in at once, and one twice at once: each attempt is recorded once', async () => {
  const courseId = await course()
  const both = await Promise.all([start(clerk, courseId), start(clerk, courseId), start(other, courseId)])
  expect(new Set(both.map(({ attemptId }) => attemptId)).size).toBe(2)
  const [first, , theirs] = both
  const done = await Promise.all([
    codeOf(handIn(clerk, first.attemptId, right)),
    codeOf(handIn(clerk, first.attemptId, wrong)),
    codeOf(handIn(other, theirs.attemptId, right)),
  ])
  expect(done.slice(0, 2).toSorted()).toEqual(['done', 'training.attempt_handed_in'])
  expect(done[2]).toBe('done')
  const rows = await query(
    ctx.db,
    sql`select id from training.attempt where course_id = ${courseId} and handed_in_at is not null`,
  )
  expect(rows).toHaveLength(2)
})

test('a course is for a role, a shop or all; days count from when it concerns somebody; what has an end ends', async () => {
  const courseId = await course({ validMonths: 1 }, [{ role: 'clerk', siteId: here.id, dueDays: 7 }])
  expect(await codeOf(start(other, courseId))).toBe('training.course_not_found')
  expect(await codeOf(start(manager, courseId))).toBe('training.course_not_found')
  const due = clock.now().getTime() + 7 * dayMs
  expect(await mine(clerk, courseId)).toMatchObject({ state: 'to_do', dueAt: new Date(due).toISOString() })
  days(5)
  const newcomer = await hire('clerk', [here.id])
  await assign(courseId, [{ role: 'clerk', siteId: here.id, dueDays: 7 }])
  days(3)
  expect((await mine(clerk, courseId))?.state).toBe('late')
  expect((await mine(newcomer, courseId))?.state).toBe('to_do')
  await take(clerk, courseId, right)
  const passed = await mine(clerk, courseId)
  expect(passed).toMatchObject({ state: 'passed', dueAt: passed?.validUntil })
  days(32)
  expect(await mine(clerk, courseId)).toMatchObject({ state: 'late', validUntil: passed?.validUntil })
  // All have to pass a version that asks for it; their days begin anew.
  await take(clerk, courseId, right)
  await author(endpoints.publishCourse, { params: { courseId }, body: { revision: 2, retake: true } })
  expect(await mine(clerk, courseId)).toMatchObject({ state: 'to_do', validUntil: null })
  await take(clerk, courseId, right)
  await author(endpoints.publishCourse, { params: { courseId }, body: { revision: 3 } })
  expect((await mine(clerk, courseId))?.state).toBe('passed')
})

test('a manager follows who works in their shops; without the right one sees oneself; the share of a shop is counted', async () => {
  const courseId = await course({}, [{ dueDays: 3 }])
  await take(clerk, courseId, right)
  days(4)
  const follow = async ({ api }: Person, asked: object = {}) =>
    (await api(endpoints.followTraining, { query: { courseId, ...asked } })).items
  const stateOf = (people: Awaited<ReturnType<typeof follow>>, { id }: Person) =>
    people.find(({ accountId }) => accountId === id)?.courses[0]?.state
  const team = await follow(manager)
  expect([stateOf(team, clerk), stateOf(team, manager), stateOf(team, other)]).toEqual(['passed', 'late', undefined])
  expect((await follow(manager, { state: 'late' })).map(({ accountId }) => accountId)).not.toContain(clerk.id)
  expect(await codeOf(follow(manager, { siteId: there.id }))).toBe('access.wrong_site')
  expect((await follow(other)).map(({ accountId }) => accountId)).toEqual([other.id])
  const all = await author(endpoints.followTraining, { query: { courseId, limit: 2 } })
  const rest = await author(endpoints.followTraining, { query: { courseId, cursor: all.nextCursor ?? '' } })
  expect([...all.items, ...rest.items].map(({ name }) => name)).toEqual(
    [clerk, other, manager].map(({ name }) => name).concat('Membre 04'),
  )
  const csv = await manager.api(endpoints.exportTraining, { query: { courseId } })
  expect(String(csv).split('\r\n').slice(0, 2)).toEqual([
    'person,role,sites,course,state,due,attempts,best_score,passed,valid_until',
    `${clerk.name},clerk,${here.name},Accueil,passed,,1,100,${new Date(clock.now().getTime() - 4 * dayMs).toISOString().slice(0, 10)},`,
  ])
  const given = { courseIds: [courseId], at: clock.now() }
  expect(await trainedShare(ctx.db, here.id, given)).toMatchObject({ staff: 3, trained: 1, share: 1 / 3 })
  expect(await trainedShare(ctx.db, there.id, given)).toMatchObject({ staff: 1, trained: 0, share: 0 })
  const untaken = await course({}, [])
  expect((await trainedShare(ctx.db, here.id, { ...given, courseIds: [courseId, untaken] }))?.trained).toBe(0)
  const { items } = await manager.api(endpoints.readTrainedSites, { query: { courseId } })
  expect(items).toEqual([{ siteId: here.id, name: here.name, staff: 3, trained: 1, share: 1 / 3, late: 2 }])
  // As a criterion of selected outlets it is measured by every course that is offered.
  const shops = (await author(endpoints.readTrainedSites, { query: {} })).items
  const today = await asStaff(['strategy:read'])(outletEndpoints.getOutletsToday, {})
  expect(today.outlets.length).toBeGreaterThan(1)
  for (const { name, figures } of today.outlets) {
    const share = shops.find((shop) => shop.name === name)?.share
    expect(figures.trained, name).toBe(share == null ? undefined : Math.round(share * 1_000) / 10)
  }
  expect(today.outlets.some(({ figures }) => figures.trained !== undefined)).toBe(true)
  // Whoever left counts no more, and their attempts stay.
  await query(ctx.db, sql`update access.staff set active = false where account_id = ${clerk.id}`)
  expect(await trainedShare(ctx.db, here.id, given)).toMatchObject({ staff: 2, trained: 0 })
  expect(await codeOf(start(clerk, courseId))).toBe('access.forbidden')
  await query(ctx.db, sql`update access.staff set active = true where account_id = ${clerk.id}`)
  expect((await mine(clerk, courseId))?.state).toBe('passed')
})

test('who may not is refused', async () => {
  const body = { draft: content() }
  expect(await codeOf(visitor(endpoints.listMyCourses, {}))).toBe('access.not_signed_in')
  expect(await codeOf(clerk.api(endpoints.createCourse, { body }))).toBe('access.forbidden')
  expect(await codeOf(manager.api(endpoints.createCourse, { body }))).toBe('access.forbidden')
  expect(await codeOf(clerk.api(endpoints.readTrainedSites, { query: {} }))).toBe('access.forbidden')
  const courseId = await course()
  // The whole of it, with its answers, is its authors'.
  expect(await codeOf(manager.api(endpoints.readCourse, { params: { courseId } }))).toBe('access.forbidden')
  expect(await codeOf(author(endpoints.startTrainingAttempt, { params: { courseId } }))).toBe('access.forbidden')
})
