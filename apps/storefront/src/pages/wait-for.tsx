/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { dateSchema } from '@ecluse/contracts/scalars.ts'
import { show } from '../document.tsx'
import { Crumbs } from '../parts/crumbs.tsx'
import { ErrorSummary, FieldError, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import {
  VisitorFields,
  visitorContact,
  visitorErrors,
  visitorValues,
  type VisitorValues,
} from '../parts/visitor-fields.tsx'
import { addressOf } from '../paths.ts'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { offeredServices, shopsOf, type Offered } from './appointments.tsx'
import { notFound } from './not-found.tsx'

type Values = VisitorValues & { siteId: string; from: string; until: string; key: string }
type Asked = { service: Offered; sites: Site[] }

/** How many days are proposed at first. */
const proposedDays = 14
const dayMs = 86_400_000

async function askedOf(visit: Visit): Promise<Asked | null> {
  const [services, all] = await Promise.all([offeredServices(visit), visit.shared.sites(visit.call)])
  const service = services.find(({ code }) => code === visit.params['service'])
  return service ? { service, sites: shopsOf(service, all) } : null
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** “Tell me when an hour is free”: the days that suit, and whom to tell. */
export async function waitPage(visit: Visit) {
  const asked = await askedOf(visit)
  if (!asked) return notFound(visit)
  const shop = visit.query.get('shop')
  const site = asked.sites.find(({ code }) => code === shop) ?? asked.sites[0]
  const now = visit.now.getTime()
  const days = { from: dateOf(now), until: dateOf(now + proposedDays * dayMs) }
  const person = { name: '', email: '', phone: '' }
  return showWait(visit, asked, { ...person, ...days, siteId: site?.id ?? '', key: newFormKey() }, {})
}

/** Puts somebody on the list. Sent twice, it does so once. */
export async function waitForm(visit: Visit) {
  const { form, t, locale } = visit
  const asked = await askedOf(visit)
  if (!asked) return notFound(visit)
  const values: Values = {
    ...visitorValues(form),
    siteId: (form.get('siteId') ?? '').slice(0, 60),
    from: (form.get('from') ?? '').slice(0, 10),
    until: (form.get('until') ?? '').slice(0, 10),
    key: form.get('key') || newFormKey(),
  }
  const errors = visitorErrors(visit, values)
  const dated = dateSchema.safeParse(values.from).success && dateSchema.safeParse(values.until).success
  if (!dated) errors.until = t('wait.days_wrong')
  if (Object.keys(errors).length > 0) return showWait(visit, asked, values, errors, 422)
  const { siteId, from, until } = values
  try {
    const { ahead } = await visit.call(
      endpoints.joinWaitingList,
      { params: { code: asked.service.code }, body: { siteId, from, until, contact: visitorContact(values), locale } },
      { idempotencyKey: values.key },
    )
    return await goTo(visit, link(visit, 'waitFor', { service: asked.service.code }, { ahead }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const { code, detail, status } = error.problem
    const told: FormErrors = code === 'service.days_wrong' ? { until: detail } : { form: detail }
    return showWait(visit, asked, { ...values, key: newFormKey() }, told, status)
  }
}

function showWait(visit: Visit, { service, sites }: Asked, values: Values, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const name = service.name[locale] || service.name.fr
  const own = (language: Visit['locale']): string => addressOf('waitFor', language, { service: service.code })
  const ahead = visit.query.get('ahead')
  return show(
    visit,
    {
      title: t('wait.title'),
      description: t('wait.lead', { service: name }),
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <Crumbs
            visit={visit}
            trail={[
              { name: t('appointments.title'), href: link(visit, 'appointments') },
              { name, href: link(visit, 'book', { service: service.code }) },
            ]}
            current={t('wait.title')}
          />
          <h1 class="editorial">{t('wait.title')}</h1>
          <p class="lead">{t('wait.lead', { service: name })}</p>
          <ErrorSummary visit={visit} errors={errors} />
          {ahead !== null && /^\d{1,4}$/.test(ahead) ? (
            <Done>{t('wait.done', { ahead: Number(ahead) })}</Done>
          ) : (
            <WaitForm {...{ visit, service, sites, values, errors }} />
          )}
        </div>
      ),
    },
    status,
  )
}

type FormProps = Asked & { visit: Visit; values: Values; errors: FormErrors }

function WaitForm({ visit, service, sites, values, errors }: FormProps) {
  const { t } = visit
  const day = (name: 'from' | 'until') => (
    <div class={errors[name] ? 'field wrong' : 'field'}>
      <label for={`field-${name}`}>{t(`wait.${name}`)}</label>
      <input
        id={`field-${name}`}
        name={name}
        type="date"
        required
        min={dateOf(visit.now.getTime())}
        value={values[name]}
        aria-describedby={errors[name] ? `${name}-error` : undefined}
      />
      <FieldError name={name} errors={errors} />
    </div>
  )
  return (
    <form method="post" action={link(visit, 'waitFor', { service: service.code })} class="checkout-form" noValidate>
      <input type="hidden" name="key" value={values.key} />
      <fieldset class="step">
        <legend>{t('wait.when')}</legend>
        <div class="field">
          <label for="field-siteId">{t('appointment.shop')}</label>
          <select id="field-siteId" name="siteId">
            {sites.map(({ id, name }) => (
              <option key={id} value={id} selected={id === values.siteId}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {day('from')}
        {day('until')}
      </fieldset>
      <VisitorFields visit={visit} values={values} errors={errors} />
      <div>
        <button class="button primary large" type="submit">
          {t('wait.ask')}
        </button>
        <p class="small-print">{t('wait.small_print')}</p>
      </div>
    </form>
  )
}
