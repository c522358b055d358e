/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import { idSchema } from '@ecluse/contracts/scalars.ts'
import { readOrder } from '../cookies.ts'
import { show } from '../document.tsx'
import { Icon } from '../parts/icon.tsx'
import { addresses, addressOf } from '../paths.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { nextAddress } from './checkout.tsx'
import { notFound } from './not-found.tsx'

/** How often the waiting page asks again, in seconds. */
const askEverySeconds = 4

/** The page that plays the bank for the local test provider: one accepts or refuses. */
export async function testPaymentPage(visit: Visit) {
  const { t } = visit
  const paymentId = visit.params.paymentId ?? ''
  if (!idSchema.safeParse(paymentId).success) return notFound(visit)
  return show(visit, {
    title: t('bank.title'),
    description: t('bank.title'),
    alternates: { fr: visit.request.url, en: visit.request.url },
    indexed: false,
    personal: true,
    quiet: true,
    body: (
      <div class="bank">
        <p class="test-mark">{t('checkout.test')}</p>
        <h1>{t('bank.title')}</h1>
        <p>{t('bank.text')}</p>
        <form method="post" action={visit.request.url}>
          <button class="button primary large" type="submit" name="outcome" value="accept">
            {t('bank.accept')}
          </button>
          <button class="button large" type="submit" name="outcome" value="refuse">
            {t('bank.refuse')}
          </button>
        </form>
      </div>
    ),
  })
}

export async function testPaymentForm(visit: Visit) {
  const paymentId = visit.params.paymentId ?? ''
  const outcome = visit.form.get('outcome') === 'accept' ? 'accept' : 'refuse'
  const { returnUrl } = await visit.call(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome } })
  // The address was given by this shop when it asked for the payment; any other is not followed.
  const home = visit.options.publicUrl
  const own = returnUrl.startsWith(`${home}/`) ? returnUrl.slice(home.length) : returnUrl
  return goTo(visit, /^\/(?![/\\])/.test(own) ? own : link(visit, 'paymentReturn'))
}

/** Asks the provider how a payment ended. Null when it was refused for good. */
async function settle(visit: Visit, orderId: string, token: string): Promise<PlacedOrder | null> {
  try {
    const placed = await visit.call(endpoints.confirmPayment, { params: { orderId }, body: { token } })
    return placed.documentState === 'cancelled' || placed.documentState === 'expired' ? null : placed
  } catch (error) {
    if (error instanceof ApiError && error.problem.code.startsWith('payments.')) return null
    throw error
  }
}

/** The way back from the bank's page. */
export async function paymentReturnPage(visit: Visit) {
  const last = readOrder(visit.request)
  if (!last) return goTo(visit, link(visit, 'cart'))
  const placed = await settle(visit, last.orderId, last.token)
  return placed ? goTo(visit, nextAddress(visit, placed)) : paymentFailed(visit)
}

/** For a bank that has not answered: asks again by itself, with or without a script. */
export async function paymentWaitPage(visit: Visit) {
  const { t } = visit
  const orderId = visit.params.orderId ?? ''
  const token = visit.query.get('token') ?? ''
  let placed: PlacedOrder | null
  try {
    placed = await settle(visit, orderId, token)
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
  if (!placed) return paymentFailed(visit)
  if (placed.documentState !== 'awaiting_payment' || placed.challengeUrl) return goTo(visit, nextAddress(visit, placed))
  const own = (locale: Visit['locale']): string => addressOf('paymentWait', locale, { orderId }, { token })
  return show(visit, {
    title: t('wait.title'),
    description: t('wait.title'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    quiet: true,
    refreshSeconds: askEverySeconds,
    body: (
      <div class="message-page" data-island="wait" data-seconds={askEverySeconds}>
        <p class="waiting-mark" aria-hidden="true">
          <Icon name="clock" size={40} />
        </p>
        <h1 class="editorial">{t('wait.title')}</h1>
        <p class="lead" role="status">
          {t('wait.text', { number: placed.number })}
        </p>
        <p class="muted">{t('wait.keep')}</p>
        <p class="actions">
          <a class="button" href={own(visit.locale)}>
            {t('wait.ask')}
          </a>
        </p>
      </div>
    ),
  })
}

function paymentFailed(visit: Visit) {
  const { t } = visit
  return show(visit, {
    title: t('failed.title'),
    description: t('failed.title'),
    alternates: addresses.paymentReturn,
    indexed: false,
    personal: true,
    quiet: true,
    body: (
      <div class="message-page">
        <h1 class="editorial">{t('failed.title')}</h1>
        <p class="lead">{t('failed.text')}</p>
        <form class="actions" method="post" action={link(visit, 'cartAgain')}>
          <button class="button primary" type="submit">
            {t('failed.again')}
          </button>
          <a class="button" href={link(visit, 'home')}>
            {t('error.home')}
          </a>
        </form>
      </div>
    ),
  })
}
