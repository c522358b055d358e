import { createHash } from 'node:crypto'
import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import { largestMailPicture, type MailContent, type MailTemplateDetail } from '@ecluse/contracts/mail-templates.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { brokenConstraint, type Queryable, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { pictureSize } from './domain/picture-size.ts'
import { faultsOf } from './make-mail.ts'
import type { MailDesk } from './mail-desk.ts'
import { lockTemplate } from './queries/locks.ts'
import {
  archiveTemplate,
  insertPicture,
  insertTemplate,
  insertVersion,
  selectVersions,
  templateById,
  updateTemplateRow,
} from './queries/templates.ts'
import { templateView } from './template-view.ts'

export type TemplateInput = {
  readonly name: string
  readonly purpose: Purpose
  /** Unless said, an e-mail; it stays what it is. */
  readonly medium?: 'email' | 'letter'
  readonly topic: Subject | null
  readonly content: MailContent
}

/** Begins a template. @throws engagement.template_name_taken */
export async function createTemplate(ctx: Ctx, tx: Tx, input: TemplateInput): Promise<string> {
  const id = ctx.ids.next()
  const medium = input.medium ?? 'email'
  const row = {
    id,
    ...input,
    medium,
    topic: topicOf(input),
    updated_at: ctx.clock.now(),
    created_by: actorLabel(ctx.actor),
  }
  await withFreeName(insertTemplate(tx, row))
  return id
}

/**
 * Changes a template as it is being written; what is sent stays the published version.
 * @throws engagement.template_not_found, engagement.template_changed, engagement.template_name_taken
 */
export async function updateTemplate(
  ctx: Ctx,
  tx: Tx,
  id: string,
  input: TemplateInput & { revision: number },
): Promise<void> {
  await lockAt(tx, id, input.revision)
  const { name, purpose, content } = input
  await withFreeName(
    updateTemplateRow(tx, { id, name, purpose, content, topic: topicOf(input), updated_at: ctx.clock.now() }),
  )
}

/**
 * Publishes a template: a version that never changes, and is what is sent from now on. What is published already is not again.
 * @throws engagement.template_not_found, engagement.template_changed, engagement.template_faulty
 */
export async function publishTemplate(
  ctx: Ctx,
  tx: Tx,
  desk: MailDesk,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const row = await lockAt(tx, id, revision)
  if (row.published_revision === row.revision) return
  const stops = (await faultsOf(ctx, tx, desk, row)).filter(({ weight }) => weight === 'stop')
  if (stops.length > 0) throw refuse('engagement.template_faulty', { count: stops.length })
  await insertVersion(tx, { id, now: ctx.clock.now(), by: actorLabel(ctx.actor) })
}

/** @throws engagement.template_not_found */
export async function deleteTemplate(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  if ((await lockTemplate(tx, id)) === undefined) throw refuse('engagement.template_not_found')
  await archiveTemplate(tx, id, ctx.clock.now())
}

/** A template with what is wrong with it and its versions. @throws engagement.template_not_found */
export async function readTemplate(ctx: Ctx, db: Queryable, desk: MailDesk, id: string): Promise<MailTemplateDetail> {
  const row = await templateById(db, id)
  if (row === undefined) throw refuse('engagement.template_not_found')
  return {
    ...templateView(row),
    content: row.content,
    faults: await faultsOf(ctx, db, desk, row),
    versions: (await selectVersions(db, id)).map(({ version, published_at, published_by, sent }) => ({
      version,
      publishedAt: published_at.toISOString(),
      publishedBy: published_by,
      sent,
    })),
  }
}

/** Keeps a picture; the same one is kept once. @throws engagement.not_a_picture */
export async function addPicture(
  ctx: Ctx,
  tx: Tx,
  { name, data }: { name: string; data: string },
): Promise<{ id: string; name: string; width: number; height: number }> {
  const bytes = Buffer.from(data, 'base64')
  const size = pictureSize(bytes)
  if (size === null || bytes.length > largestMailPicture) throw refuse('engagement.not_a_picture')
  const id = createHash('sha256').update(bytes).digest('hex')
  await insertPicture(tx, { id, name, bytes, ...size }, ctx.clock.now(), actorLabel(ctx.actor))
  return { id, name, width: size.width, height: size.height }
}

async function lockAt(tx: Tx, id: string, revision: number) {
  const row = await lockTemplate(tx, id)
  if (row === undefined) throw refuse('engagement.template_not_found')
  if (row.revision !== revision) throw refuse('engagement.template_changed')
  return row
}

/** Only marketing is about something one can untick. */
const topicOf = ({ purpose, topic }: TemplateInput): Subject | null => (purpose === 'marketing' ? topic : null)

/** Names are unique whatever their capitals; the index decides, for two may choose one at the same moment. */
async function withFreeName(writing: Promise<void>): Promise<void> {
  try {
    await writing
  } catch (error) {
    if (brokenConstraint(error) === 'mail_template_name') throw refuse('engagement.template_name_taken')
    throw error
  }
}
