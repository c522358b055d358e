/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Company } from '@ecluse/contracts/companies.ts'
import type { PurchaseRequest } from '@ecluse/contracts/company-orders.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { writeOrder } from '../cookies.ts'
import { absolute } from '../document.tsx'
import { AgreedHours } from '../parts/agreed-hours.tsx'
import type { FormErrors } from '../parts/field.tsx'
import { goTo, isSecure, link, newFormKey, type Visit } from '../visit.ts'
import { nextAddress } from './checkout.tsx'
import { testCards } from './checkout-form.ts'
import { Lines, Sums } from './company-checkout.tsx'
import { refusalOf, showCompany, withCompany } from './company-frame.tsx'
import { notFound } from './not-found.tsx'

/** A purchase that needs approval: what it is, who decided, and what one may do. */
export const companyRequestPage = (visit: Visit) => withCompany(visit, (company) => showRequest(visit, company, {}))

export const companyRequestForm = (visit: Visit) =>
  withCompany(visit, async (company) => {
    const { form, locale } = visit
    const params = { companyId: company.id, requestId: visit.params['requestId'] ?? '' }
    const act = form.get('act')
    const idempotencyKey = form.get('key') || newFormKey()
    try {
      if (act === 'approve' || act === 'refuse') {
        const body = { approved: act === 'approve', reason: (form.get('reason') ?? '').trim().slice(0, 500) }
        await visit.call(endpoints.decidePurchaseRequest, { params, body }, { idempotencyKey })
      } else if (act === 'withdraw') {
        await visit.call(endpoints.withdrawPurchaseRequest, { params }, { idempotencyKey })
      } else if (act === 'pay' || act === 'place') {
        const returnUrl = absolute(visit, link(visit, 'paymentReturn'))
        const payment =
          act === 'place'
            ? { method: 'on_account' as const }
            : { method: 'online_card' as const, token: form.get('card') ?? '', returnUrl }
        const placed = await visit.call(
          endpoints.orderPurchaseRequest,
          { params, body: { payment } },
          { idempotencyKey },
        )
        writeOrder(
          visit.reply,
          { orderId: placed.orderId, token: placed.accessToken, key: idempotencyKey, locale },
          isSecure(visit),
        )
        return await goTo(visit, nextAddress(visit, placed))
      }
    } catch (error) {
      const { errors, status } = refusalOf(error)
      return showRequest(visit, company, errors, status)
    }
    return goTo(visit, link(visit, 'companyRequest', params))
  })

async function showRequest(visit: Visit, company: Company, errors: FormErrors, status = 200) {
  const { t } = visit
  const params = { companyId: company.id, requestId: visit.params['requestId'] ?? '' }
  let request: PurchaseRequest
  try {
    request = await visit.call(endpoints.getPurchaseRequest, { params })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return notFound(visit)
  }
  return showCompany({
    visit,
    company,
    name: 'companyRequest',
    title: t('company.request', { number: request.number }),
    errors,
    status,
    params: { requestId: request.id },
    children: (
      <div class="company-layout">
        <div>
          <About visit={visit} request={request} />
          <Lines visit={visit} preview={request} />
        </div>
        <div class="card">
          <Sums visit={visit} preview={request} />
          <Steps visit={visit} request={request} />
          <Acts visit={visit} request={request} />
        </div>
      </div>
    ),
  })
}

function About({ visit, request }: { visit: Visit; request: PurchaseRequest }) {
  const { t, locale } = visit
  return (
    <>
      <p>
        <span class={`tag ${request.state}`}>{t(`company.state.${request.state}`)}</span>
      </p>
      <p class="lead">
        {t('company.asked_by', {
          name: request.requesterName,
          site: request.siteName ?? '',
          causes: request.causes.map((cause) => t(`company.cause.${cause}`)).join(', '),
        })}
      </p>
      {request.purchaseReference && <p>{t('company.with_reference', { reference: request.purchaseReference })}</p>}
      {request.reason && <p>{t('company.reason_was', { reason: request.reason })}</p>}
      <AgreedHours visit={visit} hours={request.hours} open />
      {request.state === 'waiting' && (
        <p class="muted">{t('company.kept_until', { date: formatDate(request.expiresAt, locale, 'dateTime') })}</p>
      )}
    </>
  )
}

function Steps({ visit, request }: { visit: Visit; request: PurchaseRequest }) {
  const { t } = visit
  return (
    <>
      <h2>{t('company.steps')}</h2>
      <ol class="company-list">
        {request.steps.map((step) => (
          <li key={step.position}>
            <span>
              {step.decidedBy ?? step.memberName ?? t(step.byStaff ? 'company.step.staff' : 'company.step.any')}
            </span>
            <span class="muted">{t(`company.step.${step.state}`)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

function Acts({ visit, request }: { visit: Visit; request: PurchaseRequest }) {
  const { t } = visit
  const { may, order } = request
  const action = link(visit, 'companyRequest', { companyId: request.companyId, requestId: request.id })
  if (order)
    return (
      <a class="button primary" href={link(visit, 'order', { orderId: order.id }, { token: order.accessToken })}>
        {t('order.title', { number: order.number })}
      </a>
    )
  if (!may.decide && !may.order && !may.withdraw) return null
  return (
    <form method="post" action={action} class="company-form">
      <input type="hidden" name="key" value={newFormKey()} />
      {may.decide && (
        <>
          <div class="field">
            <label for="field-reason">{t('company.reason')}</label>
            <textarea id="field-reason" name="reason" rows={3} maxLength={500} />
          </div>
          <div class="company-acts">
            <button class="button primary" type="submit" name="act" value="approve">
              {t('company.approve')}
            </button>
            <button class="button" type="submit" name="act" value="refuse">
              {t('company.refuse')}
            </button>
          </div>
        </>
      )}
      {may.order && request.payment === 'online_card' && (
        <div class="field">
          <label for="field-card">{t('checkout.payment')}</label>
          <select id="field-card" name="card">
            {testCards.map((card) => (
              <option key={card} value={card}>
                {t(`checkout.card.${card}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      {may.order && (
        <button
          class="button primary"
          type="submit"
          name="act"
          value={request.payment === 'on_account' ? 'place' : 'pay'}
        >
          {t(request.payment === 'on_account' ? 'company.place' : 'company.pay')}
        </button>
      )}
      {may.withdraw && (
        <button class="button small" type="submit" name="act" value="withdraw">
          {t('company.withdraw')}
        </button>
      )}
    </form>
  )
}
