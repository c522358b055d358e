import multipart from '@fastify/multipart'
import { largestFile } from '@ecluse/contracts/downloads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FastifyRequest } from 'fastify'
import { assert } from '../../../kernel/assert.ts'
import { command } from '../../../kernel/command.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { sendFile } from '../../../kernel/http/send-file.ts'
import { selectFile, selectFiles, selectFilesOfProduct, withdrawFile } from '../queries/files.ts'
import { lockProductsOfVariants } from '../queries/locks.ts'
import { addFile, type KeptFile } from './add-file.ts'
import { currentFiles, viewFiles } from './current-files.ts'
import { removeStored, storedPath, storeFile } from './stored-file.ts'

/** Files of articles, for staff. */
export const articleFileRoutes: Routes = (app, services) => {
  void app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { fileSize: largestFile, files: 1, fields: 5 } })
    implement(uploads, services, 'addArticleFile', endpoints.addArticleFile, async (ctx, { params }, { request }) => {
      const id = ctx.ids.next()
      const file = await receiveFile(request, ctx.config, { id, variantId: params.variantId })
      try {
        return await command(ctx, async (tx) => {
          await addFile(ctx, tx, file)
          const view = viewFiles(await selectFiles(tx, [file.variantId])).find((one) => one.id === id)
          assert(view, 'a file that was added is there')
          return view
        })
      } catch (error) {
        // Refused, or answered already under the same key: this copy is nobody's.
        await removeStored(ctx.config, id)
        throw error
      }
    })
  })

  implement(app, services, 'listArticleFiles', endpoints.listArticleFiles, async (ctx, { params }) => ({
    items: viewFiles(await selectFilesOfProduct(ctx.db, params.productId)),
  }))

  implement(app, services, 'withdrawArticleFile', endpoints.withdrawArticleFile, (ctx, { params }) =>
    command(ctx, (tx) => withdraw(ctx, tx, params.fileId)),
  )

  implement(app, services, 'getArticleFile', endpoints.getArticleFile, async (ctx, { params }, { request, reply }) => {
    const row = await selectFile(ctx.db, params.fileId)
    if (!row) throw refuse('catalog.file_not_found')
    return sendFile(request, reply, {
      path: storedPath(ctx.config, row.id),
      bytes: Number(row.bytes),
      fileName: row.file_name,
      etag: row.sha256,
    })
  })
}

/** @throws catalog.file_not_found, catalog.last_file: who bought the article would have nothing to fetch */
async function withdraw(ctx: Ctx, tx: Tx, fileId: string): Promise<undefined> {
  const row = await selectFile(tx, fileId)
  if (!row) throw refuse('catalog.file_not_found')
  await lockProductsOfVariants(tx, [row.variant_id])
  await withdrawFile(tx, fileId, ctx.clock.now())
  if ((await currentFiles(tx, [row.variant_id])).length === 0) throw refuse('catalog.last_file')
}

/** @throws catalog.no_file, kernel.invalid_input, kernel.too_large, kernel.unsupported_media_type; nothing is kept then */
async function receiveFile(
  request: FastifyRequest,
  config: Config,
  { id, variantId }: Pick<KeptFile, 'id' | 'variantId'>,
): Promise<KeptFile> {
  if (!request.isMultipart()) throw refuse('kernel.unsupported_media_type')
  const fields: Record<string, string> = {}
  let kept: Pick<KeptFile, 'fileName' | 'mediaType' | 'bytes' | 'sha256'> | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value).trim()
      else if (part.fieldname === 'file' && !kept)
        kept = {
          fileName: cleanName(part.filename),
          mediaType: part.mimetype.slice(0, 100),
          ...(await storeFile(config, id, part.file)),
        }
      else part.file.resume()
    }
    if (!kept || kept.bytes === 0) throw refuse('catalog.no_file')
    const { label = '', note = '' } = fields
    if (label.length > 120 || note.length > 500) throw refuse('kernel.invalid_input')
    return { id, variantId, ...kept, label: label || kept.fileName, note }
  } catch (error) {
    await removeStored(config, id)
    throw error
  }
}

/** The last part of a path, whatever system it comes from, without what cannot be seen. */
function cleanName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, 120) || 'file'
}
