import type { CourseContent } from '@ecluse/contracts/training.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { listStaff } from '../modules/access/public.ts'
import { assignCourse, createCourse, handIn, publishCourse, startAttempt } from '../modules/training/public.ts'
import { demoCourses } from './courses.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000

/** Two courses for the shops, and what the team made of them: one has passed, one not yet, the others are still to begin. */
export async function teachTeam({ app, clock, today }: DemoStage): Promise<void> {
  clock.set(new Date(today.getTime() - 10 * dayMs))
  const ctx = systemContext(app.services, 'demo')
  const staff = await listStaff(ctx.db, { q: undefined, after: undefined, limit: 50 })
  await command({ ...ctx, idempotency: onceKey('training') }, async (tx) => {
    const open = async (content: CourseContent, dueDays: number) => {
      const id = await createCourse(ctx, tx, content)
      await assignCourse(ctx, tx, id, [
        { role: 'clerk', siteId: null, dueDays },
        { role: 'shop_manager', siteId: null, dueDays },
      ])
      await publishCourse(ctx, tx, id, { revision: 1, retake: false })
      return id
    }
    const taken = { welcome: await open(demoCourses.welcome, 7), rights: await open(demoCourses.rights, 30) }
    const take = async (email: string, course: keyof typeof taken, known: boolean) => {
      const person = staff.find((one) => one.email === email)
      if (!person) return
      const { id: accountId, name, role } = person
      const permissions = new Set(permissionsOfRole[role])
      const own = {
        ...ctx,
        actor: { kind: 'staff' as const, accountId, email, name, role, permissions, siteIds: null },
      }
      const { attemptId } = await startAttempt(own, tx, taken[course])
      const answers = demoCourses[course].questions.map(({ id, choices }) => ({
        questionId: id,
        choiceIds: known ? choices.flatMap((choice) => (choice.right ? [choice.id] : [])) : [],
      }))
      await handIn(own, tx, attemptId, answers)
    }
    await take('tom@alize.example', 'welcome', false)
    await take('tom@alize.example', 'welcome', true)
    await take('yanis@alize.example', 'welcome', true)
    await take('yanis@alize.example', 'rights', true)
    await take('lena@alize.example', 'rights', false)
    return {}
  })
  clock.set(today)
}
