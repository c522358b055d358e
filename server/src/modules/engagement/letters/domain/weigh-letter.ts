import type { LetterTariff } from '@ecluse/contracts/letters.ts'

/** What a letter weighs and costs. */
type WeighedLetter = {
  readonly sheets: number
  readonly grams: number
  /** The weight of its class at the post. */
  readonly upToGrams: number
  /** Printing and postage, in millionths of a euro. */
  readonly costMicro: number
}

/** What a letter of so many pages weighs and costs by a tariff; null when the post takes none so heavy. */
export function weighLetter(pages: number, tariff: LetterTariff): WeighedLetter | null {
  const sheets = tariff.bothSides ? Math.ceil(pages / 2) : pages
  const grams = sheets * tariff.sheetGrams + tariff.envelopeGrams
  const byWeight = tariff.classes.toSorted((a, b) => a.upToGrams - b.upToGrams)
  const fits = byWeight.find(({ upToGrams }) => grams <= upToGrams)
  if (!fits) return null
  return { sheets, grams, upToGrams: fits.upToGrams, costMicro: fits.micro + sheets * tariff.sheetMicro }
}
