/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferedVariant } from '@ecluse/contracts/offers.ts'
import { returnReasons, type ReturnableOrder } from '@ecluse/contracts/returns.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { currentCart } from '../cart-acts.ts'
import { CartChoice } from '../parts/cart-choice.tsx'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { orderFormPage, readForHolder, tokenOf } from '../parts/order-form.tsx'
import { ExceptionNote } from '../parts/exception-note.tsx'
import { Picture } from '../parts/picture.tsx'
import { goTo, isRefusal, link, newFormKey, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

/** Which articles of an order are sent back, how many and why: a plain form that leads to a slip. */
export const sendBackPage = (visit: Visit) => showForm(visit, {}, 200)

/** Asks for the return that was filled in. */
export async function sendBackForm(visit: Visit) {
  const { form, t, locale } = visit
  const orderId = visit.params['orderId'] ?? ''
  const token = tokenOf(visit)
  const lines = [...form].flatMap(([name, value]) => {
    const lineId = name.startsWith('line-') ? name.slice('line-'.length) : ''
    const quantity = Number(value)
    if (lineId === '' || !Number.isInteger(quantity) || quantity < 1) return []
    const reason = returnReasons.find((known) => known === form.get(`reason-${lineId}`)) ?? 'other'
    const comment = (form.get(`comment-${lineId}`) ?? '').trim().slice(0, 500)
    return [{ lineId, quantity, reason, ...(comment === '' ? {} : { comment }) }]
  })
  if (lines.length === 0) return showForm(visit, { lines: t('sendBack.lines_missing') }, 422)
  const exchange = await wantedOf(visit, lines)
  let returnId: string
  try {
    const asked = await visit.call(
      endpoints.askReturn,
      { params: { orderId }, body: { lines, exchange, locale, ...(token ? { token } : {}) } },
      { idempotencyKey: form.get('key') ?? newFormKey() },
    )
    returnId = asked.id
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input')) return notFound(visit)
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return await showForm(visit, { form: lateWords(visit, error) }, error.problem.status)
  }
  return goTo(visit, link(visit, 'returnSlip', { orderId, returnId }, { token }))
}

/** What is wanted for it: another size or colour of what is sent back, or what lies in the cart. */
async function wantedOf(visit: Visit, lines: readonly { lineId: string; quantity: number }[]) {
  const { form } = visit
  const same = lines.flatMap(({ lineId, quantity }) => {
    const variantId = form.get(`exchange-${lineId}`) ?? ''
    return isUuid.test(variantId) ? [{ variantId, quantity }] : []
  })
  const chosen = form.getAll('add')
  const cart = chosen.length > 0 ? await currentCart(visit) : null
  const others = (cart?.lines ?? []).filter(({ variantId }) => chosen.includes(variantId))
  return [...same, ...others.map(({ variantId, quantity }) => ({ variantId, quantity }))]
}

const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** The customer is told what is still possible, not what staff could do. */
function lateWords({ t }: Visit, error: ApiError): string {
  return error.problem.code === 'orders.return_late' ? t('sendBack.late') : error.problem.detail
}

async function showForm(visit: Visit, errors: FormErrors, status: number) {
  const { t, locale } = visit
  const orderId = visit.params['orderId'] ?? ''
  const token = tokenOf(visit)
  const order = await readForHolder(() =>
    visit.call(endpoints.getReturnable, { params: { orderId }, query: { locale, ...(token ? { token } : {}) } }),
  )
  const choices = order?.canExchange ? await choicesFor(visit, order) : new Map<string, OfferedVariant[]>()
  const cart = order?.canExchange ? await currentCart(visit) : null
  return orderFormPage(visit, {
    name: 'sendBack',
    params: { orderId },
    number: order?.number ?? null,
    title: t('sendBack.title'),
    errors,
    status,
    children: order && (
      <>
        {order.until && (
          <p>
            {t(order.late ? 'sendBack.late' : 'sendBack.until', { date: formatDate(order.until, locale, 'weekday') })}
          </p>
        )}
        <Form {...{ visit, order, token, errors, choices, cart }} />
      </>
    ),
  })
}

/** Sizes and colours that could be sent instead, by product. */
async function choicesFor(visit: Visit, order: ReturnableOrder): Promise<Map<string, OfferedVariant[]>> {
  const handles = new Set(order.lines.flatMap(({ handle, returnable }) => (handle && returnable > 0 ? [handle] : [])))
  const found = new Map<string, OfferedVariant[]>()
  for (const handle of handles) {
    try {
      const { variants } = await visit.call(endpoints.getOffer, {
        params: { handle },
        query: { channel: order.channelCode, locale: visit.locale },
      })
      found.set(
        handle,
        variants.filter(({ deliverable }) => deliverable > 0),
      )
    } catch (error) {
      if (!isRefusal(error, 'offers.not_offered')) throw error
    }
  }
  return found
}

type FormProps = {
  visit: Visit
  order: ReturnableOrder
  token: string
  errors: FormErrors
  choices: ReadonlyMap<string, OfferedVariant[]>
  cart: Cart | null
}

function Form({ visit, order, token, errors, choices, cart }: FormProps) {
  const { t } = visit
  const { orderId } = order
  if (!order.lines.some(({ returnable }) => returnable > 0))
    return (
      <p class="banner waiting">
        <span>{t('sendBack.nothing')}</span>
      </p>
    )
  return (
    <form method="post" action={link(visit, 'sendBack', { orderId })} class="pass-form">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="key" value={newFormKey()} />
      <fieldset class="withdraw-lines" id="field-lines" aria-describedby={errors['lines'] ? 'lines-error' : undefined}>
        <legend>{t('sendBack.which')}</legend>
        <FieldError name="lines" errors={errors} />
        <ul class="order-lines">
          {order.lines.map((line) => (
            <Choice key={line.lineId} visit={visit} line={line} others={choices.get(line.handle ?? '') ?? []} />
          ))}
        </ul>
      </fieldset>
      {order.canExchange && <CartChoice visit={visit} cart={cart} chosen={visit.form.getAll('add')} name="sendBack" />}
      <p class="muted">{t(order.canExchange ? 'sendBack.rule' : 'sendBack.refund')}</p>
      <button class="button primary large" type="submit">
        {t('sendBack.send')}
      </button>
    </form>
  )
}

type ChoiceProps = { visit: Visit; line: ReturnableOrder['lines'][number]; others: readonly OfferedVariant[] }

function Choice({ visit, line, others }: ChoiceProps) {
  const { t, form } = visit
  const { lineId, returnable } = line
  const field = (name: string) => `${name}-${lineId}`
  return (
    <li>
      <Picture url={line.imageUrl} alt="" width={96} height={72} />
      <div>
        <h2 class="line-name">{line.name}</h2>
        {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
        {returnable > 0 && <ExceptionNote visit={visit} exception={line.exception} />}
        {returnable === 0 ? (
          <p class="muted">{t('sendBack.none')}</p>
        ) : (
          <>
            <div class="field">
              <label for={field('line')}>
                {t('withdraw.quantity')} <span class="visually-hidden">{line.name}</span>
              </label>
              <select id={field('line')} name={field('line')}>
                {Array.from({ length: returnable + 1 }, (_, count) => (
                  <option key={count} value={count} selected={String(count) === form.get(field('line'))}>
                    {count === 0 ? t('withdraw.keep') : t('sendBack.units', { count, of: returnable })}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for={field('reason')}>
                {t('sendBack.reason')} <span class="visually-hidden">{line.name}</span>
              </label>
              <select id={field('reason')} name={field('reason')}>
                {returnReasons.map((reason) => (
                  <option key={reason} value={reason} selected={reason === form.get(field('reason'))}>
                    {t(`reason.${reason}`)}
                  </option>
                ))}
              </select>
            </div>
            <Instead {...{ visit, line, others }} />
            <div class="field">
              <label for={field('comment')}>
                {t('sendBack.comment')}
                <span class="optional"> {t('form.optional')}</span> <span class="visually-hidden">{line.name}</span>
              </label>
              <textarea id={field('comment')} name={field('comment')} rows={2} maxLength={500}>
                {form.get(field('comment')) ?? ''}
              </textarea>
            </div>
          </>
        )}
      </div>
    </li>
  )
}

/** Money, or another size or colour at the price that was paid. */
function Instead({ visit, line, others }: ChoiceProps) {
  const { t, form } = visit
  if (others.length === 0) return null
  const name = `exchange-${line.lineId}`
  return (
    <div class="field">
      <label for={name}>
        {t('sendBack.instead')} <span class="visually-hidden">{line.name}</span>
      </label>
      <select id={name} name={name}>
        <option value="">{t('sendBack.money')}</option>
        {others.map(({ variantId, label, sku }) => (
          <option key={variantId} value={variantId} selected={form.get(name) === variantId}>
            {variantId === line.variantId ? t('sendBack.same') : t('sendBack.other', { name: label || sku })}
          </option>
        ))}
      </select>
    </div>
  )
}
