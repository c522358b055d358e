/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { addresses, addressOf } from '../paths.ts'
import { goTo, keepCart, link, type Visit } from '../visit.ts'

/** What a pass carries, and the button that goes on with it here. Opening the page changes nothing: previews open links too. */
export async function passPage(visit: Visit) {
  const { t, locale } = visit
  const code = visit.params['token'] ?? ''
  let pass: Pass
  try {
    pass = await visit.call(endpoints.getPass, { params: { code }, query: { locale } })
  } catch (error) {
    return failed(visit, error, code)
  }
  const own = (language: Visit['locale']): string => addressOf('pass', language, { token: code })
  const title = pass.kind === 'quote' ? t('pass.open_quote', { number: pass.quoteNumber ?? '' }) : t('pass.open_cart')
  return show(visit, {
    title,
    description: title,
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page">
        <h1 class="editorial">{title}</h1>
        <p class="lead">{t('pass.carries', { count: pass.itemCount, total: money(visit, pass.subtotal) })}</p>
        <p class="muted">{t('pass.kept', { date: formatDate(pass.expiresAt, locale, 'weekday') })}</p>
        <form method="post" action={link(visit, 'pass', { token: code })} class="actions">
          {pass.quoteLink && (
            <a class="button primary large" href={pass.quoteLink}>
              {t('pass.see_quote')}
            </a>
          )}
          <button class={pass.quoteLink ? 'button large' : 'button primary large'} type="submit">
            {t('pass.go_on')}
          </button>
        </form>
      </div>
    ),
  })
}

/** Goes on with the document of a pass on this device. */
export async function passForm(visit: Visit) {
  const code = visit.params['token'] ?? ''
  try {
    const { cart } = await visit.call(endpoints.pickUpPass, {
      params: { code },
      body: { channel: visit.options.channelCode, locale: visit.locale },
    })
    keepCart(visit, { id: cart.id, count: cart.itemCount })
    return await goTo(visit, link(visit, 'cart'))
  } catch (error) {
    return failed(visit, error, code)
  }
}

/** Where a code is typed. */
export const passCodePage = (visit: Visit) => showCodeForm(visit, {}, '')

export async function passCodeForm(visit: Visit) {
  const code = (visit.form.get('code') ?? '').trim().slice(0, 60)
  try {
    const pass = await visit.call(endpoints.getPass, { params: { code }, query: { locale: visit.locale } })
    return await goTo(visit, link(visit, 'pass', { token: pass.token }))
  } catch (error) {
    return failed(visit, error, code)
  }
}

/** A pass that opens nothing is told where one can be typed again. */
function failed(visit: Visit, error: unknown, code: string) {
  if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
  const detail = error.problem.code === 'kernel.invalid_input' ? visit.t('pass.unknown') : error.problem.detail
  return showCodeForm(visit, { code: detail }, code.includes('.') ? '' : code, error.problem.status)
}

function showCodeForm(visit: Visit, errors: FormErrors, code: string, status = 200) {
  const { t } = visit
  return show(
    visit,
    {
      title: t('pass.type'),
      description: t('pass.type'),
      alternates: addresses.passCode,
      indexed: false,
      personal: true,
      body: (
        <div class="message-page">
          <h1 class="editorial">{t('pass.type')}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          <form method="post" action={link(visit, 'passCode')} class="pass-form">
            <Field
              visit={visit}
              name="code"
              label={t('pass.code')}
              hint={t('pass.code_hint')}
              value={code}
              autocomplete="off"
              maxLength={60}
              errors={errors}
            />
            <button class="button primary" type="submit">
              {t('pass.open')}
            </button>
          </form>
        </div>
      ),
    },
    status,
  )
}
