/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReturnSlip } from '@ecluse/contracts/returns.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { Icon } from '../parts/icon.tsx'
import { money } from '../parts/price.tsx'
import { WithNumber } from '../parts/with-number.tsx'
import { addressOf } from '../paths.ts'
import { goTo, isRefusal, link, newFormKey, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

const tokenOf = ({ query, form }: Visit): string => form.get('token') ?? query.get('token') ?? ''
const tones = { asked: 'waiting', received: 'waiting', closed: 'done', cancelled: 'urgent' } as const

/** A return that was asked for: its slip to print or to show, and how far it is. */
export async function returnSlipPage(visit: Visit) {
  const { t, locale, params } = visit
  const { orderId = '', returnId = '' } = params
  const token = tokenOf(visit)
  let slip: ReturnSlip
  try {
    slip = await visit.call(endpoints.getReturn, {
      params: { returnId },
      query: { locale, ...(token ? { token } : {}) },
    })
  } catch (error) {
    if (isRefusal(error, 'orders.return_not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
  const title = t('slip.title', { number: slip.number })
  const own = (language: Visit['locale']): string => addressOf('returnSlip', language, { orderId, returnId }, { token })
  return show(visit, {
    title,
    description: title,
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page withdraw">
        <h1 class="editorial">
          <WithNumber text={title} number={slip.number} />
        </h1>
        <p class={`banner ${tones[slip.state]}`} role="status">
          <Icon name={slip.state === 'closed' ? 'check' : 'info'} />
          <span>{stateWords(visit, slip)}</span>
        </p>
        {slip.state === 'asked' && <Paper {...{ visit, slip, token }} />}
        <Articles visit={visit} slip={slip} />
        <Exchange visit={visit} slip={slip} />
        {slip.state === 'asked' && <HowTo visit={visit} slip={slip} />}
        {slip.canCancel && (
          <form method="post" action={link(visit, 'returnSlip', { orderId, returnId })} class="no-print">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="key" value={newFormKey()} />
            <button class="button" type="submit">
              {t('slip.cancel')}
            </button>
          </form>
        )}
        <p class="no-print">
          <a href={link(visit, 'order', { orderId }, { token })}>{t('sendBack.back')}</a>
        </p>
      </div>
    ),
  })
}

/** Gives the return up. */
export async function returnSlipForm(visit: Visit) {
  const { orderId = '', returnId = '' } = visit.params
  const token = tokenOf(visit)
  try {
    await visit.call(
      endpoints.cancelReturn,
      { params: { returnId }, body: { locale: visit.locale, ...(token ? { token } : {}) } },
      { idempotencyKey: visit.form.get('key') ?? newFormKey() },
    )
  } catch (error) {
    // Decided meanwhile: the page says how it is.
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
  }
  return goTo(visit, link(visit, 'returnSlip', { orderId, returnId }, { token }))
}

function stateWords({ t, locale, ...visit }: Visit, slip: ReturnSlip): string {
  const day = (at: string | null) => (at === null ? '' : formatDate(at, locale, 'dayLong'))
  const site = slip.siteName ?? ''
  if (slip.state === 'received') return t('slip.state.received', { date: day(slip.receivedAt), site })
  if (slip.state === 'closed' && slip.exchange?.state === 'given')
    return t('slip.state.exchanged', { date: day(slip.closedAt) })
  if (slip.state === 'closed' && slip.refund)
    return t('slip.state.closed', { refund: money({ t, locale, ...visit }, slip.refund), date: day(slip.closedAt) })
  return t(slip.state === 'asked' ? 'slip.state.asked' : 'slip.state.cancelled', { date: day(slip.expiresAt) })
}

/** What goes into the parcel, or is shown at a till: the code, as text and to be scanned. */
function Paper({ visit, slip, token }: { visit: Visit; slip: ReturnSlip; token: string }) {
  const { t } = visit
  const { name, street, street2, postalCode, locality } = slip.sendTo
  return (
    <div class="card return-paper">
      <p class="pass-label">{t('slip.code')}</p>
      <p class="pass-code">{slip.number}</p>
      <img
        class="pass-qr"
        src={urlOf(endpoints.getReturnQr.path, { returnId: slip.id }, token ? { token } : {})}
        alt={t('slip.qr', { number: slip.number })}
        width={200}
        height={200}
      />
      <p>
        {t('slip.to')}
        <br />
        <strong>{name}</strong>
        <br />
        {street}
        {street2 && `, ${street2}`}
        <br />
        {postalCode} {locality}
      </p>
      <p class="muted">{t('slip.of', { number: slip.orderNumber })}</p>
    </div>
  )
}

function Articles({ visit, slip }: { visit: Visit; slip: ReturnSlip }) {
  const { t } = visit
  return (
    <section>
      <h2>{t('order.articles')}</h2>
      <ul class="plain">
        {slip.lines.map((line, index) => (
          <li key={index}>
            <strong>
              {line.quantity} × {line.name}
            </strong>{' '}
            {line.variantLabel && <span class="muted">{line.variantLabel}</span>}
            <br />
            <span class="muted">{t(`reason.${line.reason}`)}</span>
            {line.disposition === 'send_back' && <p>{t('slip.sentBack', { note: line.note ?? '' })}</p>}
            {line.deduction && (
              <p>{t('slip.kept', { amount: money(visit, line.deduction), reason: line.deductionReason ?? '' })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is wanted instead of money, and how far it is. */
function Exchange({ visit, slip: { exchange } }: { visit: Visit; slip: ReturnSlip }) {
  const { t } = visit
  if (!exchange) return null
  return (
    <section>
      <h2>{t('slip.exchange')}</h2>
      <ul class="plain">
        {exchange.lines.map((line) => (
          <li key={line.variantId}>
            <strong>
              {line.quantity} × {line.name}
            </strong>{' '}
            {line.variantLabel && <span class="muted">{line.variantLabel}</span>} {money(visit, line.unitPrice)}
          </li>
        ))}
      </ul>
      <p class="muted">{t(`slip.exchange.${exchange.state}`)}</p>
    </section>
  )
}

function HowTo({ visit, slip }: { visit: Visit; slip: ReturnSlip }) {
  const { t, locale } = visit
  return (
    <section class="no-print">
      <h2>{t('slip.how')}</h2>
      <ol>
        <li>{t('slip.how.shop')}</li>
        <li>
          {slip.label ? (
            <a href={slip.label.url}>{t('slip.how.label', { carrier: slip.label.carrier })}</a>
          ) : (
            t('slip.how.parcel')
          )}
        </li>
        <li>{t('slip.how.until', { date: formatDate(slip.expiresAt, locale, 'weekday') })}</li>
      </ol>
      <p>
        <a href={link(visit, 'shops')}>{t('slip.shops')}</a>
      </p>
    </section>
  )
}
