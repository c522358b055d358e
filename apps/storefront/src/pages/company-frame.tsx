/** @jsxRuntime automatic @jsxImportSource preact */
import type { FastifyReply } from 'fastify'
import type { ComponentChildren } from 'preact'
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { keepCompany } from '../company-prices.ts'
import { show } from '../document.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { addressOf, type AddressName } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

/** Reads the company of this address, or sends whoever is not signed in to sign in; to others it does not exist. */
export async function withCompany(
  visit: Visit,
  answer: (company: Company) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { companyId = '' } = visit.params
  let company: Company
  try {
    company = await visit.call(endpoints.getCompany, { params: { companyId } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    if (error.problem.status === 401) return goTo(visit, link(visit, 'signIn', {}, { next: visit.request.url }))
    return notFound(visit)
  }
  // Whoever comes here buys for it; the shop shows its prices from now on.
  if (visit.company?.id !== company.id) {
    keepCompany(visit, company.id)
    visit.company = { id: company.id, name: company.name }
  }
  return answer(company)
}

type Frame = {
  visit: Visit
  company: Company
  name: AddressName
  title: string
  errors?: FormErrors
  status?: number
  params?: Record<string, string>
  children: ComponentChildren
}

/** A page of the company area, with the ways to its other pages. */
export function showCompany({ visit, company, name, title, errors = {}, status = 200, params = {}, children }: Frame) {
  const { t } = visit
  const own = (locale: Visit['locale']) => addressOf(name, locale, { companyId: company.id, ...params })
  const failed = Object.keys(errors).length > 0
  return show(
    visit,
    {
      title: failed ? t('form.error_title', { title }) : title,
      description: title,
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      body: (
        <div class="account company">
          <p class="muted">{company.name}</p>
          <h1 class="editorial">{title}</h1>
          <Ways visit={visit} company={company} name={name} />
          <ErrorSummary visit={visit} errors={errors} />
          {children}
        </div>
      ),
    },
    status,
  )
}

function Ways({ visit, company, name }: Pick<Frame, 'visit' | 'company' | 'name'>) {
  const { t } = visit
  const administrator = company.you.role === 'administrator'
  const pages = ['company', 'companyCheckout', ...(administrator ? ['companyPeople', 'companySites'] : [])] as const
  return (
    <nav class="company-nav" aria-label={company.name}>
      {(pages as readonly AddressName[]).map((page) => (
        <a
          key={page}
          class="button small"
          href={link(visit, page, { companyId: company.id })}
          aria-current={page === name ? 'page' : undefined}
        >
          {t(`company.nav.${page as 'company'}`)}
        </a>
      ))}
    </nav>
  )
}

/** The API's refusal as what is wrong with a form; anything worse goes on. */
export function refusalOf(error: unknown): { errors: FormErrors; status: number } {
  if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
  const [issue] = error.problem.issues ?? []
  return { errors: { form: issue?.message ?? error.problem.detail }, status: error.problem.status }
}

/** An amount as one writes it, in cents; null when the field is empty or no amount. */
export function centsOf(text: string | null): number | null {
  const typed = (text ?? '').replace(/[\s\u202f\u00a0€]/g, '').replace(',', '.')
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : null
}
