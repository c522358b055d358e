import { registerEndpoints as endpoints } from '@ecluse/contracts/register.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { PersonalPart } from '../../../kernel/personal.ts'
import { senderName } from '../../orders/public.ts'
import { readRegister, saveRegister } from './read-register.ts'
import { registerCsv, registerPdf } from './register-papers.ts'

/** The register of processing (GDPR, article 30). */
export const registerRoutes =
  (parts: readonly PersonalPart[]): Routes =>
  (app, services) => {
    implement(app, services, 'getRegister', endpoints.getRegister, (ctx, { query }) =>
      readRegister(ctx.config, ctx.db, parts, query.locale ?? ctx.locale),
    )
    implement(app, services, 'putRegister', endpoints.putRegister, (ctx, { body }) =>
      command(ctx, async (tx) => {
        await saveRegister(ctx, tx, body)
        return readRegister(ctx.config, tx, parts, ctx.locale)
      }),
    )
    implement(app, services, 'getRegisterCsv', endpoints.getRegisterCsv, async (ctx, { query }, { reply }) => {
      const locale = query.locale ?? ctx.locale
      const register = await readRegister(ctx.config, ctx.db, parts, locale)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="register.csv"')
        .send(registerCsv(register, locale))
    })
    implement(app, services, 'getRegisterPdf', endpoints.getRegisterPdf, async (ctx, { query }, { reply }) => {
      const locale = query.locale ?? ctx.locale
      const register = await readRegister(ctx.config, ctx.db, parts, locale)
      const about = { author: senderName(ctx.config.mailFrom), now: ctx.clock.now() }
      return reply
        .type('application/pdf')
        .header('content-disposition', 'attachment; filename="register.pdf"')
        .send(await registerPdf(register, locale, about))
    })
  }
