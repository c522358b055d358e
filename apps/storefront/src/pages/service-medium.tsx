/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { serviceMedia } from '@ecluse/contracts/texts.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { addresses } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** By what one hears of one’s orders, returns and appointments. */
export const serviceMediumPage = (visit: Visit) => showChoice(visit, {})

/** Keeps the choice; text messages need a number. */
export async function serviceMediumForm(visit: Visit) {
  const { form } = visit
  const medium = serviceMedia.find((one) => one === form.get('medium')) ?? 'email'
  const phone = (form.get('phone') ?? '').trim().slice(0, 30) || null
  try {
    await visit.call(endpoints.putMyServiceWish, { body: { medium, phone } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    if (error.problem.status === 401) return signIn(visit)
    return showChoice(visit, { phone: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'serviceMedium', {}, { done: '1' }))
}

const signIn = (visit: Visit) => goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'serviceMedium') }))

async function showChoice(visit: Visit, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  const { session } = await visit.call(endpoints.getSession)
  if (!session) return signIn(visit)
  const { medium, phone, notified } = await visit.call(endpoints.getMyServiceWish)
  const notes = {
    email: session.email,
    sms: (phone && formatPhone(phone, locale)) || undefined,
    push: t(notified === null ? 'service_medium.no_device' : 'service_medium.devices'),
  }
  return show(
    visit,
    {
      title: t('service_medium.title'),
      description: t('service_medium.title'),
      alternates: addresses.serviceMedium,
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <p>
            <a href={link(visit, 'account')}>{t('account.title')}</a>
          </p>
          <h1 class="editorial">{t('service_medium.title')}</h1>
          <p class="lead">{t('service_medium.lead')}</p>
          {visit.query.get('done') && <Done>{t('service_medium.saved')}</Done>}
          <ErrorSummary visit={visit} errors={errors} />
          <form method="post" action={link(visit, 'serviceMedium')} class="checkout-form" noValidate>
            <fieldset class="step">
              <legend>{t('service_medium.by')}</legend>
              {serviceMedia.map((one) => (
                <RadioCard
                  key={one}
                  name="medium"
                  value={one}
                  checked={(visit.form.get('medium') ?? medium) === one}
                  disabled={one === 'push' && notified === null}
                  title={t(`service_medium.${one}`)}
                  note={notes[one]}
                />
              ))}
            </fieldset>
            <p>
              <a href={link(visit, 'notifications')}>{t('service_medium.allow_device')}</a>
            </p>
            {!phone && (
              <Field
                visit={visit}
                name="phone"
                type="tel"
                inputMode="tel"
                label={t('form.phone')}
                autocomplete="tel"
                value={visit.form.get('phone') ?? ''}
                hint={t('service_medium.phone_hint')}
                maxLength={30}
                errors={errors}
              />
            )}
            <p class="muted">{t('service_medium.durable')}</p>
            <button class="button primary large" type="submit">
              {t('service_medium.save')}
            </button>
          </form>
        </div>
      ),
    },
    status,
  )
}
