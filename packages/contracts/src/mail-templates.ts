import { z } from 'zod'
import { purposes, subjects } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema, locales, localeSchema } from './scalars.ts'

/** Halves of characters are no text: JSON in PostgreSQL has no place for them. */
const textOf = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/\p{Surrogate}/u.test(text))

/** Words in both languages, still to be finished: what is empty is found by the checks. */
const wordsOf = (most: number) => z.strictObject({ fr: textOf(most), en: textOf(most) })
const hrefSchema = textOf(1_000)
  .trim()
  .describe('A whole address (https), one of the shop (beginning with /), or a variable.')
/** Pictures are kept under the hash of what they are. */
const pictureIdSchema = z.string().regex(/^[0-9a-f]{64}$/)

const simpleBlockSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: wordsOf(5_000) }),
    z.strictObject({ kind: z.literal('heading'), text: wordsOf(200) }),
    z.strictObject({
      kind: z.literal('image'),
      pictureId: pictureIdSchema.nullable(),
      alt: wordsOf(300),
      href: hrefSchema.default(''),
    }),
    z.strictObject({ kind: z.literal('button'), label: wordsOf(80), href: hrefSchema }),
    z.strictObject({ kind: z.literal('product'), productId: idSchema.nullable() }),
    z.strictObject({ kind: z.literal('voucher'), label: wordsOf(120), code: textOf(100), hint: wordsOf(300) }),
    z.strictObject({ kind: z.literal('divider') }),
    z.strictObject({
      kind: z.literal('preferences'),
      label: wordsOf(120).describe('The link to what one wishes to receive, where one also unsubscribes.'),
    }),
  ])
  .meta({ id: 'SimpleMailBlock' })
export type SimpleMailBlock = z.output<typeof simpleBlockSchema>

export const mailBlockSchema = z
  .union([
    simpleBlockSchema,
    z.strictObject({ kind: z.literal('columns'), columns: z.array(z.array(simpleBlockSchema).max(10)).min(2).max(3) }),
  ])
  .meta({ id: 'MailBlock' })
export type MailBlock = z.output<typeof mailBlockSchema>

/** Names of variables, as templates write them: `{{first_name|dear customer}}`. */
export const variableNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** Variables every message has; that of a name may be empty. */
export const ownVariables = ['first_name', 'name', 'shop'] as const
/** The code that is printed on a letter. */
export const letterCodeVariable = 'letter_code'

const mediumSchema = z.enum(['email', 'letter'])

export const mailContentSchema = z
  .strictObject({
    subject: wordsOf(200),
    preheader: wordsOf(200).describe('What mailboxes show after the subject.'),
    title: wordsOf(200),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable()
      .describe('The colour of buttons, instead of the shop’s.'),
    variables: z
      .array(z.strictObject({ name: variableNameSchema, sample: textOf(200) }))
      .max(30)
      .describe('What whoever sends the message fills in beside the customer’s name, each with an example.'),
    blocks: z.array(mailBlockSchema).max(60),
  })
  .meta({ id: 'MailContent' })
export type MailContent = z.output<typeof mailContentSchema>

/** What is wrong with a template: `stop` keeps it from being published, `advice` does not. */
export const mailFaultCodes = [
  'empty',
  'no_blocks',
  'subject_long',
  'variable_unknown',
  'variable_no_fallback',
  'variable_malformed',
  'no_preferences',
  'preferences_in_service',
  'alt_missing',
  'picture_missing',
  'product_missing',
  'link_missing',
  'link_unsafe',
  'contrast',
] as const
export const mailFaultSchema = z
  .strictObject({
    code: z.enum(mailFaultCodes),
    weight: z.enum(['stop', 'advice']),
    at: z.string().describe('Where: `subject`, or the block by its number from 0, `2` or `2.1.0` within columns.'),
    locale: z.enum(locales).nullable().describe('The language it is in; null: in any.'),
    value: z.string().describe('What it is about: the name of a variable, an address, a length.'),
  })
  .meta({ id: 'MailFault' })
export type MailFault = z.output<typeof mailFaultSchema>

const topicSchema = z.enum(subjects).nullable().describe('What marketing is about: who unticked it gets none of it.')
const templateFields = {
  name: z.string().trim().min(1).max(100),
  purpose: z.enum(purposes),
  topic: topicSchema,
}

