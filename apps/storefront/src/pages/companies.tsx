/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { keepCompany } from '../company-prices.ts'
import { show } from '../document.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** The companies somebody buys for; with one, that one. */
export async function companiesPage(visit: Visit) {
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  if (!session) return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'companies') }))
  const { items } = await visit.call(endpoints.listMyCompanies)
  const [only] = items
  if (only && items.length === 1) return goTo(visit, link(visit, 'company', { companyId: only.id }))
  return show(visit, {
    title: t('company.mine'),
    description: t('company.mine'),
    alternates: { fr: addressOf('companies', 'fr'), en: addressOf('companies', 'en') },
    indexed: false,
    personal: true,
    body: (
      <div class="account">
        <h1 class="editorial">{t('company.mine')}</h1>
        {items.length === 0 ? (
          <p class="lead">{t('company.none')}</p>
        ) : (
          <ul class="company-list">
            {items.map((company) => (
              <li key={company.id}>
                <a href={link(visit, 'company', { companyId: company.id })}>{company.name}</a>
                <span class="muted">{t(`company.role.${company.role}`)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    ),
  })
}

/** Buys for a company from now on, or for oneself again. */
export async function companiesForm(visit: Visit) {
  const companyId = visit.form.get('companyId') ?? ''
  if (companyId === '') {
    keepCompany(visit, null)
    return goTo(visit, link(visit, 'home'))
  }
  const { items } = await visit.call(endpoints.listMyCompanies)
  const company = items.find(({ id }) => id === companyId)
  if (!company) return goTo(visit, link(visit, 'companies'))
  keepCompany(visit, company.id)
  return goTo(visit, link(visit, 'catalogue'))
}

export const invitationPage = (visit: Visit) => showInvitation(visit, {})

/** Accepts, with the account of the address that was invited. */
export async function invitationForm(visit: Visit) {
  const { token = '' } = visit.params
  try {
    const { companyId } = await visit.call(endpoints.acceptCompanyInvitation, { params: { token } })
    keepCompany(visit, companyId)
    return await goTo(visit, link(visit, 'company', { companyId }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showInvitation(visit, { form: error.problem.detail }, error.problem.status)
  }
}

async function showInvitation(visit: Visit, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const { token = '' } = visit.params
  const { session } = await visit.call(endpoints.getSession)
  const invitation = await visit.call(endpoints.getCompanyInvitation, { params: { token } }).catch((error: unknown) => {
    if (error instanceof ApiError && error.problem.status < 500) return error
    throw error
  })
  const lost = invitation instanceof ApiError
  const next = link(visit, 'companyInvitation', { token })
  const own = (language: Visit['locale']) => addressOf('companyInvitation', language, { token })
  return show(
    visit,
    {
      title: t('company.invitation'),
      description: t('company.invitation'),
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      body: (
        <div class="entrance">
          <h1 class="editorial">{t('company.invitation')}</h1>
          <ErrorSummary visit={visit} errors={lost ? { form: invitation.problem.detail } : errors} />
          {!lost && (
            <>
              <p class="lead">
                {t('company.invited', { company: invitation.companyName, role: t(`company.role.${invitation.role}`) })}
              </p>
              <p class="muted">
                {t('company.invited_until', {
                  email: invitation.email,
                  date: formatDate(invitation.expiresAt, locale, 'dayLong'),
                })}
              </p>
              {session ? (
                <form method="post" action={next}>
                  <button class="button primary large" type="submit">
                    {t('company.accept')}
                  </button>
                  <p class="muted">{t('company.signed_in_as', { email: session.email })}</p>
                </form>
              ) : (
                <p class="company-acts">
                  <a class="button primary" href={link(visit, 'signIn', {}, { next })}>
                    {t('account.sign_in')}
                  </a>
                  <a class="button" href={link(visit, 'register', {}, { next })}>
                    {t('account.register')}
                  </a>
                </p>
              )}
            </>
          )}
        </div>
      ),
    },
    lost ? 404 : status,
  )
}
