import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { WithdrawalOutcome } from '@ecluse/contracts/withdrawals.ts'
import { intlOf, text } from '../../../kernel/messages.ts'

/** What a receipt tells. */
export type ReceiptContent = {
  readonly number: string
  readonly orderNumber: string
  readonly placedAt: Date
  readonly declaredAt: Date
  readonly name: string
  readonly email: string
  readonly lines: readonly {
    readonly name: string
    readonly variantLabel: string
    readonly sku: string
    readonly quantity: number
    readonly outcome: WithdrawalOutcome
  }[]
}

const zone = 'Europe/Paris'

/**
 * The receipt of a withdrawal, to be kept: its content, and the day and time it was sent, to the second (directive 2011/83/EU,
 * article 11a, as (EU) 2023/2673 adds it; Code de la consommation, L221-21 and D221-5).
 */
export function receiptText(locale: Locale, content: ReceiptContent): string {
  const say = (key: string, values: Record<string, string> = {}) => text(locale, `withdrawal.receipt.${key}`, values)
  const { number, orderNumber, name, email, lines } = content
  const intl = intlOf(locale)
  const day = intl.formatDate(content.placedAt, { dateStyle: 'long', timeZone: zone })
  const at = intl.formatDate(content.declaredAt, { dateStyle: 'full', timeStyle: 'long', timeZone: zone })
  const outcomes = (['cancelled', 'to_return', 'to_stop'] as const).filter((outcome) =>
    lines.some((line) => line.outcome === outcome),
  )
  return [
    say('title', { number }),
    say('at', { at }),
    say('by', { name, email }),
    say('of', { order: orderNumber, day }),
    ...lines.map((line) =>
      say('line', {
        quantity: String(line.quantity),
        name: [line.name, line.variantLabel].filter(Boolean).join(', '),
        sku: line.sku,
      }),
    ),
    ...outcomes.map((outcome) => say(outcome)),
    say('keep'),
  ].join('\n')
}
