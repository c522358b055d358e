import { z } from 'zod'
import { compactIdentifier, isSiren, isSiret, isVatNumber } from './company-identifiers.ts'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  pageOf,
  postalAddressSchema,
} from './scalars.ts'

/**
 * What someone may do for their company: `buyer` orders within limits; `approver` decides over them too; `administrator` keeps
 * its people and sites as well.
 */
export const companyRoles = ['buyer', 'approver', 'administrator'] as const
export type CompanyRole = (typeof companyRoles)[number]

/** An identifier as it is typed, with spaces or dots between groups; empty is none. */
export const identifierSchema = (right: (text: string) => boolean, error: string) =>
  z
    .string()
    .max(30)
    .refine((text) => text.trim() === '' || right(compactIdentifier(text)), { error })
    .nullable()
    .default(null)

const limitSchema = z.int().min(0).max(2_000_000_000).nullable().default(null)
const words = (most: number) => z.string().trim().max(most)

export const companyInputSchema = z
  .strictObject({
    name: words(200).min(1).describe('As registered (EN 16931, BT-44).'),
    tradeName: words(200).nullable().default(null).describe('BT-45.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('FR'),
    siren: identifierSchema(isSiren, 'company.siren').describe('Nine digits with their key (BT-47, scheme 0002).'),
    vatNumber: identifierSchema(isVatNumber, 'company.vat').describe('With the prefix of its country (BT-48).'),
    email: emailSchema.nullable().default(null),
    phone: words(30).nullable().default(null),
    locale: localeSchema,
    priceList: codeSchema.nullable().default(null).describe('The price list it buys from before the channel’s own.'),
    referenceRequired: z.boolean().default(false).describe('Whether its orders must name its own purchase order.'),
    active: z.boolean().default(true).describe('Only an active company can order.'),
  })
  .meta({ id: 'CompanyDetails' })
export type CompanyInput = z.output<typeof companyInputSchema>

export const companySiteInputSchema = z
  .strictObject({
    name: words(120).min(1),
    siret: identifierSchema(isSiret, 'company.siret').describe('Fourteen digits with their key (scheme 0009).'),
    address: postalAddressSchema,
    contactName: words(120).nullable().default(null),
    contactEmail: emailSchema.nullable().default(null),
    contactPhone: words(30).nullable().default(null),
    instructions: words(500).default('').describe('For whoever delivers: gate, hours, whom to ask for.'),
    monthLimitMinor: limitSchema.describe('VAT included, in a calendar month; beyond it orders need approval.'),
    active: z.boolean().default(true),
  })
  .meta({ id: 'CompanySiteDetails' })
export type CompanySiteInput = z.output<typeof companySiteInputSchema>

const memberRights = {
  role: z.enum(companyRoles),
  siteIds: z.array(idSchema).max(200).default([]).describe('The sites they order for; none named means all.'),
  orderLimitMinor: limitSchema.describe('VAT included, of one order; beyond it orders need approval.'),
  monthLimitMinor: limitSchema.describe('VAT included, in a calendar month; beyond it orders need approval.'),
}

export const companySiteSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    siret: z.string().nullable(),
    address: postalAddressSchema,
    contactName: z.string().nullable(),
    contactEmail: z.string().nullable(),
    contactPhone: z.string().nullable(),
    instructions: z.string(),
    monthLimitMinor: z.int().nullable(),
    active: z.boolean(),
  })
  .meta({ id: 'CompanySite' })
export type CompanySite = z.infer<typeof companySiteSchema>

export const companyMemberSchema = z
  .strictObject({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: z.enum(companyRoles),
    state: z.enum(['invited', 'active']),
    siteIds: z.array(idSchema),
    orderLimitMinor: z.int().nullable(),
    monthLimitMinor: z.int().nullable(),
    createdAt: instantSchema,
    joinedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CompanyMember' })
export type CompanyMember = z.infer<typeof companyMemberSchema>

export const approvalRuleSchema = z.strictObject({
  fromMinor: z.int().min(0).max(2_000_000_000).describe('VAT included: who approves from this amount on.'),
  memberId: idSchema,
})

export const companySummarySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    name: z.string(),
    tradeName: z.string().nullable(),
    siren: z.string().nullable(),
    vatNumber: z.string().nullable(),
    siteCount: z.int(),
    memberCount: z.int(),
    active: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'CompanySummary' })
export type CompanySummary = z.infer<typeof companySummarySchema>

export const companySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    name: z.string(),
    tradeName: z.string().nullable(),
    country: z.string(),
    siren: z.string().nullable(),
    vatNumber: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.enum(['fr', 'en']),
    priceList: z.string().nullable(),
    referenceRequired: z.boolean(),
    active: z.boolean(),
    createdAt: instantSchema,
    sites: z.array(companySiteSchema),
    members: z.array(companyMemberSchema),
    approvalRules: z.array(approvalRuleSchema),
    /** What whoever asks is to this company. */
    you: z.strictObject({
      as: z.enum(['staff', 'member', 'key']),
      memberId: idSchema.nullable(),
      role: z.enum(companyRoles).nullable(),
    }),
  })
  .meta({ id: 'Company' })
