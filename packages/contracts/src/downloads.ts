import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema, localeSchema } from './scalars.ts'

/** As many licences as are asked for; a number to compare with, since nothing counts without end. */
export const unlimitedLicences = 1_000_000_000
/** The largest file that is kept, in bytes. */
export const largestFile = 200_000_000

/** Whether so many units are those of an article without a limit. */
export const isUnlimited = (units: number): boolean => units >= unlimitedLicences / 2

/** One version of a file of an article. */
export const articleFileSchema = z
  .strictObject({
    id: idSchema,
    variantId: idSchema,
    label: z.string().describe('What the file is; versions of one file share it.'),
    version: z.int(),
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    note: z.string().describe('What is new in this version.'),
    createdAt: instantSchema,
    addedBy: z.string().nullable(),
    current: z.boolean().describe('Whether it is what buyers are given.'),
  })
  .meta({ id: 'ArticleFile' })
export type ArticleFile = z.infer<typeof articleFileSchema>

/** How many licences of an article are sold. */
export const licencesSchema = z
  .strictObject({
    variantId: idSchema,
    limit: z.int().nullable().describe('How many can still be given in all; null without a limit.'),
    available: z.int().nullable().describe('How many of those are not promised; null without a limit.'),
  })
  .meta({ id: 'Licences' })

/** What a buyer agrees to so that files are given at once (Code de la consommation, L221-28, 13°). */
export const downloadWordingSchema = z
  .strictObject({
    version: z.string().describe('Names the wording; sent back with the purchase.'),
    statement: z.string(),
    availableFrom: instantSchema.describe('When files are given to whoever does not agree.'),
  })
  .meta({ id: 'DownloadWording' })

export const orderDownloadSchema = z
  .strictObject({
    lineId: idSchema,
    name: z.string(),
    variantLabel: z.string(),
    quantity: z.int(),
    state: z
      .enum(['unpaid', 'waiting', 'ready', 'expired', 'revoked'])
      .describe('`waiting` until the time to withdraw is over, for whoever did not ask for files at once.'),
    availableFrom: instantSchema,
    expiresAt: instantSchema.nullable(),
    revokeReason: z.string().nullable(),
    files: z.array(
      z.strictObject({
        id: idSchema,
        label: z.string(),
        version: z.int(),
        fileName: z.string(),
        bytes: z.int(),
        note: z.string(),
        left: z.int().describe('Downloads that are left.'),
        url: z.string().nullable().describe('A signed address; null when it cannot be fetched now.'),
      }),
    ),
    log: z
      .array(z.strictObject({ at: instantSchema, fileName: z.string(), version: z.int() }))
      .describe('Each download, for staff; empty for others.'),
  })
  .meta({ id: 'OrderDownload' })
export type OrderDownload = z.infer<typeof orderDownloadSchema>

export const orderDownloadsSchema = z
  .strictObject({
    consent: z
      .strictObject({ wording: z.string(), statement: z.string(), agreedAt: instantSchema })
      .nullable()
      .describe('What was agreed to, word for word, and when.'),
    items: z.array(orderDownloadSchema),
  })
  .meta({ id: 'OrderDownloads' })
export type OrderDownloads = z.infer<typeof orderDownloadsSchema>

const variantParams = z.strictObject({ variantId: idSchema })
const lineParams = z.strictObject({ orderId: idSchema, lineId: idSchema })
const reasonBody = z.strictObject({ reason: z.string().trim().min(1).max(500) })

export const downloadEndpoints = {
  listArticleFiles: endpoint({
    method: 'GET',
    path: '/catalog/products/{productId}/files',
    summary: 'The files of a product, every version, newest first',
    access: 'catalog:read',
    params: z.strictObject({ productId: idSchema }),
    response: z.strictObject({ items: z.array(articleFileSchema) }),
  }),
  addArticleFile: endpoint({
    method: 'POST',
    path: '/catalog/variants/{variantId}/files',
    summary: 'Attach a file to an article, or a new version of one: form fields `file`, `label`, `note`',
    access: 'catalog:write',
    status: 201,
    idempotent: true,
    params: variantParams,
    consumes: 'multipart/form-data',
    response: articleFileSchema,
    bodyLimit: largestFile + 100_000,
  }),
  withdrawArticleFile: endpoint({
    method: 'DELETE',
    path: '/catalog/files/{fileId}',
    summary: 'Withdraw a version of a file: buyers are given the one before it, if there is one',
    access: 'catalog:write',
    status: 204,
    params: z.strictObject({ fileId: idSchema }),
  }),
  getArticleFile: endpoint({
    method: 'GET',
    path: '/catalog/files/{fileId}/content',
    summary: 'The content of a file, for staff',
    access: 'catalog:write',
    params: z.strictObject({ fileId: idSchema }),
    produces: 'application/octet-stream',
  }),
  listLicences: endpoint({
    method: 'GET',
    path: '/licences',
    summary: 'How many licences of each article of a product are sold',
    access: 'stock:read',
    query: z.strictObject({ productId: idSchema }),
    response: z.strictObject({ items: z.array(licencesSchema) }),
  }),
  setLicences: endpoint({
    method: 'PUT',
    path: '/licences/{variantId}',
    summary: 'Limit how many licences of an article can still be given, or not at all',
    access: 'catalog:write',
    params: variantParams,
    body: z.strictObject({ limit: z.int().min(0).max(1_000_000).nullable() }),
    response: licencesSchema,
  }),
  getDownloads: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/downloads',
    summary: 'The files of an order, for staff, its buyer, or the holder of its access token',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    query: z.strictObject({ token: z.string().max(100).optional(), locale: localeSchema }),
    response: orderDownloadsSchema,
  }),
  getDownloadPage: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/downloads/page',
    summary: 'The page where the files of a sale at a till are fetched, to be printed on its receipt',
    access: 'orders:read',
    params: z.strictObject({ orderId: idSchema }),
    response: z.strictObject({ link: z.string().describe('Ends with the token of the order: for its buyer alone.') }),
  }),
  fetchDownload: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/downloads/{lineId}/files/{fileId}',
    summary: 'One file by its signed address; ranges are honoured, and each new download is counted',
    access: 'public',
    params: lineParams.extend({ fileId: idSchema }),
    query: z.strictObject({ expires: z.string().max(40), signature: z.string().max(100) }),
    produces: 'application/octet-stream',
  }),
  renewDownload: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/downloads/{lineId}/renewal',
    summary: 'Give new addresses with a new time and count; those given before end',
    access: 'orders:write',
    idempotent: true,
    params: lineParams,
    response: orderDownloadsSchema,
  }),
  revokeDownload: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/downloads/{lineId}/revocation',
    summary: 'End the right to fetch the files of a line',
    access: 'orders:write',
    idempotent: true,
    params: lineParams,
    body: reasonBody,
    response: orderDownloadsSchema,
  }),
  refundDownload: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/downloads/{lineId}/refund',
    summary: 'Give the price of files back, and end the right to fetch them',
    access: 'orders:write',
    idempotent: true,
    params: lineParams,
    body: reasonBody,
    response: orderDownloadsSchema,
  }),
}
