import { createHash } from 'node:crypto'
import { gtinCheckDigit } from '@ecluse/contracts/scalars.ts'

/** A card's number from unguessable text: a GTIN-13 of those GS1 keeps for use within a firm (prefix 29), which every scanner reads. */
export function cardNumberOf(secret: string): string {
  const digest = createHash('sha256').update(`card ${secret}`).digest('hex')
  const body = `29${(BigInt(`0x${digest}`) % 10_000_000_000n).toString().padStart(10, '0')}`
  return `${body}${gtinCheckDigit(body)}`
}
