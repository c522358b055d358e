/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { idSchema } from '@ecluse/contracts/scalars.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { currentCart } from '../cart-acts.ts'
import { show } from '../document.tsx'
import { ErrorSummary, FieldError, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import {
  VisitorFields,
  visitorContact,
  visitorErrors,
  visitorValues,
  type VisitorValues,
} from '../parts/visitor-fields.tsx'
import { readyWords } from '../parts/when.ts'
import { addresses } from '../paths.ts'
import { goTo, isRefusal, keepCart, link, newFormKey, type Visit } from '../visit.ts'

/** What is to be tried: one article, or everything in the basket. */
type Wanted =
  { readonly handle: string; readonly variantId: string; readonly quantity: number } | { readonly cartId: string }
type Article = { name: string; label: string; imageUrl: string | null; quantity: number; price: string }
type Values = VisitorValues & { readonly siteId: string; readonly key: string }

function wantedOf(visit: Visit, values: URLSearchParams): Wanted | null {
  const variantId = values.get('variantId') ?? ''
  if (idSchema.safeParse(variantId).success) {
    const quantity = Math.trunc(Number(values.get('quantity') ?? '1'))
    const handle = (values.get('handle') ?? '').slice(0, 200)
    return { handle, variantId, quantity: Math.min(20, Math.max(1, quantity || 1)) }
  }
  return visit.cart ? { cartId: visit.cart.id } : null
}

/** “Réserver pour essayer”: which shop, and who comes. */
export function tryOnPage(visit: Visit) {
  const wanted = wantedOf(visit, visit.query)
  if (!wanted) return goTo(visit, link(visit, 'cart'))
  return showForm(visit, wanted, { name: '', email: '', phone: '', siteId: '', key: newFormKey() }, {})
}

/** Reserves, and goes to the page with the code. Sent twice, it reserves once. */
export async function tryOnForm(visit: Visit) {
  const { form, t, locale } = visit
  const wanted = wantedOf(visit, form)
  if (!wanted) return goTo(visit, link(visit, 'cart'))
  const values = { ...visitorValues(form), siteId: form.get('siteId') ?? '', key: form.get('key') || newFormKey() }
  const errors = visitorErrors(visit, values)
  if (!idSchema.safeParse(values.siteId).success) errors.siteId = t('try.shop_missing')
  if (Object.keys(errors).length > 0) return showForm(visit, wanted, values, errors, 422)
  try {
    const made = await visit.call(
      endpoints.createReservation,
      {
        body: {
          channel: visit.options.channelCode,
          siteId: values.siteId,
          ...linesOf(wanted),
          contact: visitorContact(values),
          locale,
        },
      },
      { idempotencyKey: values.key },
    )
    if ('cartId' in wanted && visit.cart) keepCart(visit, { id: visit.cart.id, count: 0 })
    return await goTo(visit, link(visit, 'reservation', { reservationId: made.id }, { token: made.accessToken ?? '' }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const field = error.problem.code === 'orders.contact_required' ? 'phone' : 'form'
    const detail = field === 'phone' ? t('form.phone_wrong') : error.problem.detail
    return showForm(visit, wanted, { ...values, key: newFormKey() }, { [field]: detail }, error.problem.status)
  }
}

function askedOf(wanted: Wanted) {
  if ('cartId' in wanted) return wanted
  const { variantId, quantity } = wanted
  return { variantId, quantity }
}

function linesOf(wanted: Wanted) {
  if ('cartId' in wanted) return wanted
  const { variantId, quantity } = wanted
  return { lines: [{ variantId, quantity }] }
}

async function showForm(visit: Visit, wanted: Wanted, values: Values, errors: FormErrors, status = 200) {
  const { t } = visit
  let shops: readonly Shop[]
  let articles: readonly Article[]
  try {
    articles = await articlesOf(visit, wanted)
    const query = { channel: visit.options.channelCode, locale: visit.locale, ...askedOf(wanted) }
    shops = (await visit.call(endpoints.listReservationShops, { query })).items
  } catch (error) {
    // A basket or an article that is gone meanwhile.
    if (!isRefusal(error, 'orders.cart_not_found', 'offers.not_offered', 'kernel.invalid_input')) throw error
    return goTo(visit, link(visit, 'cart'))
  }
  const possible = shops.filter((shop) => shop.possible)
  return show(
    visit,
    {
      title: t('try.title'),
      description: t('try.lead'),
      alternates: addresses.tryOn,
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <h1 class="editorial">{t('try.title')}</h1>
          <p class="lead">{t('try.lead')}</p>
          <ErrorSummary visit={visit} errors={errors} />
          <ul class="order-lines try-articles">
            {articles.map((article) => (
              <ArticleLine key={`${article.name} ${article.label}`} {...article} />
            ))}
          </ul>
          {possible.length === 0 ? (
            <p class="banner waiting">
              <Icon name="info" />
              <span>{t('try.nowhere')}</span>
            </p>
          ) : (
            <form method="post" action={link(visit, 'tryOn')} class="checkout-form" noValidate>
              {Object.entries({ ...wanted, key: values.key }).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={String(value)} />
              ))}
              <ShopChoice visit={visit} shops={possible} values={values} errors={errors} />
              <VisitorFields visit={visit} values={values} errors={errors} />
              <div>
                <button class="button primary large" type="submit">
                  {t('try.reserve')}
                </button>
                <p class="small-print">{t('try.small_print')}</p>
              </div>
            </form>
          )}
        </div>
      ),
    },
    status,
  )
}