export type Company = z.infer<typeof companySchema>

const companyParams = z.strictObject({ companyId: idSchema })
const tokenParams = z.strictObject({ token: z.string().min(10).max(100) })

const invitationSchema = z
  .strictObject({
    companyId: idSchema,
    companyName: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(companyRoles),
    expiresAt: instantSchema,
  })
  .meta({ id: 'CompanyInvitation' })
export type CompanyInvitation = z.infer<typeof invitationSchema>

export const companyEndpoints = {
  listCompanies: endpoint({
    method: 'GET',
    path: '/companies',
    summary: 'Companies that buy, by name, number, SIREN or VAT number',
    access: 'customers:read',
    query: z.strictObject({ ...cursorQuery, q: z.string().trim().max(200).optional() }),
    response: pageOf(companySummarySchema),
  }),
  listMyCompanies: endpoint({
    method: 'GET',
    path: '/account/companies',
    summary: 'The companies the signed-in person buys for',
    access: 'account',
    response: z.strictObject({
      items: z.array(z.strictObject({ id: idSchema, name: z.string(), role: z.enum(companyRoles) })),
    }),
  }),
  createCompany: endpoint({
    method: 'POST',
    path: '/companies',
    summary: 'Add a company',
    access: 'customers:write',
    status: 201,
    idempotent: true,
    body: companyInputSchema,
    response: companySchema,
  }),
  getCompany: endpoint({
    method: 'GET',
    path: '/companies/{companyId}',
    summary: 'A company with its sites and people, for staff, its members and its own API keys',
    access: 'company',
    params: companyParams,
    response: companySchema,
  }),
  updateCompany: endpoint({
    method: 'PUT',
    path: '/companies/{companyId}',
    summary: 'Change what is known of a company',
    access: 'customers:write',
    params: companyParams,
    body: companyInputSchema,
    response: companySchema,
  }),
  createCompanySite: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/sites',
    summary: 'Add a place where a company has goods delivered; for staff and its administrators',
    access: 'company',
    status: 201,
    idempotent: true,
    params: companyParams,
    body: companySiteInputSchema,
    response: companySchema,
  }),
  updateCompanySite: endpoint({
    method: 'PUT',
    path: '/companies/{companyId}/sites/{siteId}',
    summary: 'Change a site of a company; for staff and its administrators',
    access: 'company',
    params: companyParams.extend({ siteId: idSchema }),
    body: companySiteInputSchema,
    response: companySchema,
  }),
  inviteCompanyMember: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/invitations',
    summary: 'Invite somebody to buy for a company, by e-mail; inviting again sends another link',
    access: 'company',
    status: 201,
    idempotent: true,
    params: companyParams,
    body: z.strictObject({ email: emailSchema, name: words(120).min(1), locale: localeSchema, ...memberRights }),
    response: companySchema,
  }),
  getCompanyInvitation: endpoint({
    method: 'GET',
    path: '/company-invitations/{token}',
    summary: 'What an invitation is to, for whoever holds its link',
    access: 'public',
    params: tokenParams,
    response: invitationSchema,
  }),
  acceptCompanyInvitation: endpoint({
    method: 'POST',
    path: '/company-invitations/{token}/acceptance',
    summary: 'Accept an invitation with the account of the address it was sent to',
    access: 'account',
    params: tokenParams,
    response: z.strictObject({ companyId: idSchema }),
  }),
  updateCompanyMember: endpoint({
    method: 'PUT',
    path: '/companies/{companyId}/members/{memberId}',
    summary: 'Change the role, sites and limits of somebody; for staff and the company’s administrators',
    access: 'company',
    params: companyParams.extend({ memberId: idSchema }),
    body: z.strictObject({ name: words(120).min(1), ...memberRights }),
    response: companySchema,
  }),
  removeCompanyMember: endpoint({
    method: 'DELETE',
    path: '/companies/{companyId}/members/{memberId}',
    summary: 'Take somebody out of a company, or an invitation back; for staff and its administrators',
    access: 'company',
    params: companyParams.extend({ memberId: idSchema }),
    response: companySchema,
  }),
  putApprovalRules: endpoint({
    method: 'PUT',
    path: '/companies/{companyId}/approval-rules',
    summary: 'Who approves what goes over a limit, in order, each from an amount on; none: any approver',
    access: 'company',
    params: companyParams,
    body: z.strictObject({ rules: z.array(approvalRuleSchema).max(20) }),
    response: companySchema,
  }),
}
