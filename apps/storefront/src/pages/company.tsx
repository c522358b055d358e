/** @jsxRuntime automatic @jsxImportSource preact */
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { addLinesToCart } from '../cart-acts.ts'
import type { FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { refusalOf, showCompany, withCompany } from './company-frame.tsx'
import { QuickOrder, type ReadList } from './quick-order.tsx'

/** The home of a company's buyers: quick order, what waits for a decision, what was ordered. */
export const companyPage = (visit: Visit) =>
  withCompany(visit, async (company) => showHome(visit, company, { text: await startingText(visit, company) }))

/** A quick order starts from an order made again, or a saved list. */
async function startingText(visit: Visit, company: Company): Promise<string> {
  const orderId = visit.query.get('again')
  if (orderId) {
    const { locale } = visit
    const order = await visit
      .call(endpoints.getOrder, { params: { orderId }, query: { token: visit.query.get('token') ?? '', locale } })
      .catch(() => null)
    return order?.lines.map(({ sku, quantity }) => `${sku} ${quantity}`).join('\n') ?? ''
  }
  const listId = visit.query.get('list')
  if (!listId) return ''
  const { items } = await visit.call(endpoints.listSavedLists, { params: { companyId: company.id } })
  const list = items.find(({ id }) => id === listId)
  return list?.lines.map(({ sku, quantity }) => `${sku} ${quantity}`).join('\n') ?? ''
}

/** Reads a list, puts it into the cart, or keeps it. */
export const companyForm = (visit: Visit) =>
  withCompany(visit, async (company) => {
    const { form } = visit
    const text = (form.get('text') ?? '').slice(0, 60_000)
    const act = form.get('act') ?? 'read'
    const params = { companyId: company.id }
    if (act === 'forget') {
      await visit.call(endpoints.deleteSavedList, { params: { ...params, listId: form.get('listId') ?? '' } })
      return goTo(visit, link(visit, 'company', params))
    }
    if (text.trim() === '')
      return showHome(visit, company, { text, errors: { text: visit.t('quick.missing') }, status: 422 })
    const channel = visit.options.channelCode
    const list = await visit.call(endpoints.readQuickOrder, { params, body: { channel, locale: visit.locale, text } })
    try {
      if (act === 'add' && list.ready.length > 0) {
        await addLinesToCart(visit, list.ready)
        return await goTo(visit, link(visit, 'companyCheckout', params))
      }
      const name = (form.get('name') ?? '').trim()
      if (act === 'keep' && name !== '' && list.ready.length > 0) {
        const lines = list.lines.flatMap(({ article, quantity }) =>
          article && quantity > 0 ? [{ sku: article.sku, quantity }] : [],
        )
        const idempotencyKey = form.get('key') ?? newFormKey()
        await visit.call(endpoints.saveList, { params, body: { name, lines } }, { idempotencyKey })
        return await goTo(visit, link(visit, 'company', params))
      }
    } catch (error) {
      return showHome(visit, company, { text, list, ...refusalOf(error) })
    }
    return showHome(visit, company, { text, list })
  })

type Shown = { text: string; list?: ReadList; errors?: FormErrors; status?: number }

async function showHome(visit: Visit, company: Company, shown: Shown) {
  const { t } = visit
  const params = { companyId: company.id }
  const requests = await visit.call(endpoints.listPurchaseRequests, { params, query: { limit: 10 } })
  const orders = await visit.call(endpoints.listCompanyOrders, { params, query: { limit: 10 } })
  const lists = await visit.call(endpoints.listSavedLists, { params })
  return showCompany({
    visit,
    company,
    name: 'company',
    title: t('company.order_for', { name: company.name }),
    ...(shown.errors ? { errors: shown.errors } : {}),
    ...(shown.status ? { status: shown.status } : {}),
    children: (
      <div class="company-layout">
        <QuickOrder {...{ visit, company, ...shown, saved: lists.items }} />
        <div>
          <Requests visit={visit} requests={requests.items} />
          <Orders visit={visit} company={company} orders={orders.items} />
        </div>
      </div>
    ),
  })
}

type RequestItems = (typeof endpoints.listPurchaseRequests.response)['_output']['items']

function Requests({ visit, requests }: { visit: Visit; requests: RequestItems }) {
  const { t, locale } = visit
  if (requests.length === 0) return null
  return (
    <section aria-labelledby="requests-title">
      <h2 id="requests-title">{t('company.requests')}</h2>
      <ul class="company-list">
        {requests.map((request) => (
          <li key={request.id}>
            <span>
              <a href={link(visit, 'companyRequest', { companyId: request.companyId, requestId: request.id })}>
                {t('company.request', { number: request.number })}
              </a>
              <br />
              <span class="muted">
                {request.requesterName} · {formatDate(request.createdAt, locale, 'dayLong')} ·{' '}
                {money(visit, request.total)}
              </span>
            </span>
            <span class={`tag ${request.state}`}>{t(`company.state.${request.state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type OrderItems = (typeof endpoints.listCompanyOrders.response)['_output']['items']

function Orders({ visit, company, orders }: { visit: Visit; company: Company; orders: OrderItems }) {
  const { t, locale } = visit
  return (
    <section aria-labelledby="orders-title">
      <h2 id="orders-title">{t('account.orders')}</h2>
      {orders.length === 0 && <p class="muted">{t('company.no_orders')}</p>}
      <ul class="company-list">
        {orders.map((order) => (
          <li key={order.id}>
            <span>
              <a href={link(visit, 'order', { orderId: order.id }, { token: order.accessToken })}>
                {t('order.title', { number: order.number })}
              </a>
              <br />
              <span class="muted">
                {[
                  formatDate(order.placedAt, locale, 'dayLong'),
                  order.buyerName,
                  order.companySiteName,
                  order.purchaseReference,
                  money(visit, order.total),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {order.dueOn && order.paymentState !== 'paid' && order.documentState === 'confirmed' && (
                <span class="muted">
                  <br />
                  {t('company.due', { date: formatDate(`${order.dueOn}T12:00:00Z`, locale, 'dayLong') })}
                </span>
              )}
            </span>
            <a
              class="button small"
              href={link(visit, 'company', { companyId: company.id }, { again: order.id, token: order.accessToken })}
            >
              {t('company.again')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
