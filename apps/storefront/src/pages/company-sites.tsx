/** @jsxRuntime automatic @jsxImportSource preact */
import type { Company, CompanySite } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { Field, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { centsOf, refusalOf, showCompany, withCompany } from './company-frame.tsx'

/** Where the company has goods delivered, for its administrator. */
export const companySitesPage = (visit: Visit) => withCompany(visit, (company) => showSites(visit, company, {}))

export const companySitesForm = (visit: Visit) =>
  withCompany(visit, async (company) => {
    const { form, t } = visit
    const params = { companyId: company.id }
    const text = (name: string) => (form.get(name) ?? '').trim()
    const errors: FormErrors = {
      ...(text('name') === '' ? { name: t('form.name_missing') } : {}),
      ...(text('street') === '' ? { street: t('form.street_missing') } : {}),
      ...(/^\d{5}$/.test(text('postalCode')) ? {} : { postalCode: t('form.postal_code_wrong') }),
      ...(text('locality') === '' ? { locality: t('form.locality_missing') } : {}),
    }
    if (Object.keys(errors).length > 0) return showSites(visit, company, errors, 422)
    const siteId = text('siteId')
    const body = {
      name: text('name'),
      siret: text('siret') || null,
      address: {
        name: company.name.slice(0, 120),
        street: text('street'),
        ...(text('street2') ? { street2: text('street2') } : {}),
        postalCode: text('postalCode'),
        locality: text('locality'),
        country: 'FR',
      },
      contactName: text('contactName') || null,
      contactPhone: text('contactPhone') || null,
      contactEmail: text('contactEmail') || null,
      instructions: text('instructions'),
      monthLimitMinor: centsOf(form.get('monthLimit')),
      active: true,
    }
    try {
      if (siteId) await visit.call(endpoints.updateCompanySite, { params: { ...params, siteId }, body })
      else {
        const idempotencyKey = form.get('key') || newFormKey()
        await visit.call(endpoints.createCompanySite, { params, body }, { idempotencyKey })
      }
    } catch (error) {
      const refused = refusalOf(error)
      return showSites(visit, company, refused.errors, refused.status)
    }
    return goTo(visit, link(visit, 'companySites', params))
  })

async function showSites(visit: Visit, company: Company, errors: FormErrors, status = 200) {
  const { t } = visit
  const edited = company.sites.find(({ id }) => id === (visit.form.get('siteId') || visit.query.get('site')))
  return showCompany({
    visit,
    company,
    name: 'companySites',
    title: t('company.sites'),
    errors,
    status,
    children: (
      <div class="company-layout">
        <ul class="company-list">
          {company.sites.map((site) => (
            <li key={site.id}>
              <span>
                <strong>{site.name}</strong>
                <br />
                <span class="muted">
                  {[
                    site.address.street,
                    `${site.address.postalCode} ${site.address.locality}`,
                    site.contactName,
                    site.instructions,
                    site.monthLimitMinor !== null &&
                      t('company.limit_month', {
                        amount: money(visit, { amountMinor: site.monthLimitMinor, currency: 'EUR' }),
                      }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <a class="button small" href={link(visit, 'companySites', { companyId: company.id }, { site: site.id })}>
                {t('company.change')}
              </a>
            </li>
          ))}
        </ul>
        <SiteForm {...{ visit, company, errors }} site={edited} />
      </div>
    ),
  })
}

type FormProps = { visit: Visit; company: Company; errors: FormErrors; site: CompanySite | undefined }

function SiteForm({ visit, company, errors, site }: FormProps) {
  const { t, form } = visit
  const field = (name: string, label: string, kept: string | null | undefined, optional = false, hint?: string) => (
    <Field
      {...{ visit, errors, name, label, optional }}
      {...(hint ? { hint } : {})}
      autocomplete="off"
      value={form.get(name) ?? kept ?? ''}
      maxLength={200}
    />
  )
  const limit = site?.monthLimitMinor == null ? '' : String(site.monthLimitMinor / 100)
  return (
    <form
      method="post"
      action={link(visit, 'companySites', { companyId: company.id })}
      class="card company-form"
      noValidate
      data-island="checkout"
    >
      <h2>{t(site ? 'company.site_change' : 'company.site_add')}</h2>
      <input type="hidden" name="key" value={newFormKey()} />
      <input type="hidden" name="siteId" value={site?.id ?? ''} />
      {field('name', t('company.site_name'), site?.name)}
      {field('street', t('form.street'), site?.address.street)}
      {field('street2', t('form.street2'), site?.address.street2, true)}
      {field('postalCode', t('form.postal_code'), site?.address.postalCode)}
      {field('locality', t('form.locality'), site?.address.locality)}
      {field('siret', t('company.siret'), site?.siret, true)}
      {field('contactName', t('company.contact'), site?.contactName, true)}
      {field('contactPhone', t('form.phone'), site?.contactPhone, true)}
      {field('contactEmail', t('form.email'), site?.contactEmail, true)}
      {field('instructions', t('company.instructions'), site?.instructions, true)}
      {field('monthLimit', t('company.month_limit'), limit, true, t('company.limit_hint'))}
      <button class="button primary" type="submit">
        {t('company.save')}
      </button>
    </form>
  )
}
