import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const referralSchema = z
  .strictObject({
    offered: z
      .strictObject({ sponsorPoints: z.int(), friendPoints: z.int() })
      .nullable()
      .describe('What each gets when the friend’s first order is paid and kept; null: the programme offers none.'),
    code: z.string().nullable().describe('To hand on; null for who is no member.'),
    friends: z.strictObject({ waiting: z.int(), rewarded: z.int() }),
    brought: z.enum(['waiting', 'rewarded', 'void']).nullable().describe('Whether they were brought themselves.'),
  })
  .meta({ id: 'Referral' })
export type Referral = z.infer<typeof referralSchema>

export const referralEndpoints = {
  getMyReferral: endpoint({
    method: 'GET',
    path: '/loyalty/me/referral',
    summary: 'The code one hands on to friends, and what came of it',
    access: 'account',
    response: referralSchema,
  }),
  claimReferral: endpoint({
    method: 'POST',
    path: '/loyalty/me/referral',
    summary: 'Say by whose code one came, before the first order',
    access: 'account',
    idempotent: true,
    body: z.strictObject({ code: z.string().trim().toUpperCase().min(4).max(20) }),
    response: referralSchema,
  }),
}
