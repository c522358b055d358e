import { letterEndpoints as endpoints } from '@ecluse/contracts/letters.ts'
import type { FastifyReply } from 'fastify'
import { command } from '../../../kernel/command.ts'
import { actorLabel } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { noteSent } from '../note-interactions.ts'
import { drawLetters, type LetterDesk } from './draw-letters.ts'
import { batchFile, batchTicket, batchView, previewLetter, readBatch } from './letter-files.ts'
import { readLetterTariff, writeLetterTariff } from './letter-tariff.ts'
import { countWaitingLetters, handOver, selectBatches } from './queries/letters.ts'
import { writeLetter, writeLettersOfSegment } from './queue-letters.ts'
import { answerLetter, returnLetter } from './told-letters.ts'

/** Letters: written, drawn in batches, handed over, and what comes back of them. */
export const letterRoutes =
  (desk: LetterDesk): Routes =>
  (app, services) => {
    implement(app, services, 'getLetterTariff', endpoints.getLetterTariff, ({ db }) => readLetterTariff(db))

    implement(app, services, 'putLetterTariff', endpoints.putLetterTariff, (ctx, { body }) =>
      command(ctx, (tx) => writeLetterTariff(tx, body)),
    )

    implement(app, services, 'previewLetter', endpoints.previewLetter, async (ctx, { params, query }, { reply }) =>
      asPdf(reply, await previewLetter(ctx, desk, params.templateId, query.locale)),
    )

    implement(app, services, 'queueLetter', endpoints.queueLetter, (ctx, { params, body }) =>
      command(ctx, (tx) => writeLetter(ctx, tx, { ...params, ...body })),
    )

    implement(app, services, 'queueLettersOfSegment', endpoints.queueLettersOfSegment, (ctx, { params, body }) =>
      command(ctx, (tx) => writeLettersOfSegment(ctx, tx, { ...params, ...body })),
    )

    implement(app, services, 'listLetterBatches', endpoints.listLetterBatches, async ({ db }, { query }) => {
      const beforeNumber = decodeCursor(query.cursor, [cursorPatterns.integer])?.[0]
      const rows = await selectBatches(db, { beforeNumber, limit: query.limit + 1 })
      return { ...pageOf(rows, query.limit, batchView, (row) => [row.number]), waiting: await countWaitingLetters(db) }
    })

    implement(app, services, 'drawLetters', endpoints.drawLetters, async (ctx) =>
      command(ctx, async (tx) => {
        const { batchId, refused, waiting } = await drawLetters(ctx, tx, desk)
        const batch = batchId === null ? null : batchView(await readBatch(tx, batchId))
        return { batch, refused, waiting }
      }),
    )

    implement(
      app,
      services,
      'getLetterBatchFile',
      endpoints.getLetterBatchFile,
      async (ctx, { params, query }, { reply }) =>
        asPdf(
          reply,
          await (query.part === 'ticket' ? batchTicket(ctx, params.batchId) : batchFile(ctx, desk, params.batchId)),
        ),
    )

    implement(app, services, 'handOverLetters', endpoints.handOverLetters, async (ctx, { params: { batchId } }) => {
      await readBatch(ctx.db, batchId)
      await command(ctx, async (tx) => {
        const now = ctx.clock.now()
        const sent = await handOver(tx, { id: batchId, now, by: actorLabel(ctx.actor) })
        await noteSent(ctx, tx, sent ?? [], now)
      })
      return batchView(await readBatch(ctx.db, batchId))
    })

    implement(app, services, 'returnLetter', endpoints.returnLetter, (ctx, { body }) =>
      command(ctx, (tx) => returnLetter(ctx, tx, body)),
    )

    implement(app, services, 'noteLetterAnswer', endpoints.noteLetterAnswer, (ctx, { body }) =>
      command(ctx, (tx) => answerLetter(ctx, tx, body)),
    )

    implement(app, services, 'answerLetter', endpoints.answerLetter, async (ctx, { body }) => {
      const { subject } = await inTransaction(ctx.db, (tx) => answerLetter(ctx, tx, body))
      ctx.wakeRelay()
      return { subject }
    })
  }

const asPdf = (reply: FastifyReply, file: Buffer): FastifyReply => reply.type('application/pdf').send(file)
