import type { z } from 'zod'
import type { downloadWordingSchema } from '@ecluse/contracts/downloads.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { text } from '../../../kernel/messages.ts'
import { returnUntil } from '../domain/return-window.ts'

/** Names the words of `downloads.consent`; another name with other words, so that what was agreed to can be told. */
export const consentVersion = '2026-11'

/** Word for word what a buyer agrees to so that files are given before their time to withdraw is over (L221-28, 13°). */
export function consentStatement(locale: Locale): string {
  return text(locale, 'downloads.consent')
}

/** When files are given to whoever keeps the right to withdraw: once its time is over, which begins with the contract (L221-18). */
export function givenWithoutConsent({ clock, config }: Pick<Ctx, 'clock' | 'config'>): Date {
  return new Date(returnUntil(clock.now(), config.returnDays).getTime() + 1)
}

/** What the checkout shows. */
export function downloadWording(ctx: Ctx): z.output<typeof downloadWordingSchema> {
  return {
    version: consentVersion,
    statement: consentStatement(ctx.locale),
    availableFrom: givenWithoutConsent(ctx).toISOString(),
  }
}