export const mailTemplateSchema = z
  .strictObject({
    id: idSchema,
    ...templateFields,
    name: z.string(),
    medium: mediumSchema,
    revision: z.int(),
    publishedVersion: z.int().nullable().describe('What is sent; null: nothing yet.'),
    changed: z.boolean().describe('Whether it was changed since it was published.'),
    sent: z.int().describe('Messages made with any of its versions.'),
    updatedAt: instantSchema,
  })
  .meta({ id: 'MailTemplate' })
export type MailTemplate = z.output<typeof mailTemplateSchema>

export const mailTemplateDetailSchema = mailTemplateSchema
  .extend({
    content: mailContentSchema,
    faults: z.array(mailFaultSchema),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        publishedAt: instantSchema,
        publishedBy: z.string().nullable(),
        sent: z.int(),
      }),
    ),
  })
  .meta({ id: 'MailTemplateDetail' })
export type MailTemplateDetail = z.output<typeof mailTemplateDetailSchema>

export const mailPreviewSchema = z
  .strictObject({
    subject: z.string(),
    preheader: z.string(),
    html: z.string(),
    text: z.string(),
    faults: z.array(mailFaultSchema),
  })
  .meta({ id: 'MailPreview' })
export type MailPreview = z.output<typeof mailPreviewSchema>

const params = z.strictObject({ templateId: idSchema })
/** Largest picture, in bytes: a message of more than 100 kB of words and some pictures is cut by mailboxes, or refused. */
export const largestMailPicture = 400_000

export const mailTemplateEndpoints = {
  listMailTemplates: endpoint({
    method: 'GET',
    path: '/mail-templates',
    summary: 'Templates of e-mails, by name',
    access: 'messages:read',
    response: z.strictObject({ items: z.array(mailTemplateSchema) }),
  }),
  createMailTemplate: endpoint({
    method: 'POST',
    path: '/mail-templates',
    summary: 'Begin a template; it is sent by nobody before it is published',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      ...templateFields,
      medium: mediumSchema.default('email').describe('It stays what it is.'),
      content: mailContentSchema,
    }),
    response: mailTemplateDetailSchema,
  }),
  getMailTemplate: endpoint({
    method: 'GET',
    path: '/mail-templates/{templateId}',
    summary: 'One template as it is being written, what is wrong with it, and its versions',
    access: 'messages:read',
    params,
    response: mailTemplateDetailSchema,
  }),
  updateMailTemplate: endpoint({
    method: 'PUT',
    path: '/mail-templates/{templateId}',
    summary: 'Change a template; what is sent stays the published version',
    access: 'messages:write',
    params,
    body: z.strictObject({
      ...templateFields,
      content: mailContentSchema,
      revision: z.int().min(1).describe('The one that was read: a template changed meanwhile is not overwritten.'),
    }),
    response: mailTemplateDetailSchema,
  }),
  deleteMailTemplate: endpoint({
    method: 'DELETE',
    path: '/mail-templates/{templateId}',
    summary: 'Put a template away; the messages made with it keep their version',
    access: 'messages:write',
    status: 204,
    params,
  }),
  publishMailTemplate: endpoint({
    method: 'POST',
    path: '/mail-templates/{templateId}/versions',
    summary: 'Publish a template: a version that never changes, and is what is sent from now on',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    params,
    body: z.strictObject({ revision: z.int().min(1) }),
    response: mailTemplateDetailSchema,
  }),
  previewMail: endpoint({
    method: 'POST',
    path: '/mail-templates/preview',
    summary: 'A template as its reader gets it, with examples for its variables; nothing is kept',
    access: 'messages:read',
    reads: true,
    body: z.strictObject({
      purpose: templateFields.purpose,
      medium: mediumSchema.default('email'),
      content: mailContentSchema,
      locale: localeSchema,
      theme: z.enum(['light', 'dark']).default('light'),
    }),
    response: mailPreviewSchema,
  }),
  testMailTemplate: endpoint({
    method: 'POST',
    path: '/mail-templates/{templateId}/tests',
    summary: 'Send a template as it is being written to oneself',
    access: 'messages:write',
    status: 202,
    params,
    body: z.strictObject({ locale: localeSchema }),
    response: z.strictObject({ messageId: idSchema, to: z.string() }),
  }),
  addMailPicture: endpoint({
    method: 'POST',
    path: '/mail-pictures',
    summary: 'Keep a picture for messages: PNG, JPEG or GIF; the same picture is kept once',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    bodyLimit: 600_000,
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      data: z.base64().max(Math.ceil(largestMailPicture / 3) * 4),
    }),
    response: z
      .strictObject({ id: pictureIdSchema, name: z.string(), width: z.int(), height: z.int() })
      .meta({ id: 'MailPicture' }),
  }),
}
