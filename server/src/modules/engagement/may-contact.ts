import type { Ctx } from '../../kernel/context.ts'
import { permissionFor, type ContactQuestion } from '../customers/public.ts'

/**
 * The one gate: nothing is sent to anybody, by any medium, without passing it. It answers from what was said until `at`, so that
 * what was decided then can be asked again. Service messages pass; everything else needs what the law asks of its medium.
 */
export function mayContact(
  ctx: Pick<Ctx, 'config' | 'db'>,
  question: ContactQuestion,
): ReturnType<typeof permissionFor> {
  return permissionFor(ctx.config, ctx.db, question)
}
