import { z } from 'zod'

export const locales = ['fr', 'en'] as const
export type Locale = (typeof locales)[number]
export const localeSchema = z.enum(locales).default('fr').describe('Language of texts in the answer.')

/** UUID, version 7 when made by Écluse (RFC 9562). */
export const idSchema = z.uuid()

/** Codes people write and read: channels, sites, SKUs of places. */
export const codeSchema = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)

export const slugSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)

export const currencySchema = z.literal('EUR')

/** An amount in minor units (cents), as ISO 4217 counts them. Never a float. */
export const moneySchema = z
  .strictObject({ amountMinor: z.int(), currency: currencySchema })
  .meta({ id: 'Money', description: 'Amount in minor units (cents) and its ISO 4217 currency.' })
export type Money = z.infer<typeof moneySchema>

/** A text in the two languages of the product; French is always there. */
export const textSchema = z
  .strictObject({ fr: z.string(), en: z.string() })
  .meta({ id: 'LocalizedText', description: 'One text in French and in English.' })
export type LocalizedText = z.infer<typeof textSchema>

/** What one costs, in minor units, up to a million: sums of any order stay exact. */
export const unitPriceMinorSchema = z.int().min(0).max(100_000_000)

export const quantitySchema = z.int().min(1).max(9_999)

/** Years that people and PostgreSQL both know: ISO 8601 also writes the year 0, which no database date has. */
const inKnownYears = (date: string) => date >= '1000'

export const instantSchema = z.iso.datetime({ offset: true }).refine(inKnownYears)
export const dateSchema = z.iso.date().refine(inKnownYears)

/** French VAT classes (CGI, art. 278 et seq.): standard 20 %, intermediate 10 %, reduced 5.5 %, special 2.1 %, zero. */
export const vatClasses = ['standard', 'intermediate', 'reduced', 'special', 'zero'] as const
export type VatClass = (typeof vatClasses)[number]
export const vatClassSchema = z.enum(vatClasses)

/** Kinds of goods. Physical goods and files are sold today; the others have their place kept. */
export const goodsKinds = ['physical', 'digital', 'ticket', 'appointment', 'contract'] as const
export const goodsKindSchema = z.enum(goodsKinds)

/** GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications, 7.9). */
export const gtinSchema = z
  .string()
  .regex(/^(?:\d{8}|\d{12}|\d{13}|\d{14})$/)
  .refine(hasGtinCheckDigit, { error: 'gtin.check_digit' })
  .meta({ description: 'GTIN-8, -12, -13 or -14; the check digit is verified.' })

/** Whether the last digit of a GTIN is the one GS1's modulo-10 weighting asks for. */
export function hasGtinCheckDigit(gtin: string): boolean {
  if (!/^\d{8,14}$/.test(gtin)) return false
  return gtin.endsWith(String(gtinCheckDigit(gtin.slice(0, -1))))
}

/** The GS1 check digit of a code without one: weights 3 and 1 alternate from the right. */
export function gtinCheckDigit(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const weight = (digits.length - i) % 2 === 1 ? 3 : 1
    sum += Number(digits[i]) * weight
  }
  return (10 - (sum % 10)) % 10
}

export const emailSchema = z.email().max(254)

export const cursorQuery = {
  cursor: z.string().max(500).optional().describe('Opaque position: `nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** One page of a list; follow `nextCursor` until it is null. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** Where something is, in degrees (WGS 84). */
export const coordinatesSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})
export type Coordinates = z.infer<typeof coordinatesSchema>

export const postalAddressSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    street: z.string().trim().min(1).max(200),
    street2: z.string().trim().max(200).optional(),
    postalCode: z.string().trim().min(2).max(12),
    locality: z.string().trim().min(1).max(120),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('FR')
      .describe('ISO 3166-1 alpha-2.'),
  })
  .meta({ id: 'PostalAddress' })
export type PostalAddress = z.infer<typeof postalAddressSchema>
