/** @jsxRuntime automatic @jsxImportSource preact */
import { companyRoles, type Company, type CompanyRole } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { Field, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { centsOf, refusalOf, showCompany, withCompany } from './company-frame.tsx'

/** Who buys for the company, for its administrator: invite, see, remove. */
export const companyPeoplePage = (visit: Visit) => withCompany(visit, (company) => showPeople(visit, company, {}))

const isRole = (text: string | null): text is CompanyRole => (companyRoles as readonly (string | null)[]).includes(text)

export const companyPeopleForm = (visit: Visit) =>
  withCompany(visit, async (company) => {
    const { form, t, locale } = visit
    const params = { companyId: company.id }
    try {
      if (form.get('act') === 'remove') {
        await visit.call(endpoints.removeCompanyMember, { params: { ...params, memberId: form.get('memberId') ?? '' } })
        return await goTo(visit, link(visit, 'companyPeople', params))
      }
      const email = (form.get('email') ?? '').trim()
      const name = (form.get('name') ?? '').trim()
      const role = form.get('role')
      const errors: FormErrors = {
        ...(emailSchema.safeParse(email).success ? {} : { email: t('form.email_wrong') }),
        ...(name === '' ? { name: t('form.name_missing') } : {}),
      }
      if (Object.keys(errors).length > 0) return await showPeople(visit, company, errors, 422)
      const rights = {
        role: isRole(role) ? role : ('buyer' as const),
        siteIds: form.getAll('siteIds'),
        orderLimitMinor: centsOf(form.get('orderLimit')),
        monthLimitMinor: centsOf(form.get('monthLimit')),
      }
      await visit.call(
        endpoints.inviteCompanyMember,
        { params, body: { email, name, locale, ...rights } },
        { idempotencyKey: form.get('key') || newFormKey() },
      )
    } catch (error) {
      const { errors, status } = refusalOf(error)
      return showPeople(visit, company, errors, status)
    }
    return goTo(visit, link(visit, 'companyPeople', params))
  })

async function showPeople(visit: Visit, company: Company, errors: FormErrors, status = 200) {
  return showCompany({
    visit,
    company,
    name: 'companyPeople',
    title: visit.t('company.people'),
    errors,
    status,
    children: (
      <div class="company-layout">
        <People visit={visit} company={company} />
        <Invite visit={visit} company={company} errors={errors} />
      </div>
    ),
  })
}

function People({ visit, company }: { visit: Visit; company: Company }) {
  const { t } = visit
  const amount = (minor: number) => money(visit, { amountMinor: minor, currency: 'EUR' })
  return (
    <ul class="company-list">
      {company.members.map((member) => (
        <li key={member.id}>
          <span>
            <strong>{member.name}</strong>
            <br />
            <span class="muted">
              {[
                member.email,
                t(`company.role.${member.role}`),
                member.state === 'invited' && t('company.invited_state'),
                member.orderLimitMinor !== null && t('company.limit_order', { amount: amount(member.orderLimitMinor) }),
                member.monthLimitMinor !== null && t('company.limit_month', { amount: amount(member.monthLimitMinor) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {member.id !== company.you.memberId && (
            <form method="post" action={link(visit, 'companyPeople', { companyId: company.id })}>
              <input type="hidden" name="memberId" value={member.id} />
              <button
                class="button small"
                type="submit"
                name="act"
                value="remove"
                aria-label={t('company.remove_name', { name: member.name })}
              >
                {t('company.remove')}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}

function Invite({ visit, company, errors }: { visit: Visit; company: Company; errors: FormErrors }) {
  const { t, form } = visit
  const common = { visit, errors, autocomplete: 'off' }
  return (
    <form
      method="post"
      action={link(visit, 'companyPeople', { companyId: company.id })}
      class="card company-form"
      noValidate
      data-island="checkout"
    >
      <h2>{t('company.invite')}</h2>
      <input type="hidden" name="key" value={newFormKey()} />
      <Field {...common} name="name" label={t('form.name')} value={form.get('name') ?? ''} maxLength={120} />
      <Field
        {...common}
        name="email"
        label={t('form.email')}
        type="email"
        value={form.get('email') ?? ''}
        maxLength={254}
      />
      <div class="field">
        <label for="field-role">{t('company.role')}</label>
        <select id="field-role" name="role">
          {companyRoles.map((role) => (
            <option key={role} value={role}>
              {t(`company.role.${role}`)}
            </option>
          ))}
        </select>
      </div>
      {company.sites.length > 1 && (
        <fieldset class="step">
          <legend>{t('company.sites_for')}</legend>
          {company.sites.map((site) => (
            <label key={site.id}>
              <input type="checkbox" name="siteIds" value={site.id} /> {site.name}
            </label>
          ))}
        </fieldset>
      )}
      <Field
        {...common}
        name="orderLimit"
        label={t('company.order_limit')}
        hint={t('company.limit_hint')}
        optional
        maxLength={12}
      />
      <Field {...common} name="monthLimit" label={t('company.month_limit')} optional maxLength={12} />
      <button class="button primary" type="submit" name="act" value="invite">
        {t('company.invite_send')}
      </button>
    </form>
  )
}
