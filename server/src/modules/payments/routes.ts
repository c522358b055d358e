import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { answerTestChallenge } from './providers/test-provider.ts'

/** The page of the local test provider stands in for a bank's. */
export const testPaymentRoutes: Routes = (app, services) => {
  implement(app, services, 'answerTestChallenge', endpoints.answerTestChallenge, async (ctx, { params, body }) => {
    const returnUrl = await answerTestChallenge(ctx.db, ctx.clock, params.paymentId, body.outcome)
    if (returnUrl === undefined) throw refuse('payments.not_found')
    return { returnUrl }
  })
}
