import multipart from '@fastify/multipart'
import { interchangeEndpoints as endpoints, type Import } from '@ecluse/contracts/interchange.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { exportData } from './export-data.ts'
import { importView, issueView } from './import-view.ts'
import { requestCancel, selectIssues, selectRun, selectRuns, type RunRow } from './queries/runs.ts'
import { receiveUpload } from './receive-upload.ts'
import { startImport } from './start-import.ts'
import { removeUpload } from './uploads.ts'

/** Imports, their progress and reports, and exports. */
export const interchangeRoutes: Routes = (app, services) => {
  // Forms with files are read here and nowhere else.
  void app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { fileSize: 200_000_000, files: 1, fields: 20 } })
    implement(uploads, services, 'startImport', endpoints.startImport, async (ctx, _input, { request }) => {
      const importId = ctx.ids.next()
      const { bytes, ...upload } = await receiveUpload(request, ctx.config, importId)
      try {
        return await command(ctx, async (tx): Promise<Import> => {
          await startImport(ctx, tx, { ...upload, importId, bytes })
          return importView(await mustBe(selectRun(tx, importId)), ctx.locale)
        })
      } catch (error) {
        // Refused, or answered already under the same key: this copy of the file is nobody's.
        await removeUpload(ctx.config, importId)
        throw error
      }
    })
  })

  implement(app, services, 'listImports', endpoints.listImports, async (ctx, { query: { cursor, limit } }) => {
    const beforeId = decodeCursor(cursor, [cursorPatterns.uuid])?.[0]
    const rows = await selectRuns(ctx.db, beforeId, limit + 1)
    return pageOf(
      rows,
      limit,
      (row) => importView(row, ctx.locale),
      (row) => [row.id],
    )
  })

  implement(app, services, 'getImport', endpoints.getImport, async (ctx, { params }) =>
    importView(await mustBe(selectRun(ctx.db, params.importId)), ctx.locale),
  )

  implement(app, services, 'listImportIssues', endpoints.listImportIssues, async (ctx, { params, query }) => {
    const after = Number(decodeCursor(query.cursor, [cursorPatterns.integer])?.[0] ?? 0)
    const { importId } = params
    await mustBe(selectRun(ctx.db, importId))
    const rows = await selectIssues(ctx.db, { importId, severity: query.severity, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => issueView(row, ctx.locale),
      (row) => [row.position],
    )
  })

  implement(app, services, 'cancelImport', endpoints.cancelImport, async (ctx, { params }) =>
    cancel(ctx, params.importId),
  )

  implement(app, services, 'exportData', endpoints.exportData, async (ctx, { params, query }, { reply }) => {
    const content = await exportData(ctx, params.kind, query)
    const day = ctx.clock.now().toISOString().slice(0, 10)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${params.kind}-${day}.csv"`)
      .send(content)
  })
}

/** @throws interchange.not_found, interchange.already_finished */
async function cancel(ctx: Ctx, importId: string): Promise<Import> {
  const row = await requestCancel(ctx.db, importId, ctx.clock.now())
  if (!row) {
    await mustBe(selectRun(ctx.db, importId))
    throw refuse('interchange.already_finished')
  }
  if (row.state === 'cancelled') await removeUpload(ctx.config, importId)
  return importView(row, ctx.locale)
}

async function mustBe(found: Promise<RunRow | undefined>): Promise<RunRow> {
  const row = await found
  if (!row) throw refuse('interchange.not_found')
  return row
}
