import type { Clock } from '../../../kernel/clock.ts'
import type { Db } from '../../../kernel/db.ts'
import { answerChallenge, insertAuthorisation, selectAuthorisation } from '../queries/test-authorisations.ts'
import type { PaymentProvider, ProviderAnswer } from './provider.ts'

/** Tokens of the local test provider's cards. */
const testTokens = ['tok_accept', 'tok_decline', 'tok_challenge', 'tok_timeout'] as const

/** How long the bank behind `tok_timeout` stays silent before it says what it did. */
const silenceMs = 5_000

/**
 * A provider that runs here and takes no money: four cards that accept, decline, ask for a 3-D Secure challenge, or never
 * answer in time. What must outlive a crash lies in its own table, as it would on a bank's side.
 */
export function createTestProvider(db: Db, clock: Clock): PaymentProvider {
  return {
    name: 'test',
    accepts: (token) => (testTokens as readonly string[]).includes(token),
    async authorise({ paymentId, amountMinor, token, returnUrl }) {
      switch (token) {
        case 'tok_accept':
          return { state: 'authorised', reference: referenceOf(paymentId) }
        case 'tok_decline':
          return { state: 'declined', reason: 'insufficient_funds' }
        case 'tok_challenge':
          await insertAuthorisation(db, { paymentId, amountMinor, outcome: 'challenge', returnUrl }, clock.now())
          return { state: 'challenge', challengeUrl: `/test-payment/${paymentId}` }
        default:
          await insertAuthorisation(db, { paymentId, amountMinor, outcome: 'silent', returnUrl }, clock.now())
          return { state: 'pending' }
      }
    },
    async status(paymentId) {
      const row = await selectAuthorisation(db, paymentId)
      if (!row) return { state: 'declined', reason: 'unknown_payment' }
      return answerOf(paymentId, row, clock.now())
    },
    capture: () => Promise.resolve(),
    void: () => Promise.resolve(),
    refund: ({ refundId }) => Promise.resolve({ reference: `test_refund_${refundId}` }),
  }
}

function answerOf(paymentId: string, row: { outcome: string; asked_at: Date }, now: Date): ProviderAnswer {
  switch (row.outcome) {
    case 'authorised':
      return { state: 'authorised', reference: referenceOf(paymentId) }
    case 'declined':
      return { state: 'declined', reason: 'challenge_refused' }
    case 'challenge':
      return { state: 'challenge', challengeUrl: `/test-payment/${paymentId}` }
    default:
      // The answer was lost, not the authorisation: asked again later, the bank says yes.
      return now.getTime() - row.asked_at.getTime() >= silenceMs
        ? { state: 'authorised', reference: referenceOf(paymentId) }
        : { state: 'pending' }
  }
}

function referenceOf(paymentId: string): string {
  return `test_${paymentId}`
}

/** What the buyer answers on the test bank's own page. @returns where the buyer goes back to; undefined if unknown */
export async function answerTestChallenge(
  db: Db,
  clock: Clock,
  paymentId: string,
  outcome: 'accept' | 'refuse',
): Promise<string | undefined> {
  return answerChallenge(db, paymentId, outcome === 'accept' ? 'authorised' : 'declined', clock.now())
}
