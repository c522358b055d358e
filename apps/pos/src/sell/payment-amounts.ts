import type { PaymentInput } from '@ecluse/contracts/order-payments.ts'

export type PayMode = 'cash' | 'card' | 'both'

/** What the clerk typed, in minor units; null while a field is empty. */
export type TypedPayment = { mode: PayMode; cashMinor: number | null; cardMinor: number | null }

export type Split = {
  /** What goes into the drawer and stays there. */
  readonly cashMinor: number
  readonly tenderedMinor: number
  readonly cardMinor: number
  readonly changeMinor: number
  /** What is still to be paid; the sale can be made when it is zero. */
  readonly missingMinor: number
}

/**
 * Shares a total between cash and card. Cash alone may exceed it, and gives change; with both, what cash does not cover is
 * for the card, or the other way round, whichever was typed.
 */
export function splitPayment(totalMinor: number, { mode, cashMinor, cardMinor }: TypedPayment): Split {
  if (mode === 'card') {
    return { cashMinor: 0, tenderedMinor: 0, cardMinor: totalMinor, changeMinor: 0, missingMinor: 0 }
  }
  if (mode === 'cash') {
    const tendered = cashMinor ?? totalMinor
    return {
      cashMinor: totalMinor,
      tenderedMinor: tendered,
      cardMinor: 0,
      changeMinor: Math.max(0, tendered - totalMinor),
      missingMinor: Math.max(0, totalMinor - tendered),
    }
  }
  const card = Math.min(totalMinor, cardMinor ?? Math.max(0, totalMinor - (cashMinor ?? 0)))
  const tendered = cashMinor ?? totalMinor - card
  const cash = totalMinor - card
  return {
    cashMinor: cash,
    tenderedMinor: tendered,
    cardMinor: card,
    changeMinor: Math.max(0, tendered - cash),
    missingMinor: Math.max(0, cash - tendered),
  }
}

/** The payments to send for a split that covers its total. */
export function paymentsOf(split: Split, terminalReference: string): PaymentInput[] {
  const payments: PaymentInput[] = []
  if (split.cashMinor > 0 || split.cardMinor === 0) {
    payments.push({ method: 'cash', amountMinor: split.cashMinor, tenderedMinor: split.tenderedMinor })
  }
  if (split.cardMinor > 0) {
    const reference = terminalReference.trim()
    payments.push({
      method: 'terminal_card',
      amountMinor: split.cardMinor,
      ...(reference === '' ? {} : { terminalReference: reference }),
    })
  }
  return payments
}

const notesMinor = [500, 1_000, 2_000, 5_000, 10_000, 20_000]

/** Amounts people hand over for a total: itself, then what the next notes make. At most four. */
export function quickAmounts(totalMinor: number): number[] {
  const rounded = notesMinor.map((note) => Math.ceil(totalMinor / note) * note)
  return [...new Set([totalMinor, ...rounded])].toSorted((a, b) => a - b).slice(0, 4)
}
