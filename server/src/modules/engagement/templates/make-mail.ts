import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { MailContent, MailFault, MailPreview } from '@ecluse/contracts/mail-templates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { text } from '../../../kernel/messages.ts'
import { parseSender } from '../domain/sender.ts'
import { composeOwnMail, type FollowedMail } from '../mail/compose-own.ts'
import { renderHtml, type MailTheme } from '../mail/html.ts'
import { renderText } from '../mail/plain-text.ts'
import { checkMail, flattened } from './domain/check-mail.ts'
import type { MailDesk } from './mail-desk.ts'
import { withPictures } from './pictures.ts'
import { selectPictures } from './queries/templates.ts'

/** What a message of one's own is made from. */
type Making = {
  readonly purpose: Purpose
  readonly content: MailContent
  readonly locale: Locale
  readonly values: Readonly<Record<string, string>>
  /** The token of the reader's preferences; null in a preview and a test. */
  readonly token: string | null
  readonly theme?: MailTheme
  /** Its links lead through us, where it is sent for a journey. */
  readonly followed?: FollowedMail | undefined
}

/** Makes a message from a template: its pictures are named by `cid:`, and travel with it. */
export async function makeMail(
  ctx: Ctx,
  db: Queryable,
  desk: MailDesk,
  { purpose, content, locale, values, token, theme, followed }: Making,
): Promise<{ subject: string; preheader: string; html: string; text: string }> {
  const sender = parseSender(ctx.config.mailFrom)
  const pictures = new Map((await selectPictures(db, pictureIdsOf(content))).map((row) => [row.id, row]))
  const now = ctx.clock.now()
  const mail = composeOwnMail(locale, content, {
    purpose,
    sender,
    values: { ...values, shop: sender.name },
    article: (productId) => desk.article(productId, locale, now),
    picture: (id) => {
      const found = pictures.get(id)
      return found ? { source: `cid:${id}`, width: found.width, height: found.height } : null
    },
    preferences: desk.preferences(locale, token),
    origin: ctx.config.publicUrl,
    followed,
  })
  const html = renderHtml(mail, locale, sender.name, theme)
  return { subject: mail.subject, preheader: mail.preheader, html, text: renderText(mail) }
}

/** A template as its reader would get it, its variables filled with examples, and what is wrong with it. */
export async function previewMail(
  ctx: Ctx,
  desk: MailDesk,
  input: {
    purpose: Purpose
    medium: 'email' | 'letter'
    content: MailContent
    locale: Locale
    theme: 'light' | 'dark'
  },
): Promise<MailPreview> {
  const made = await makeMail(ctx, ctx.db, desk, { ...input, values: samplesOf(input), token: null })
  return {
    ...made,
    html: await withPictures(ctx.db, made.html),
    faults: await faultsOf(ctx, ctx.db, desk, input),
  }
}

/** What stands for variables while nobody is written to. */
export function samplesOf({ content, locale }: { content: MailContent; locale: Locale }): Record<string, string> {
  const name = text(locale, 'mail.own.sample_name')
  const samples = Object.fromEntries(content.variables.map((variable) => [variable.name, variable.sample]))
  return { ...samples, letter_code: 'LT-XXXX-XXXX', name, first_name: name.split(' ')[0] ?? name }
}

/** What is wrong with a template, with the pictures and articles there are now. */
export async function faultsOf(
  ctx: Ctx,
  db: Queryable,
  desk: MailDesk,
  { purpose, content, medium }: { purpose: Purpose; content: MailContent; medium: 'email' | 'letter' },
): Promise<MailFault[]> {
  const pictures = await selectPictures(db, pictureIdsOf(content))
  const now = ctx.clock.now()
  const productIds = flattened(content.blocks).flatMap(({ block }) =>
    block.kind === 'product' && block.productId !== null && desk.article(block.productId, 'fr', now) !== null
      ? [block.productId]
      : [],
  )
  return checkMail({ purpose, medium }, content, {
    pictureIds: new Set(pictures.map(({ id }) => id)),
    productIds: new Set(productIds),
  })
}

function pictureIdsOf({ blocks }: MailContent): string[] {
  return flattened(blocks).flatMap(({ block }) =>
    block.kind === 'image' && block.pictureId !== null ? [block.pictureId] : [],
  )
}
