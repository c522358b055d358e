import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { TextCost } from '@ecluse/contracts/texts.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text as words } from '../../../kernel/messages.ts'
import { guardOnePart, partsOf, priceOf, type SmsPrice } from '../domain/sms-parts.ts'

/** A text as it leaves: what sells says how to stop it, once. */
export function withStop(text: string, purpose: Purpose, locale: Locale): string {
  const says = purpose === 'service' || /\bSTOP\b/.test(text)
  return says ? text : `${text} ${words(locale, 'text.stop')}`
}

/** In how many parts a text would leave, and what it would cost, in millionths of a euro. */
export function weighText(text: string, to: string, prices: readonly SmsPrice[]): TextCost {
  const { encoding, parts, unitsLeft, foreign } = partsOf(text)
  const { fixed } = guardOnePart(text)
  return {
    encoding,
    parts,
    unitsLeft,
    foreign: foreign.map(({ character, instead }) => ({ character, instead })),
    fixed,
    fixedParts: partsOf(fixed).parts,
    costMicro: priceOf(parts, to, prices),
  }
}

/** Prices as the settings give them: `+33:52000,+:90000`, in millionths of a euro for each part. */
export function readPrices(setting: string): SmsPrice[] {
  return setting.split(',').flatMap((one) => {
    const [, prefix = '', millionths = ''] = /^\s*(\+\d*):(\d+)\s*$/.exec(one) ?? []
    return prefix === '' ? [] : [{ prefix, millionths: Number(millionths) }]
  })
}
