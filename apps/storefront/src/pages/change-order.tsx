/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'
import { postalAddressSchema } from '@ecluse/contracts/scalars.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, newFormKey, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

const tokenOf = ({ query, form }: Visit): string => form.get('token') ?? query.get('token') ?? ''
const addressFields = ['name', 'street', 'street2', 'postalCode', 'locality'] as const

/** What of an order its buyer can still change: a plain form, and what was changed before. */
export const changeOrderPage = (visit: Visit) => showForm(visit, {}, 200)

/** Changes the order as it was filled in. */
export async function changeOrderForm(visit: Visit) {
  const { form, locale, t } = visit
  const orderId = visit.params['orderId'] ?? ''
  const token = tokenOf(visit)
  const lines = [...form].flatMap(([name, value]) => {
    const lineId = name.startsWith('line-') ? name.slice('line-'.length) : ''
    const quantity = Number(value)
    if (lineId === '' || !Number.isInteger(quantity) || quantity < 0) return []
    return form.get(`was-${lineId}`) === value ? [] : [{ lineId, quantity }]
  })
  const typed = Object.fromEntries(addressFields.map((name) => [name, (form.get(name) ?? '').trim()]))
  const moved = addressFields.some((name) => form.has(name) && typed[name] !== (form.get(`was-${name}`) ?? ''))
  const { street2, ...rest } = typed
  const address = postalAddressSchema.safeParse({ ...rest, ...(street2 ? { street2 } : {}) })
  if (moved && !address.success) return showForm(visit, { street: t('change.address_wrong') }, 422)
  try {
    await visit.call(
      endpoints.changeOrder,
      {
        params: { orderId },
        body: {
          revision: Number(form.get('revision')),
          lines,
          locale,
          ...(moved && address.success ? { address: address.data } : {}),
          ...(token ? { token } : {}),
        },
      },
      { idempotencyKey: form.get('key') ?? newFormKey() },
    )
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input')) return notFound(visit)
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return await showForm(visit, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'order', { orderId }, { token }))
}

async function showForm(visit: Visit, errors: FormErrors, status: number) {
  const { t, locale } = visit
  const orderId = visit.params['orderId'] ?? ''
  const token = tokenOf(visit)
  let order: ChangeableOrder
  try {
    order = await visit.call(endpoints.getChangeable, {
      params: { orderId },
      query: { locale, ...(token ? { token } : {}) },
    })
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
  const title = t('change.title')
  const own = (language: Visit['locale']): string => addressOf('changeOrder', language, { orderId }, { token })
  return show(
    visit,
    {
      title,
      description: title,
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      body: (
        <div class="message-page withdraw">
          <h1 class="editorial">{title}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          <p class="lead">{t('sendBack.order', { number: order.number })}</p>
          <Form {...{ visit, order, token, errors }} />
          <History visit={visit} order={order} />
          <p>
            <a href={link(visit, 'order', { orderId }, { token })}>{t('sendBack.back')}</a>
          </p>
        </div>
      ),
    },
    status,
  )
}

type FormProps = { visit: Visit; order: ChangeableOrder; token: string; errors: FormErrors }

function Form({ visit, order, token, errors }: FormProps) {
  const { t } = visit
  const { orderId, lines, addressRefusal } = order
  if (addressRefusal !== null && lines.every(({ refusal }) => refusal !== null))
    return (
      <p class="banner waiting">
        <span>{t(`change.refusal.${addressRefusal}`)}</span>
      </p>
    )
  return (
    <form method="post" action={link(visit, 'changeOrder', { orderId })} class="pass-form">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="key" value={newFormKey()} />
      <input type="hidden" name="revision" value={order.revision} />
      <fieldset class="withdraw-lines">
        <legend>{t('order.articles')}</legend>
        <ul class="order-lines">
          {lines.map((line) => (
            <Line key={line.lineId} visit={visit} line={line} />
          ))}
        </ul>
      </fieldset>
      <Address {...{ visit, order, errors }} />
      <p class="muted">{t('change.rule')}</p>
      <button class="button primary large" type="submit">
        {t('change.confirm')}
      </button>
    </form>
  )
}

function Line({ visit, line }: { visit: Visit; line: ChangeableOrder['lines'][number] }) {
  const { t } = visit
  const id = `line-${line.lineId}`
  return (
    <li>
      <Picture url={line.imageUrl} alt="" width={96} height={72} />
      <div>
        <h2 class="line-name">{line.name}</h2>
        {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
        {line.refusal ? (
          <p class="muted">
            {t('change.units', { count: line.quantity })} · {t(`change.refusal.${line.refusal}`)}
          </p>
        ) : (
          <div class="field">
            <label for={id}>
              {t('withdraw.quantity')} <span class="visually-hidden">{line.name}</span>
            </label>
            <input type="hidden" name={`was-${line.lineId}`} value={line.quantity} />
            <select id={id} name={id}>
              {Array.from({ length: line.quantity + 1 }, (_, less) => line.quantity - less).map((count) => (
                <option key={count} value={count} selected={count === line.quantity}>
                  {count === 0 ? t('change.none') : t('change.units', { count })}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
    </li>
  )
}

const completes = {
  name: 'name',
  street: 'address-line1',
  street2: 'address-line2',
  postalCode: 'postal-code',
  locality: 'address-level2',
} as const

function Address({ visit, order, errors }: Omit<FormProps, 'token'>) {
  const { t } = visit
  const { address, addressRefusal } = order
  if (!address) return null
  if (addressRefusal)
    return <p class="muted">{t('change.address_refused', { why: t(`change.refusal.${addressRefusal}`) })}</p>
  return (
    <fieldset class="withdraw-lines">
      <legend>{t('order.delivery')}</legend>
      {addressFields.map((name) => (
        <div key={name}>
          <input type="hidden" name={`was-${name}`} value={address[name] ?? ''} />
          <Field
            {...{ visit, errors, name }}
            label={t(`change.${name}`)}
            value={visit.form.get(name) ?? address[name] ?? ''}
            autocomplete={completes[name]}
            optional={name === 'street2'}
            maxLength={name === 'postalCode' ? 12 : 120}
          />
        </div>
      ))}
    </fieldset>
  )
}

/** What was changed before, by whom, and what it gave back. */
function History({ visit, order }: { visit: Visit; order: ChangeableOrder }) {
  const { t, locale } = visit
  if (order.revisions.length === 0) return null
  return (
    <section>
      <h2>{t('change.history')}</h2>
      <ul class="plain">
        {order.revisions.map((one) => (
          <li key={one.revision}>
            <strong>{formatDate(one.changedAt, locale, 'full')}</strong>{' '}
            <span class="muted">{t(`change.by.${one.changedBy}`)}</span>
            {one.changes.map((change, index) => (
              <p key={index}>
                {change.kind === 'substitute'
                  ? t(change.instead === null ? 'change.missing' : 'change.replaced', {
                      count: change.quantity,
                      name: change.name,
                      instead: change.instead ?? '',
                    })
                  : change.kind === 'line'
                    ? t('change.line', { name: change.name, from: change.from, to: change.to })
                    : t('change.moved', { street: change.to.street, locality: change.to.locality })}
              </p>
            ))}
            {one.refund.amountMinor > 0 && <p>{t('change.refund', { amount: money(visit, one.refund) })}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
