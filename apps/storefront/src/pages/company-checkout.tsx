/** @jsxRuntime automatic @jsxImportSource preact */
import type { Company } from '@ecluse/contracts/companies.ts'
import type { CompanyPreview } from '@ecluse/contracts/company-orders.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { currentCart } from '../cart-acts.ts'
import { writeOrder } from '../cookies.ts'
import { absolute } from '../document.tsx'
import { Field, FieldError, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { goTo, isSecure, keepCart, link, newFormKey, type Visit } from '../visit.ts'
import { nextAddress } from './checkout.tsx'
import {
  appointmentFor,
  AppointmentChoice,
  chosenHour,
  isAboutHour,
  readHour,
  type CheckoutAppointment,
} from './checkout-appointment.tsx'
import { GiftChoice, readGift } from './checkout-gift.tsx'
import { testCards } from './checkout-form.ts'
import { refusalOf, showCompany, withCompany } from './company-frame.tsx'

/** The basket of somebody who buys for a company: for which site, without VAT, on account or by card. */
export const companyCheckoutPage = (visit: Visit) => withCompany(visit, (company) => showCheckout(visit, company, {}))

function siteOf(visit: Visit, company: Company): string {
  const wanted = visit.form.get('site') ?? visit.query.get('site')
  const sites = company.sites.filter(({ active }) => active)
  return sites.find(({ id }) => id === wanted)?.id ?? sites[0]?.id ?? ''
}

/** Buys: an order at once, or a request to the company's approvers. */
export const companyCheckoutForm = (visit: Visit) =>
  withCompany(visit, async (company) => {
    const { form, locale } = visit
    const cart = await currentCart(visit, form.get('cartId') || visit.cart?.id)
    if (!cart || cart.lines.length === 0) return goTo(visit, link(visit, 'company', { companyId: company.id }))
    // Asked for the hours of a shop: nothing is bought yet.
    if (form.get('act') === 'hours') return showCheckout(visit, company, {})
    const reference = (form.get('reference') ?? '').trim()
    const { gift, giftMessage } = readGift(form)
    const card = form.get('payment') ?? 'on_account'
    const returnUrl = absolute(visit, link(visit, 'paymentReturn'))
    const key = form.get('key') || newFormKey()
    try {
      const answer = await visit.call(
        endpoints.placeCompanyOrder,
        {
          params: { companyId: company.id },
          body: {
            channel: visit.options.channelCode,
            locale,
            cartId: cart.id,
            companySiteId: siteOf(visit, company),
            delivery: { method: 'delivery' },
            purchaseReference: reference || null,
            ...(gift ? { gift: { message: giftMessage } } : {}),
            ...chosenHour(readHour(form)),
            costCentre: (form.get('costCentre') ?? '').trim() || null,
            payment:
              card === 'on_account' ? { method: 'on_account' } : { method: 'online_card', token: card, returnUrl },
            expectedTotalMinor: Number(form.get('total')),
          },
        },
        { idempotencyKey: key },
      )
      keepCart(visit, null)
      if ('requestId' in answer)
        return await goTo(visit, link(visit, 'companyRequest', { companyId: company.id, requestId: answer.requestId }))
      writeOrder(visit.reply, { orderId: answer.orderId, token: answer.accessToken, key, locale }, isSecure(visit))
      return await goTo(visit, nextAddress(visit, answer))
    } catch (error) {
      const { errors, status } = refusalOf(error)
      const aboutHour = error instanceof ApiError && isAboutHour(error.problem)
      return showCheckout(visit, company, aboutHour ? { startsAt: error.problem.detail } : errors, status)
    }
  })

async function showCheckout(visit: Visit, company: Company, given: FormErrors, given_status = 200) {
  const { t } = visit
  const cart = await currentCart(visit)
  const siteId = siteOf(visit, company)
  const frame = { visit, company, name: 'companyCheckout' as const, title: t('company.checkout') }
  if (!cart || cart.lines.length === 0)
    return showCompany({
      ...frame,
      children: (
        <p class="lead">
          {t('company.empty')} <a href={link(visit, 'company', { companyId: company.id })}>{t('quick.title')}</a>
        </p>
      ),
    })
  if (siteId === '') return showCompany({ ...frame, children: <p class="lead">{t('company.no_site')}</p> })
  const sums = await preview(visit, company, cart.id, siteId)
  const errors = { ...sums.errors, ...given }
  const appointment = sums.preview ? await appointmentFor(visit, cart, readHour(visit.form)) : null
  return showCompany({
    ...frame,
    errors,
    status: Object.keys(sums.errors).length > 0 ? sums.status : given_status,
    children: (
      <div class="company-layout">
        {sums.preview && <Lines visit={visit} preview={sums.preview} />}
        <div class="card">
          <SiteChoice visit={visit} company={company} siteId={siteId} />
          {sums.preview && (
            <Order {...{ visit, company, siteId, errors, appointment }} preview={sums.preview} cartId={cart.id} />
          )}
        </div>
      </div>
    ),
  })
}

async function preview(visit: Visit, company: Company, cartId: string, companySiteId: string) {
  try {
    const body = {
      channel: visit.options.channelCode,
      locale: visit.locale,
      cartId,
      companySiteId,
      delivery: { method: 'delivery' as const },
    }
    const found = await visit.call(endpoints.previewCompanyOrder, { params: { companyId: company.id }, body })
    return { preview: found, errors: {}, status: 200 }
  } catch (error) {
    return { preview: null, ...refusalOf(error) }
  }
}

/** The site is chosen first: limits, address and carriage depend on it. */
function SiteChoice({ visit, company, siteId }: { visit: Visit; company: Company; siteId: string }) {
  const { t } = visit
  const sites = company.sites.filter(({ active }) => active)
  const site = sites.find(({ id }) => id === siteId)
  return (
    <form method="get" action={link(visit, 'companyCheckout', { companyId: company.id })} class="company-form">
      <div class="field">
        <label for="field-site">{t('company.site')}</label>
        <select id="field-site" name="site">
          {sites.map(({ id, name }) => (
            <option key={id} value={id} selected={id === siteId}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {site && (
        <p class="muted">
          {[site.address.street, `${site.address.postalCode} ${site.address.locality}`].join(', ')}
          {site.instructions && (
            <>
              <br />
              {site.instructions}
            </>
          )}
        </p>
      )}
      {sites.length > 1 && (
        <button class="button small" type="submit">
          {t('company.choose_site')}
        </button>
      )}
    </form>
  )
}

type OrderProps = {
  visit: Visit
  company: Company
  siteId: string
  errors: FormErrors
  preview: CompanyPreview
  cartId: string
  /** Null without a service that goes with an article. */
  appointment: CheckoutAppointment | null
}

function Order(props: OrderProps) {
  const { visit, company, siteId, errors, preview: sums, cartId, appointment } = props
  const { t } = visit
  const asks = sums.causes.length > 0
  return (
    <form
      method="post"
      action={link(visit, 'companyCheckout', { companyId: company.id })}
      class="company-form"
      data-island="checkout"
      noValidate
    >
      {/* Enter in a field buys; without this it would press the button of the hours. */}
      <button type="submit" hidden tabIndex={-1}>
        {t(asks ? 'company.ask' : 'company.place')}
      </button>
      <input type="hidden" name="key" value={newFormKey()} />
      <input type="hidden" name="cartId" value={cartId} />
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="total" value={sums.total.amountMinor} />
      <Field
        {...{ visit, errors }}
        name="reference"
        label={t('company.reference')}
        hint={t('company.reference_hint')}
        autocomplete="off"
        optional={!company.referenceRequired}
        value={visit.form.get('reference') ?? ''}
        maxLength={100}
      />
      <Field
        {...{ visit, errors }}
        name="costCentre"
        label={t('company.cost_centre')}
        hint={t('company.reference_hint')}
        autocomplete="off"
        optional
        value={visit.form.get('costCentre') ?? ''}
        maxLength={100}
      />
      {appointment && <AppointmentChoice {...{ visit, errors, appointment }} values={readHour(visit.form)} />}
      <GiftChoice visit={visit} values={readGift(visit.form)} />
      <Payment {...props} />
      <Sums visit={visit} preview={sums} />
      {asks && (
        <p class="banner waiting">
          <span>
            {t('company.needs_approval', {
              causes: sums.causes.map((cause) => t(`company.cause.${cause}`)).join(', '),
            })}
          </span>
        </p>
      )}
      <button class="button primary large" type="submit">
        {t(asks ? 'company.ask' : 'company.place')}
      </button>
    </form>
  )
}

function Payment({ visit, errors, preview: { onAccount } }: OrderProps) {
  const { t } = visit
  const chosen = visit.form.get('payment') ?? (onAccount && !onAccount.blocked ? 'on_account' : 'tok_accept')
  return (
    <fieldset class="step">
      <legend>{t('checkout.payment')}</legend>
      <FieldError name="payment" errors={errors} />
      {onAccount && (
        <RadioCard
          name="payment"
          value="on_account"
          checked={chosen === 'on_account'}
          disabled={onAccount.blocked}
          title={t('company.on_account')}
          note={accountWords(visit, onAccount)}
        />
      )}
      {testCards.map((card) => (
        <RadioCard
          key={card}
          name="payment"
          value={card}
          checked={chosen === card}
          title={t(`checkout.card.${card}`)}
        />
      ))}
    </fieldset>
  )
}

/** When an order on account is to be paid, and how much credit is left; or that there is none for now. */
function accountWords(visit: Visit, { blocked, dueOn, available }: NonNullable<CompanyPreview['onAccount']>): string {
  const { t, locale } = visit
  const first = blocked
    ? t('company.on_account_blocked')
    : t('company.due', { date: formatDate(`${dueOn}T12:00:00Z`, locale, 'dayLong') })
  return available ? `${first} · ${t('company.available', { amount: money(visit, available) })}` : first
}

/** What it comes to, without VAT first, as companies reckon. */
export function Sums({
  visit,
  preview: sums,
}: {
  visit: Visit
  preview: Pick<CompanyPreview, 'net' | 'vat' | 'fee' | 'total'>
}) {
  const { t } = visit
  return (
    <dl class="sums">
      <div>
        <dt>{t('company.fee')}</dt>
        <dd>{sums.fee.amountMinor === 0 ? t('checkout.free') : money(visit, sums.fee)}</dd>
      </div>
      <div class="sum-total">
        <dt>{t('company.net')}</dt>
        <dd>{money(visit, sums.net)}</dd>
      </div>
      <div>
        <dt>{t('company.vat')}</dt>
        <dd>{money(visit, sums.vat)}</dd>
      </div>
      <div>
        <dt>{t('company.total')}</dt>
        <dd>{money(visit, sums.total)}</dd>
      </div>
    </dl>
  )
}

export function Lines({ visit, preview: { lines } }: { visit: Visit; preview: Pick<CompanyPreview, 'lines'> }) {
  const { t } = visit
  return (
    <ul class="company-list">
      {lines.map((line) => (
        <li key={line.variantId}>
          <span>
            {t('quick.times', {
              count: line.quantity,
              name: [line.name, line.variantLabel].filter(Boolean).join(' · '),
            })}
            <br />
            <span class="muted tabular">
              {line.sku} · {t('quick.net', { price: money(visit, line.unitNet) })}
            </span>
          </span>
          <span class="tabular">{t('quick.net', { price: money(visit, line.lineNet) })}</span>
        </li>
      ))}
    </ul>
  )
}
