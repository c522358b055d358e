import { memoEndpoints as endpoints } from '@ecluse/contracts/memos.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { paperPdf } from '../papers/paper-pdf.ts'
import { sendPage } from '../papers/send-paper.ts'
import { memoPaper } from './memo-paper.ts'
import { compareMemo, listMemos, readMemo } from './read-memo.ts'
import { createMemo, decideMemo, reviewMemo, saveMemo } from './write-memo.ts'

/** Decisions on a page, and what became of them. */
export const memoRoutes: Routes = (app, services) => {
  implement(app, services, 'listMemos', endpoints.listMemos, async (ctx) => ({ items: await listMemos(ctx) }))
  implement(app, services, 'createMemo', endpoints.createMemo, (ctx, { body }) =>
    command(ctx, (tx) => createMemo(ctx, tx, body)),
  )
  implement(app, services, 'getMemo', endpoints.getMemo, (ctx, { params }) => readMemo(ctx, ctx.db, params.memoId))
  implement(app, services, 'saveMemo', endpoints.saveMemo, (ctx, { params, body }) =>
    command(ctx, (tx) => saveMemo(ctx, tx, params.memoId, body)),
  )
  implement(app, services, 'decideMemo', endpoints.decideMemo, (ctx, { params }) =>
    command(ctx, (tx) => decideMemo(ctx, tx, params.memoId)),
  )
  implement(app, services, 'compareMemo', endpoints.compareMemo, (ctx, { params }) =>
    compareMemo(ctx, ctx.db, params.memoId),
  )
  implement(app, services, 'reviewMemo', endpoints.reviewMemo, (ctx, { params, body }) =>
    command(ctx, (tx) => reviewMemo(ctx, tx, params.memoId, body.note)),
  )
  implement(app, services, 'getMemoPage', endpoints.getMemoPage, async (ctx, { params, query }, { reply }) =>
    sendPage(reply, memoPaper(await readMemo(ctx, ctx.db, params.memoId), query.locale), query.locale),
  )
  implement(
    app,
    services,
    'getMemoPdf',
    endpoints.getMemoPdf,
    async (ctx, { params, query: { locale } }, { reply }) => {
      const memo = await readMemo(ctx, ctx.db, params.memoId)
      const about = { locale, sender: ctx.config.mailFrom, createdAt: new Date(memo.decidedAt ?? memo.createdAt) }
      return reply.type('application/pdf').send(await paperPdf(memoPaper(memo, locale), about))
    },
  )
}
