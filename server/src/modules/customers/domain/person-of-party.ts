import type { PersonRecord } from '@ecluse/strategy-engine/record-linkage/person-record.ts'

/** What is known of a customer, as it is compared with others. */
export type ComparedParty = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly address: {
    readonly street?: string
    readonly street2?: string | null
    readonly postalCode?: string
    readonly locality?: string
  } | null
}

/**
 * A customer as records are compared. The first word of a name is taken for the given name and the rest for the family's; where
 * somebody wrote them the other way round, the comparison finds them swapped.
 */
export function personOfParty({ id, name, email, phone, address }: ComparedParty): PersonRecord {
  const [given = '', ...family] = name.trim().split(/\s+/)
  const [, number = null, street = address?.street ?? null] =
    /^(\d+\s*(?:bis|ter|[a-d])?\b),?\s+(.+)$/i.exec(address?.street ?? '') ?? []
  return {
    id,
    givenName: given,
    familyName: family.join(' '),
    streetNumber: number,
    street,
    addressExtra: address?.street2 ?? null,
    locality: address?.locality ?? null,
    postalCode: address?.postalCode ?? null,
    email,
    phone,
  }
}

export type Reason = { readonly comparison: string; readonly level: string; readonly bits: number }

/** How sure it must be that two are one before nobody is asked. */
const sureFrom = 0.99

/**
 * Whether two customers are merged without asking: nothing that is known of both differs in the least, and that is the whole
 * name, the telephone and the whole address. A father and a son of one name usually differ by a telephone or an e-mail.
 */
export function isSure(probability: number, reasons: readonly Reason[]): boolean {
  const same = new Set(reasons.filter(({ level }) => level === 'same').map(({ comparison }) => comparison))
  const needed = ['givenName', 'familyName', 'phone', 'street', 'streetNumber', 'place']
  return probability >= sureFrom && same.size === reasons.length && needed.every((comparison) => same.has(comparison))
}
