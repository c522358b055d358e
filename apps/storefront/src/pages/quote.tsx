/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote, QuoteRevision } from '@ecluse/contracts/quotes.ts'
import { formatBasisPoints, formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { AgreedHours } from '../parts/agreed-hours.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { PassCard } from '../parts/pass-card.tsx'
import { Picture } from '../parts/picture.tsx'
import { WithNumber } from '../parts/with-number.tsx'
import { money } from '../parts/price.tsx'
import { addressOf } from '../paths.ts'
import { goTo, keepCart, link, newFormKey, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

type Shown = { visit: Visit; quote: Quote; revision: QuoteRevision; token: string }

async function readQuote(visit: Visit): Promise<Omit<Shown, 'visit'> | null> {
  const token = visit.query.get('token') ?? visit.form.get('token') ?? ''
  try {
    const quote = await visit.call(endpoints.getQuote, {
      params: { quoteId: visit.params['quoteId'] ?? '' },
      query: { token, locale: visit.locale },
    })
    const revision = quote.revisions.find((one) => one.sentAt !== null)
    return revision ? { quote, revision, token } : null
  } catch (error) {
    if (error instanceof ApiError && error.problem.status < 500) return null
    throw error
  }
}

/** A quote for its buyer: what is proposed, until when, and the two steps that accept it. */
export async function quotePage(visit: Visit) {
  const found = await readQuote(visit)
  return found ? showQuote({ visit, ...found }, {}, visit.query.get('step') === 'confirm') : notFound(visit)
}

/** What its buyer decides. Sent twice it counts once: a revision is accepted by its number, and a quote is one order. */
export async function quoteForm(visit: Visit) {
  const found = await readQuote(visit)
  if (!found) return notFound(visit)
  const { quote, token } = found
  const act = visit.form.get('act')
  const params = { quoteId: quote.id }
  try {
    if (act === 'accept') {
      const name = (visit.form.get('name') ?? '').trim()
      if (name === '') return await showQuote({ visit, ...found }, { name: visit.t('form.name_missing') }, true, 422)
      const revision = Number(visit.form.get('revision'))
      const idempotencyKey = visit.form.get('key') ?? newFormKey()
      await visit.call(endpoints.acceptQuote, { params, body: { token, revision, name } }, { idempotencyKey })
    } else if (act === 'refuse') {
      await visit.call(endpoints.refuseQuote, { params, body: { token, reason: visit.form.get('reason') ?? '' } })
    } else if (act === 'pay' && quote.pass) {
      const { cart } = await visit.call(endpoints.pickUpPass, {
        params: { code: quote.pass.token },
        body: { channel: visit.options.channelCode, locale: visit.locale },
      })
      keepCart(visit, { id: cart.id, count: cart.itemCount })
      return await goTo(visit, link(visit, 'checkout', {}, { quote: token }))
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const again = (await readQuote(visit)) ?? found
    return showQuote({ visit, ...again }, { form: error.problem.detail }, false, error.problem.status)
  }
  return goTo(visit, link(visit, 'quote', params, { token }))
}

function showQuote(shown: Shown, errors: FormErrors, confirming: boolean, status = 200) {
  const { visit, quote, token } = shown
  const title = visit.t('quote.title', { number: quote.number })
  const own = (locale: Visit['locale']): string => addressOf('quote', locale, { quoteId: quote.id }, { token })
  return show(
    visit,
    {
      title,
      description: title,
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      quiet: true,
      body: (
        <div class="order quote">
          <QuoteHead {...shown} />
          <ErrorSummary visit={visit} errors={errors} />
          <div class="order-layout">
            <QuoteLines {...shown} />
            <aside>
              <QuoteSums {...shown} />
              <QuoteActs {...shown} errors={errors} confirming={confirming} />
            </aside>
          </div>
        </div>
      ),
    },
    status,
  )
}

function QuoteHead({ visit, quote, revision, token }: Shown) {
  const { t, locale } = visit
  const path = endpoints.getQuotePdf.path
  const pdf = urlOf(path, { quoteId: quote.id }, { token, locale, revision: revision.revision })
  return (
    <header>
      <h1 class="editorial">
        <WithNumber text={t('quote.title', { number: quote.number })} number={quote.number} />
      </h1>
      <p class="lead">
        {t('quote.about', {
          revision: revision.revision,
          name: revision.company ?? revision.contact.name,
          date: formatDate(`${revision.validUntil}T12:00:00Z`, locale, 'weekday'),
        })}
      </p>
      <p>
        <a href={pdf}>{t('quote.pdf')}</a>
      </p>
    </header>
  )
}

function QuoteLines({ visit, revision }: Shown) {
  const { t, locale } = visit
  return (
    <div>
      <ul class="order-lines">
        {revision.lines.map((line) => (
          <li key={line.variantId}>
            <Picture url={line.imageUrl} alt="" width={160} height={120} />
            <div>
              <h2 class="line-name">{line.name}</h2>
              {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
              <p class="muted tabular">
                {t('quote.each', { count: line.quantity, price: money(visit, line.unitPrice) })}
                {line.discountBasisPoints > 0 && (
                  <>
                    {' '}
                    <s>{money(visit, line.listPrice)}</s> − {formatBasisPoints(line.discountBasisPoints, locale)}
                  </>
                )}
              </p>
              {line.note && <p>{line.note}</p>}
            </div>
            <p class="cart-line-total tabular">{money(visit, line.lineTotal)}</p>
          </li>
        ))}
      </ul>
      {revision.gift && (
        <p class="quote-notes">{[t('quote.gift'), revision.gift.message].filter(Boolean).join('\n')}</p>
      )}
      {revision.notes && <p class="quote-notes">{revision.notes}</p>}
    </div>
  )
}

function QuoteSums({ visit, quote, revision }: Shown) {
  const { t, locale } = visit
  const { delivery } = revision
  const { address } = delivery
  const where =
    delivery.siteName ??
    (address ? [address.name, address.street, `${address.postalCode} ${address.locality}`].join(', ') : '')
  return (
    <div class="card">
      <AgreedHours visit={visit} hours={revision.hours} open={quote.state === 'sent' || quote.state === 'accepted'} />
      <dl class="sums">
        {revision.discount.amountMinor > 0 && (
          <div>
            <dt>{t('quote.discount')}</dt>
            <dd>− {money(visit, revision.discount)}</dd>
          </div>
        )}
        <div>
          <dt>{[t(`quote.method.${delivery.method}`), where].filter(Boolean).join(' · ')}</dt>
          {delivery.method === 'delivery' && (
            <dd>{delivery.fee.amountMinor === 0 ? t('quote.free') : money(visit, delivery.fee)}</dd>
          )}
        </div>
        <div class="sum-total">
          <dt>{t('quote.total')}</dt>
          <dd>{money(visit, revision.total)}</dd>
        </div>
        {revision.vatByRate.map((rate) => (
          <div key={rate.rateBasisPoints}>
            <dt class="muted">{t('quote.vat', { rate: formatBasisPoints(rate.rateBasisPoints, locale) })}</dt>
            <dd class="muted">{money(visit, rate.vat)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function QuoteActs(shown: Shown & { errors: FormErrors; confirming: boolean }) {
  const { visit, quote, token } = shown
  const { t } = visit
  if (quote.state === 'ordered' && quote.order) {
    const { id, accessToken, number } = quote.order
    return (
      <div class="card" id="decide">
        <p>
          <Icon name="check" /> {t('quote.ordered', { number })}
        </p>
        <a class="button primary" href={link(visit, 'order', { orderId: id }, { token: accessToken })}>
          {t('quote.see_order')}
        </a>
      </div>
    )
  }
  if (quote.state === 'accepted') return <Paying {...shown} />
  if (quote.state !== 'sent') {
    const state = quote.state === 'refused' || quote.state === 'expired' ? quote.state : 'changing'
    return (
      <p class="banner waiting" id="decide">
        <Icon name="info" />
        <span>{t(`quote.closed.${state}`)}</span>
      </p>
    )
  }
  if (shown.confirming) return <Confirming {...shown} />
  return (
    <div class="card" id="decide">
      <a
        class="button primary large"
        href={`${link(visit, 'quote', { quoteId: quote.id }, { token, step: 'confirm' })}#decide`}
      >
        {t('quote.accept', { revision: shown.revision.revision })}
      </a>
      <details>
        <summary>{t('quote.refuse')}</summary>
        <form method="post" action={link(visit, 'quote', { quoteId: quote.id })} class="quote-form">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="act" value="refuse" />
          <div class="field">
            <label for="field-reason">{t('quote.reason')}</label>
            <input id="field-reason" name="reason" maxLength={500} autocomplete="off" />
          </div>
          <button class="button" type="submit">
            {t('quote.refuse_now')}
          </button>
        </form>
      </details>
    </div>
  )
}

/** The second step names the revision once more, and who accepts it. */
function Confirming({ visit, quote, revision, token, errors }: Shown & { errors: FormErrors }) {
  const { t } = visit
  return (
    <form method="post" action={`${link(visit, 'quote', { quoteId: quote.id })}#decide`} class="card" id="decide">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="act" value="accept" />
      <input type="hidden" name="revision" value={revision.revision} />
      <input type="hidden" name="key" value={newFormKey()} />
      <p>
        <strong>
          {t('quote.i_accept', {
            revision: revision.revision,
            number: quote.number,
            total: money(visit, revision.total),
          })}
        </strong>
      </p>
      <Field
        visit={visit}
        name="name"
        label={t('quote.name')}
        value={revision.contact.name}
        autocomplete="name"
        maxLength={120}
        errors={errors}
      />
      <button class="button primary large" type="submit">
        {t('quote.confirm')}
      </button>
      <a href={link(visit, 'quote', { quoteId: quote.id }, { token })}>{t('quote.back')}</a>
    </form>
  )
}

/** Accepted: to be paid here by card, or anywhere by its pass. */
function Paying({ visit, quote, token }: Shown) {
  const { t } = visit
  return (
    <div class="card" id="decide">
      <p class="with-icon" role="status">
        <Icon name="check" /> {t('quote.accepted', { revision: quote.accepted?.revision ?? 0 })}
      </p>
      <form method="post" action={link(visit, 'quote', { quoteId: quote.id })}>
        <input type="hidden" name="token" value={token} />
        <button class="button primary large" type="submit" name="act" value="pay">
          {t('quote.pay')}
        </button>
      </form>
      {quote.pass && (
        <>
          <p class="muted">{t('quote.or_shop')}</p>
          <PassCard visit={visit} pass={quote.pass} />
        </>
      )}
    </div>
  )
}
