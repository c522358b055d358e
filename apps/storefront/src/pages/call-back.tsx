/** @jsxRuntime automatic @jsxImportSource preact */
import { callWishes } from '@ecluse/contracts/calls.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { wordings } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { addresses } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

type Values = { name: string; phone: string; about: string; when: (typeof callWishes)[number]; product: string }

const readValues = (given: URLSearchParams): Values => {
  const text = (name: string, most: number): string => (given.get(name) ?? '').trim().slice(0, most)
  return {
    name: text('name', 120),
    phone: text('phone', 30),
    about: text('about', 200),
    when: callWishes.find((one) => one === given.get('when')) ?? 'soon',
    product: text('product', 40),
  }
}

/** Where one asks to be called back; about a product, when one comes from its page. */
export const callBackPage = (visit: Visit) => showForm(visit, readValues(visit.query), {})

/** Asks. What was typed stays when something is wrong with it. */
export async function callBackForm(visit: Visit) {
  const { form, t, locale } = visit
  const { product: productId, ...values } = readValues(form)
  const errors: FormErrors = {}
  if (values.name === '') errors.name = t('form.name_missing')
  if (!/^[+\d][\d\s.()-]{5,}$/.test(values.phone)) errors.phone = t('form.phone_wrong')
  if (values.about === '') errors.about = t('call_back.about_missing')
  const again = { ...values, product: productId }
  if (Object.keys(errors).length > 0) return showForm(visit, again, errors, 422)
  try {
    const body = { ...values, locale, ...(productId === '' ? {} : { productId }) }
    const { from } = await visit.call(endpoints.askForCall, { body })
    return await goTo(visit, link(visit, 'callBack', {}, { from }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const wrong: FormErrors =
      error.problem.code === 'engagement.no_phone' ? { phone: t('form.phone_wrong') } : { form: error.problem.detail }
    return showForm(visit, again, wrong, error.problem.status)
  }
}

function showForm(visit: Visit, values: Values, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const from = visit.query.get('from') ?? ''
  return show(
    visit,
    {
      title: t('call_back.title'),
      description: t('call_back.lead'),
      alternates: addresses.callBack,
      indexed: false,
      body: (
        <div class="checkout">
          <h1 class="editorial">{t('call_back.title')}</h1>
          {from !== '' && !Number.isNaN(Date.parse(from)) ? (
            <Done>{t('call_back.done', { when: formatDate(from, locale, 'dateTime', 'Europe/Paris') })}</Done>
          ) : (
            <>
              <p class="lead">{t('call_back.lead')}</p>
              <ErrorSummary visit={visit} errors={errors} />
              <Form visit={visit} values={values} errors={errors} />
            </>
          )}
        </div>
      ),
    },
    status,
  )
}

function Form({ visit, values, errors }: { visit: Visit; values: Values; errors: FormErrors }) {
  const { t, locale } = visit
  const common = { visit, errors }
  return (
    <form method="post" action={link(visit, 'callBack')} class="checkout-form" noValidate>
      <input type="hidden" name="product" value={values.product} />
      <Field {...common} name="name" label={t('form.name')} autocomplete="name" value={values.name} required />
      <Field
        {...common}
        name="phone"
        type="tel"
        inputMode="tel"
        label={t('form.phone')}
        autocomplete="tel"
        value={values.phone}
        maxLength={30}
        required
      />
      <Field
        {...common}
        name="about"
        label={t('call_back.about')}
        autocomplete="off"
        value={values.about}
        maxLength={200}
        required
      />
      <fieldset class="step">
        <legend>{t('call_back.when')}</legend>
        {callWishes.map((wish) => (
          <RadioCard
            key={wish}
            name="when"
            value={wish}
            checked={values.when === wish}
            title={t(`call_back.when.${wish}`)}
          />
        ))}
      </fieldset>
      <p class="muted">
        {wordings['callback-1'][locale]} <a href={link(visit, 'privacy')}>{t('legal.privacy.title')}</a>
      </p>
      <button class="button primary large" type="submit">
        {t('call_back.ask')}
      </button>
    </form>
  )
}
