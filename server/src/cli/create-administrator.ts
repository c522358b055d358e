import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { inTransaction } from '../kernel/db.ts'
import { Refusal } from '../kernel/errors.ts'
import { createStaff } from '../modules/access/public.ts'
import { openContext } from './cli-services.ts'
import { UsageError, type Command } from './command.ts'

/**
 * `npx ecluse create-administrator EMAIL NAME`: the first one of a firm's own database, or one more. The password is made
 * here and shown once; it is changed in the back office.
 */
export const createAdministratorCommand: Command = {
  arguments: ['EMAIL', 'NAME'],
  options: {},
  async run(call) {
    const [emailText = '', name = ''] = call.arguments
    const email = emailSchema.safeParse(emailText)
    if (!email.success) throw new UsageError('cli.create_administrator.bad_email', { email: emailText })
    const ctx = await openContext(call)
    const password = ctx.ids.secret()
    const person = {
      email: email.data,
      name,
      password,
      locale: call.locale,
      role: 'administrator',
      siteIds: null,
    } as const
    try {
      await inTransaction(ctx.db, (tx) => createStaff(ctx, tx, [person]))
    } catch (error) {
      if (error instanceof Refusal && error.code === 'access.email_taken')
        throw new UsageError('cli.create_administrator.taken', { email: email.data }, error)
      throw error
    }
    return {
      ok: true,
      result: { ok: true, email: email.data, password },
      lines: [call.text('cli.create_administrator.done', { email: email.data, password })],
    }
  },
}
