import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { forgetContacts } from '../queries/appointments.ts'
import { forgetWaiting } from '../queries/waiting.ts'
import { keepWaitingList } from '../waiting-list.ts'
import { remindAppointments } from '../settle-appointment.ts'

/** Reminds people of their appointments. */
export const remindOfAppointments: Job = job({
  name: 'service.remind',
  payload: z.object({}),
  schedule: '* * * * *',
  run: async (ctx) => void (await remindAppointments(ctx)),
})

/** Passes on hours nobody answered for, and offers what is free to those who wait. */
export const keepWaiting: Job = job({
  name: 'service.waiting-list',
  payload: z.object({}),
  schedule: '* * * * *',
  run: async (ctx) => void (await keepWaitingList(ctx)),
})

const contactDays = 365

/** Forgets who had appointments that were over a year ago. */
export const forgetAppointments: Job = job({
  name: 'service.forget',
  payload: z.object({}),
  schedule: '45 3 * * *',
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - contactDays * 86_400_000)
    await inTransaction(ctx.db, async (tx) => {
      await forgetContacts(tx, before)
      await forgetWaiting(tx, before)
    })
  },
})
