/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { keepCompany } from '../company-prices.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, ownPath, type Visit } from '../visit.ts'

/** Shortest password the API takes for a new account. */
const passwordLength = 10
const ordersShown = 20

/** Where to go after signing in: a page of this shop, or the account. */
function nextOf(visit: Visit): string {
  return ownPath(visit.form.get('next') ?? visit.query.get('next')) ?? link(visit, 'account')
}

export async function accountPage(visit: Visit) {
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  if (!session) return goTo(visit, link(visit, 'signIn'))
  const cursor = (visit.query.get('cursor') ?? '').slice(0, 500)
  const orders = await visit.call(endpoints.listMyOrders, {
    query: { limit: ordersShown, ...(cursor ? { cursor } : {}) },
  })
  const companies = await visit.call(endpoints.listMyCompanies)
  const { adviser } = await visit.call(endpoints.getMyAdviser)
  return show(visit, {
    title: t('account.title'),
    description: t('account.title'),
    alternates: { fr: addressOf('account', 'fr'), en: addressOf('account', 'en') },
    indexed: false,
    personal: true,
    body: (
      <div class="account">
        <div class="band-head">
          <div>
            <h1 class="editorial">{t('account.hello', { name: session.name })}</h1>
            <p class="muted">{session.email}</p>
            {adviser && (
              <p class="muted">
                {t(adviser.siteName === null ? 'account.adviser' : 'account.adviser_at', {
                  name: adviser.name,
                  site: adviser.siteName ?? '',
                })}{' '}
                {adviser.phone && <a href={`tel:${adviser.phone}`}>{formatPhone(adviser.phone, visit.locale)}</a>}
              </p>
            )}
          </div>
          <form method="post" action={link(visit, 'signOut')}>
            <button class="button small" type="submit">
              {t('account.sign_out')}
            </button>
          </form>
        </div>
        <CompanyLinks visit={visit} companies={companies.items} />
        <OwnPages visit={visit} />
        <h2>{t('account.orders')}</h2>
        {orders.items.length === 0 ? (
          <p class="lead">
            {t('account.no_orders')} <a href={link(visit, 'catalogue')}>{t('home.see_all')}</a>
          </p>
        ) : (
          <ul class="my-orders">
            {orders.items.map((order) => (
              <MyOrder key={order.id} visit={visit} order={order} />
            ))}
          </ul>
        )}
        {orders.nextCursor && (
          <p class="pager">
            <a class="button" href={link(visit, 'account', {}, { cursor: orders.nextCursor })}>
              {t('account.older')}
            </a>
          </p>
        )}
        <p class="account-end">
          <a href={link(visit, 'preferences')}>{t('preferences.title')}</a> ·{' '}
          <a href={link(visit, 'myData')}>{t('my_data.account')}</a>
        </p>
      </div>
    ),
  })
}

/** Pages of one's own beside the orders. */
function OwnPages({ visit }: { visit: Visit }) {
  const { t } = visit
  return (
    <p class="actions">
      <a class="button" href={link(visit, 'loyalty')}>
        {t('loyalty.title')}
      </a>
      <a class="button" href={link(visit, 'tastes')}>
        {t('tastes.title')}
      </a>
      <a class="button" href={link(visit, 'serviceMedium')}>
        {t('service_medium.title')}
      </a>
      <a class="button" href={link(visit, 'notifications')} data-island="device">
        {t('notifications.title')}
      </a>
    </p>
  )
}

/** The companies one may order for. */
function CompanyLinks({ visit, companies }: { visit: Visit; companies: readonly { id: string; name: string }[] }) {
  if (companies.length === 0) return null
  return (
    <ul class="company-links">
      {companies.map((company) => (
        <li key={company.id}>
          <a class="button" href={link(visit, 'company', { companyId: company.id })}>
            {visit.t('company.order_for', { name: company.name })}
          </a>
        </li>
      ))}
    </ul>
  )
}

function MyOrder({ visit, order }: { visit: Visit; order: OrderSummary }) {
  const { t, locale } = visit
  const state = order.documentState === 'confirmed' ? order.fulfillmentState : order.documentState
  return (
    <li>
      <div>
        <h3>
          <a href={link(visit, 'order', { orderId: order.id })}>{t('order.title', { number: order.number })}</a>
        </h3>
        <p class="muted">
          {formatDate(order.placedAt, locale, 'dayLong')} · {t('list.articles', { count: order.itemCount })}
        </p>
      </div>
      <p class={`tag ${state}`}>{t(`order.short.${state}`)}</p>
      <p class="tabular">{money(visit, order.total)}</p>
    </li>
  )
}

type Values = { email: string; name: string }

export const signInPage = (visit: Visit) => showSignIn(visit, { email: '', name: '' }, {})
export const registerPage = (visit: Visit) => showRegister(visit, { email: '', name: '' }, {})

