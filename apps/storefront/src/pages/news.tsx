/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { wordings } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { addresses, addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** Where news are asked for. */
export const newsPage = (visit: Visit) => showNews(visit, visit.query.get('email') ?? '', {})

/** Asks; the answer is the same whether the address was known or not. */
export async function newsForm(visit: Visit) {
  const { form, t, locale } = visit
  const email = (form.get('email') ?? '').trim().slice(0, 254)
  if (!emailSchema.safeParse(email).success) return showNews(visit, email, { email: t('form.email_wrong') }, 422)
  try {
    await visit.call(endpoints.askNewsletter, { body: { email, locale } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showNews(visit, email, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'news', {}, { asked: '1' }))
}

function showNews(visit: Visit, email: string, errors: FormErrors, status = 200) {
  const { t, locale } = visit
  return show(
    visit,
    {
      title: t('news.title'),
      description: t('news.lead'),
      alternates: addresses.news,
      indexed: false,
      body: (
        <div class="message-page">
          <h1 class="editorial">{t('news.title')}</h1>
          <p class="lead">{t('news.lead')}</p>
          <ErrorSummary visit={visit} errors={errors} />
          {visit.query.get('asked') ? (
            <Done>{t('news.asked')}</Done>
          ) : (
            <form method="post" action={link(visit, 'news')} class="checkout-form" noValidate>
              <Field
                visit={visit}
                name="email"
                type="email"
                inputMode="email"
                autocomplete="email"
                label={t('form.email')}
                value={email}
                required
                errors={errors}
              />
              <p class="muted">{wordings['marketing-1'][locale]}</p>
              <p class="muted">
                <a href={link(visit, 'privacy')}>{t('legal.privacy.title')}</a>
              </p>
              <button class="button primary large" type="submit">
                {t('news.ask')}
              </button>
            </form>
          )}
        </div>
      ),
    },
    status,
  )
}

/** What the link of the message opens. Opening it changes nothing: previews open links too. */
export function newsConfirmPage(visit: Visit) {
  const { t } = visit
  const token = (visit.query.get('token') ?? '').slice(0, 400)
  const own = (language: Visit['locale']): string => addressOf('newsConfirm', language, {}, { token })
  return show(visit, {
    title: t('news.confirm.title'),
    description: t('news.confirm.lead'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page">
        <h1 class="editorial">{t('news.confirm.title')}</h1>
        <p class="lead">{t('news.confirm.lead')}</p>
        <form method="post" action={link(visit, 'newsConfirm', {}, { token })} class="actions">
          <button class="button primary large" type="submit">
            {t('news.confirm')}
          </button>
        </form>
      </div>
    ),
  })
}

export async function newsConfirmForm(visit: Visit) {
  const token = (visit.query.get('token') ?? '').slice(0, 400)
  try {
    const { preferencesToken } = await visit.call(endpoints.confirmNewsletter, { query: { token } })
    return await goTo(visit, link(visit, 'preferences', {}, { token: preferencesToken, done: 'confirmed' }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showNews(visit, '', { form: error.problem.detail }, error.problem.status)
  }
}
