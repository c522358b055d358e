import { z } from 'zod'
import { identifierSchema } from './companies.ts'
import { isSiren, isSiret, isVatNumber } from './company-identifiers.ts'
import { endpoint } from './endpoint.ts'
import { emailSchema, instantSchema, postalAddressSchema } from './scalars.ts'

/** Who sells, as documents name them. */
const shape = {
  name: z.string().trim().min(1).max(200).describe('As registered (EN 16931, BT-27).'),
  siren: identifierSchema(isSiren, 'company.siren').describe('Nine digits with their key (BT-30, scheme 0002).'),
  siret: identifierSchema(isSiret, 'company.siret').describe('Of the head office (scheme 0009).'),
  vatNumber: identifierSchema(isVatNumber, 'company.vat').describe('With the prefix of its country (BT-31).'),
  address: postalAddressSchema.nullable().default(null),
  email: emailSchema.nullable().default(null),
}

/** A SIRET and a French VAT number are those of the SIREN. */
const belongTogether = ({
  siren,
  siret,
  vatNumber,
}: {
  siren: string | null
  siret: string | null
  vatNumber: string | null
}) => {
  const digits = (text: string | null) => text?.replace(/[\s.]/g, '') ?? ''
  const own = digits(siren)
  if (own === '') return true
  const vat = digits(vatNumber).toUpperCase()
  return (digits(siret) === '' || digits(siret).startsWith(own)) && (!vat.startsWith('FR') || vat.endsWith(own))
}

export const legalEntitySchema = z
  .strictObject({
    name: z.string(),
    siren: z.string().nullable(),
    siret: z.string().nullable(),
    vatNumber: z.string().nullable(),
    address: postalAddressSchema.nullable(),
    email: z.string().nullable(),
    changedAt: instantSchema,
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'LegalEntity' })
export type LegalEntity = z.infer<typeof legalEntitySchema>

export const legalEntityEndpoints = {
  getLegalEntity: endpoint({
    method: 'GET',
    path: '/legal-entity',
    summary: 'The company that sells, as its documents name it; null until somebody says',
    access: 'catalog:read',
    response: z.strictObject({ entity: legalEntitySchema.nullable() }),
  }),
  putLegalEntity: endpoint({
    method: 'PUT',
    path: '/legal-entity',
    summary: 'Say who sells: name, SIREN, SIRET and VAT number, whose keys are checked, and that they belong together',
    access: 'users:manage',
    body: z.strictObject(shape).refine(belongTogether, { error: 'company.identifiers_differ', path: ['siren'] }),
    response: z.strictObject({ entity: legalEntitySchema.nullable() }),
  }),
}
