import type { FastifyRequest } from 'fastify'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { vouchersOfOrder } from './queries/vouchers.ts'
import { readVoucher, viewVoucher } from './vouchers.ts'

/** Vouchers: what is left of one, for whoever holds its code; guessing is slow. */
export const voucherRoutes =
  (deps: { limitCodes: (request: FastifyRequest) => Promise<() => Promise<void>> }): Routes =>
  (app, services) => {
    implement(app, services, 'getVoucher', endpoints.getVoucher, async (ctx, { body }, { request }) => {
      const giveBack = await deps.limitCodes(request)
      const row = await readVoucher(ctx, body.code)
      await giveBack()
      return viewVoucher(row, ctx.clock.now())
    })
    implement(app, services, 'listVouchers', endpoints.listVouchers, async (ctx, { query }) => ({
      items: (await vouchersOfOrder(ctx.db, query.orderId)).map((row) => viewVoucher(row, ctx.clock.now())),
    }))
  }
