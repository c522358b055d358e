import { timingSafeEqual } from 'node:crypto'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FastifyRequest } from 'fastify'
import { command } from '../../../kernel/command.ts'
import { sitesOf } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import type { LimitAttempts } from '../passes/routes.ts'
import { listWithdrawalRows, withdrawalById } from '../queries/withdrawals.ts'
import { declareWithdrawal, type PreparationDesk } from './declare-withdrawal.ts'
import { receiptPdf } from './receipt-pdf.ts'
import { viewWithdrawal, withdrawalSummaryOf } from './view-withdrawal.ts'
import { findContract, viewWithdrawable } from './withdrawable.ts'

type Deps = {
  readonly provider: PaymentProvider
  readonly preparations: PreparationDesk
  readonly limitAttempts: LimitAttempts
}

/** Withdrawals: declared by buyers, dealt with by staff. */
export const withdrawalRoutes =
  ({ provider, preparations, limitAttempts }: Deps): Routes =>
  (app, services) => {
    /** Numbers and addresses can be tried out: whoever misses too often waits. What is found costs no attempt. */
    const counted = async <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
      const giveBack = await limitAttempts(request)
      const found = await work()
      await giveBack()
      return found
    }

    implement(app, services, 'findWithdrawable', endpoints.findWithdrawable, (ctx, { body }, { request }) =>
      counted(request, async () => viewWithdrawable(ctx, ctx.db, await findContract(ctx, ctx.db, body.contract))),
    )

    implement(app, services, 'declareWithdrawal', endpoints.declareWithdrawal, async (ctx, { body }, { request }) => {
      const voids: string[] = []
      const answer = await counted(request, () =>
        command(ctx, async (tx) => {
          const { withdrawal, voidPaymentIds } = await declareWithdrawal(ctx, tx, preparations, body)
          voids.splice(0, Infinity, ...voidPaymentIds)
          return withdrawal
        }),
      )
      for (const paymentId of voids) await provider.void(paymentId)
      return answer
    })

    implement(app, services, 'getWithdrawal', endpoints.getWithdrawal, async (ctx, { params, query }) => {
      const row = await withdrawalById(ctx.db, params.withdrawalId)
      if (!row || !sameSecret(row.access_token, query.token)) throw refuse('orders.withdrawal_not_found')
      return viewWithdrawal(row)
    })

    implement(
      app,
      services,
      'getWithdrawalPdf',
      endpoints.getWithdrawalPdf,
      async (ctx, { params, query }, { reply }) => {
        const row = await withdrawalById(ctx.db, params.withdrawalId)
        if (!row || !sameSecret(row.access_token, query.token)) throw refuse('orders.withdrawal_not_found')
        const { number, locale, declared_at: declaredAt, receipt } = row
        const file = await receiptPdf({ number, locale, declaredAt, receipt }, ctx.config.mailFrom)
        return reply
          .type('application/pdf')
          .header('cache-control', 'private, no-store')
          .header('content-disposition', `attachment; filename="${number}.pdf"`)
          .send(file)
      },
    )

    implement(app, services, 'listWithdrawals', endpoints.listWithdrawals, async (ctx, { query }) => {
      const before = decodeCursor(query.cursor, [cursorPatterns.instant, cursorPatterns.uuid])
      const rows = await listWithdrawalRows(ctx.db, {
        ...query,
        siteIds: sitesOf(ctx.actor),
        before: before ? { at: before[0] ?? '', id: before[1] ?? '' } : undefined,
      })
      return pageOf(rows, query.limit, withdrawalSummaryOf, (row) => [row.declared_at, row.id])
    })
  }

function sameSecret(right: string, given: string): boolean {
  const a = Buffer.from(right)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