function showSignIn(visit: Visit, values: Values, errors: FormErrors, status = 200) {
  const { t } = visit
  const next = nextOf(visit)
  return show(
    visit,
    {
      ...entrancePage(visit, 'signIn', t('account.sign_in'), errors),
      body: (
        <div class="entrance">
          <h1 class="editorial">{t('account.sign_in')}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          <form method="post" action={link(visit, 'signIn')} noValidate data-island="checkout">
            <input type="hidden" name="next" value={next} />
            <Field
              {...{ visit, errors }}
              name="email"
              label={t('form.email')}
              type="email"
              autocomplete="email"
              value={values.email}
            />
            <Field
              {...{ visit, errors }}
              name="password"
              label={t('form.password')}
              type="password"
              autocomplete="current-password"
            />
            <button class="button primary large" type="submit">
              {t('account.sign_in')}
            </button>
          </form>
          <p>
            {t('account.new')} <a href={link(visit, 'register', {}, { next })}>{t('account.register')}</a>
          </p>
          <p class="muted">{t('account.guest')}</p>
        </div>
      ),
    },
    status,
  )
}

function showRegister(visit: Visit, values: Values, errors: FormErrors, status = 200) {
  const { t } = visit
  const next = nextOf(visit)
  const common = { visit, errors }
  return show(
    visit,
    {
      ...entrancePage(visit, 'register', t('account.register'), errors),
      body: (
        <div class="entrance">
          <h1 class="editorial">{t('account.register')}</h1>
          <p class="lead">{t('account.register_text')}</p>
          <ErrorSummary visit={visit} errors={errors} />
          <form method="post" action={link(visit, 'register')} noValidate data-island="checkout">
            <input type="hidden" name="next" value={next} />
            <Field
              {...common}
              name="name"
              label={t('form.name')}
              autocomplete="name"
              value={values.name}
              maxLength={120}
            />
            <Field
              {...common}
              name="email"
              label={t('form.email')}
              type="email"
              autocomplete="email"
              value={values.email}
            />
            <Field
              {...common}
              name="password"
              label={t('form.password')}
              type="password"
              autocomplete="new-password"
              hint={t('form.password_hint', { count: passwordLength })}
              maxLength={128}
            />
            <button class="button primary large" type="submit">
              {t('account.register_go')}
            </button>
          </form>
          <p>
            {t('account.have')} <a href={link(visit, 'signIn', {}, { next })}>{t('account.sign_in')}</a>
          </p>
        </div>
      ),
    },
    status,
  )
}

function entrancePage(visit: Visit, name: 'signIn' | 'register', title: string, errors: FormErrors) {
  return {
    title: Object.keys(errors).length > 0 ? visit.t('form.error_title', { title }) : title,
    description: title,
    alternates: { fr: addressOf(name, 'fr'), en: addressOf(name, 'en') },
    indexed: false,
    personal: true,
  }
}

export async function signInForm(visit: Visit) {
  const { t, form } = visit
  const email = (form.get('email') ?? '').trim()
  const password = form.get('password') ?? ''
  const errors: FormErrors = {}
  if (!emailSchema.safeParse(email).success) errors.email = t('form.email_wrong')
  if (password === '') errors.password = t('form.password_missing')
  if (Object.keys(errors).length > 0) return showSignIn(visit, { email, name: '' }, errors, 422)
  try {
    await visit.call(endpoints.signIn, { body: { email, password } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showSignIn(visit, { email, name: '' }, { form: error.problem.detail }, error.problem.status)
  }
  // Which companies they buy for is known on the next page, when they are signed in.
  keepCompany(visit, 'ask')
  return goTo(visit, nextOf(visit))
}

export async function registerForm(visit: Visit) {
  const { t, form } = visit
  const email = (form.get('email') ?? '').trim()
  const name = (form.get('name') ?? '').trim()
  const password = form.get('password') ?? ''
  const errors: FormErrors = {}
  if (name === '') errors.name = t('form.name_missing')
  if (!emailSchema.safeParse(email).success) errors.email = t('form.email_wrong')
  if (password.length < passwordLength) errors.password = t('form.password_hint', { count: passwordLength })
  if (Object.keys(errors).length > 0) return showRegister(visit, { email, name }, errors, 422)
  try {
    await visit.call(endpoints.register, { body: { email, password, name } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const field = isRefusal(error, 'access.email_taken') ? 'email' : 'form'
    return showRegister(visit, { email, name }, { [field]: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, nextOf(visit))
}

export async function signOutForm(visit: Visit) {
  await visit.call(endpoints.signOut)
  keepCompany(visit, null)
  return goTo(visit, link(visit, 'home'))
}
