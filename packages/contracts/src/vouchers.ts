import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema, localeSchema, moneySchema } from './scalars.ts'

/** A voucher as it is typed: spaces, hyphens and small letters do not count. */
export const voucherCodeSchema = z.string().trim().min(8).max(40)

/** Money owed to whoever holds the code. */
export const voucherSchema = z
  .strictObject({
    code: z.string().describe('Sixteen characters, of which the last checks the others.'),
    issued: moneySchema,
    balance: moneySchema,
    issuedAt: instantSchema,
    expiresAt: instantSchema,
    expired: z.boolean(),
    /** The return it was given for. */
    returnNumber: z.string().nullable(),
  })
  .meta({ id: 'Voucher' })
export type Voucher = z.infer<typeof voucherSchema>

export const voucherEndpoints = {
  getVoucher: endpoint({
    method: 'POST',
    path: '/vouchers/balance',
    summary: 'What is left of a voucher, for whoever holds its code',
    access: 'public',
    body: z.strictObject({ code: voucherCodeSchema, locale: localeSchema }),
    response: voucherSchema,
  }),
  listVouchers: endpoint({
    method: 'GET',
    path: '/vouchers',
    summary: 'The vouchers given for returns of an order',
    access: 'orders:read',
    query: z.strictObject({ orderId: idSchema }),
    response: z.strictObject({ items: z.array(voucherSchema) }),
  }),
}