/** Names and prices of what is to be tried, as the shop sells it now. */
async function articlesOf(visit: Visit, wanted: Wanted): Promise<Article[]> {
  if ('cartId' in wanted) {
    const cart = await currentCart(visit)
    return (cart?.lines ?? []).map(({ name, variantLabel, imageUrl, quantity, unitPrice }) => ({
      name,
      label: variantLabel,
      imageUrl,
      quantity,
      price: money(visit, unitPrice),
    }))
  }
  const { handle, variantId, quantity } = wanted
  const product = await visit.call(endpoints.getOffer, {
    params: { handle },
    query: { channel: visit.options.channelCode, locale: visit.locale },
  })
  const variant = product.variants.find((one) => one.variantId === variantId)
  if (!variant) return []
  const { imageUrl, price, options } = variant
  const label = product.options
    .map(({ code, values }) => values.find((value) => value.code === options[code])?.name ?? '')
    .filter(Boolean)
    .join(' · ')
  return [{ name: product.name, label, imageUrl, quantity, price: money(visit, price) }]
}

function ArticleLine({ name, label, imageUrl, quantity, price }: Article) {
  return (
    <li>
      <Picture url={imageUrl} alt="" width={160} height={120} />
      <div>
        <h2 class="line-name">{name}</h2>
        {label && <p class="muted">{label}</p>}
        <p class="muted tabular">
          {quantity} × {price}
        </p>
      </div>
    </li>
  )
}

type Shop = { siteId: string; siteName: string; possible: boolean; readyBy: string | null; keptUntil: string | null }

function ShopChoice(props: { visit: Visit; shops: readonly Shop[]; values: Values; errors: FormErrors }) {
  const { visit, shops, values, errors } = props
  const { t, locale } = visit
  return (
    <fieldset class="step" aria-describedby={errors.siteId ? 'siteId-error' : undefined}>
      <legend>{t('try.which_shop')}</legend>
      <FieldError name="siteId" errors={errors} />
      {shops.map(({ siteId, siteName, readyBy, keptUntil }, index) => (
        <RadioCard
          key={siteId}
          id={index === 0 ? 'field-siteId' : undefined}
          name="siteId"
          value={siteId}
          checked={values.siteId === siteId || (values.siteId === '' && shops.length === 1)}
          title={siteName}
          note={[
            readyBy && t('try.ready', { when: readyWords(visit, readyBy) }),
            keptUntil && t('try.kept_until', { date: formatDate(keptUntil, locale, 'dateTime') }),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </fieldset>
  )
}
