/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { CompanyPrice } from '@ecluse/contracts/company-orders.ts'
import { idSchema, type Money } from '@ecluse/contracts/scalars.ts'
import { addToCart, changeLine, currentCart, fillCart } from '../cart-acts.ts'
import { readOrder } from '../cookies.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { AheadNote } from '../parts/ahead.tsx'
import { companyPrices } from '../company-prices.ts'
import { show, showPiece } from '../document.tsx'
import { ContinueElsewhere } from './continue-elsewhere.tsx'
import { ExceptionNote } from '../parts/exception-note.tsx'
import { Icon } from '../parts/icon.tsx'
import { openingWords } from '../parts/opening.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { arrivalWords, readyWords } from '../parts/when.ts'
import { addresses } from '../paths.ts'
import { CartLink } from '../shell/header.tsx'
import { isDownloadsOnly } from './checkout-downloads.tsx'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'

type Line = Cart['lines'][number]

/** What keeps a line from being bought. */
function problemOf(visit: Visit, line: Line): string | null {
  if (!line.sold) return visit.t('cart.not_sold')
  if (line.opening && !line.opening.open) return openingWords(visit, line.opening)
  if (line.available <= 0) return visit.t('cart.sold_out')
  if (line.available < line.quantity) return visit.t('cart.only', { count: line.available })
  return null
}

/** Whether the cart can go to checkout as it is. */
export const isBuyable = (visit: Visit, cart: Cart): boolean =>
  cart.lines.length > 0 && cart.lines.every((line) => problemOf(visit, line) === null)

export async function cartPage(visit: Visit, notice?: string, pass?: Pass) {
  const { t } = visit
  const cart = await currentCart(visit)
  const tryable = (await visit.shared.tryShops(visit.call)).size > 0
  const own = await companyPrices(visit, { lines: cart?.lines ?? [] })
  const body =
    cart && cart.lines.length > 0 ? (
      <FullCart {...{ visit, cart, notice, pass, tryable, own }} />
    ) : (
      <EmptyCart visit={visit} />
    )
  return show(visit, {
    title: t('cart.title'),
    description: t('cart.title'),
    alternates: addresses.cart,
    indexed: false,
    personal: true,
    body,
  })
}

/** The form of a product or of a cart line. Answers a piece of page to the islands, and sends everyone else to the cart. */
export async function cartLinesForm(visit: Visit) {
  const { form } = visit
  const variantId = form.get('variantId') ?? ''
  const adding = form.get('mode') === 'add'
  const quantity = Math.trunc(Number(form.get('quantity') ?? '1'))
  if (!idSchema.safeParse(variantId).success || !Number.isFinite(quantity) || quantity < 0) {
    return goTo(visit, link(visit, 'cart'))
  }
  try {
    const cart = await (adding
      ? addToCart(visit, variantId, Math.max(1, quantity))
      : changeLine(visit, variantId, quantity))
    if (adding && cart && visit.request.headers['x-island'] === 'add') {
      return await showPiece(visit, <Added visit={visit} cart={cart} variantId={variantId} />)
    }
  } catch (error) {
    if (
      !isRefusal(
        error,
        'orders.not_sold',
        'offers.not_offered',
        'orders.out_of_stock',
        'inventory.variant_not_found',
        'orders.quote_fixed',
      )
    ) {
      throw error
    }
    return cartPage(visit, error.problem.detail)
  }
  return goTo(visit, link(visit, 'cart'))
}

/** Puts what an order that was not paid held back into the cart. */
export async function cartAgainForm(visit: Visit) {
  const last = readOrder(visit.request)
  if (!last) return goTo(visit, link(visit, 'cart'))
  const order = await visit.call(endpoints.getOrder, {
    params: { orderId: last.orderId },
    query: { token: last.token, locale: visit.locale },
  })
  if (order.documentState === 'cancelled' || order.documentState === 'expired') await fillCart(visit, order.lines)
  return goTo(visit, link(visit, 'cart'))
}

const checkoutOf = (visit: Visit): string =>
  visit.company ? link(visit, 'companyCheckout', { companyId: visit.company.id }) : link(visit, 'checkout')

/** What appears after adding without leaving the page. */
function Added({ visit, cart, variantId }: { visit: Visit; cart: Cart; variantId: string }) {
  const { t } = visit
  const line = cart.lines.find((one) => one.variantId === variantId)
  return (
    <>
      <CartLink visit={visit} />
      <div id="notice" class="notice" role="status">
        {line && (
          <div class="added">
            <Picture url={line.imageUrl} alt="" width={88} height={66} eager />
            <div>
              <p class="added-title">
                <Icon name="check" size={18} /> {t('cart.added')}
              </p>
              <p>
                {line.name}
                {line.variantLabel && <span class="muted"> · {line.variantLabel}</span>}
              </p>
              <p class="actions">
                <a class="button primary small" href={link(visit, 'cart')}>
                  {t('cart.see', { count: cart.itemCount })}
                </a>
                <button class="button small" type="button" data-dismiss>
                  {t('cart.go_on')}
                </button>
              </p>
            </div>
          </div>
        )}
      </div>
    </>
  )
}

function EmptyCart({ visit }: { visit: Visit }) {
  const { t } = visit
  return (
    <div id="cart" class="message-page">
      <h1 class="editorial">{t('cart.empty')}</h1>
      <p class="lead">{t('cart.empty_text')}</p>
      <p class="actions">
        <a class="button primary" href={link(visit, 'catalogue')}>
          {t('home.see_all')}
        </a>
        <a class="button" href={link(visit, 'catalogue', {}, { sort: 'newest' })}>
          {t('home.all_new')}
        </a>
      </p>
    </div>
  )
}

type FullCartProps = {
  visit: Visit
  cart: Cart
  notice?: string | undefined
  pass?: Pass | undefined
  /** Whether some shop lets articles be reserved to try. */
  tryable: boolean
  /** What the company of this visit pays for each line; empty for whoever buys for themself. */
  own: readonly CompanyPrice[]
}

function FullCart({ visit, cart, notice, pass, tryable, own }: FullCartProps) {
  const { t } = visit
  return (
    <div id="cart" class="cart">
      <h1 class="editorial">{t('cart.title')}</h1>
      {notice && (
        <p class="banner urgent" role="alert">
          <Icon name="alert" />
          <span>{notice}</span>
        </p>
      )}
      <div class="cart-layout">
        <div class="cart-main">
          {cart.quote && (
            <p class="banner waiting">
              <Icon name="info" />
              <span>{t('cart.of_quote', { number: cart.quote.number, revision: cart.quote.revision })}</span>
            </p>
          )}
          <ul class="cart-lines">
            {cart.lines.map((line) => (
              <CartLine
                key={line.variantId}
                visit={visit}
                line={line}
                fixed={cart.quote !== null}
                own={own.find(({ variantId }) => variantId === line.variantId)}
              />
            ))}
          </ul>
          <ContinueElsewhere visit={visit} cart={cart} pass={pass} tryable={!isDownloadsOnly(cart) && tryable} />
        </div>
        <CartTotal visit={visit} cart={cart} own={own} />
      </div>
    </div>
  )
}

type CartLineProps = { visit: Visit; line: Line; fixed: boolean; own: CompanyPrice | undefined }

function CartLine({ visit, line, fixed, own }: CartLineProps) {
  const { t } = visit
  const problem = problemOf(visit, line)
  const href = link(visit, 'product', { handle: line.handle })
  return (
    <li class="cart-line">
      <Picture url={line.imageUrl} alt="" width={160} height={120} />
      <div class="cart-line-words">
        <h2>{line.sold ? <a href={href}>{line.name}</a> : line.name}</h2>
        {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
        <p class="muted tabular">
          {t('cart.each', { price: own ? netWords(visit, own.unitNet) : money(visit, line.unitPrice) })}
        </p>
        {!problem && line.opening && (
          <p class="kept">
            <Icon name="check" size={18} />
            <span>{openingWords(visit, line.opening)}</span>
          </p>
        )}
        {!problem && <AheadNote visit={visit} ahead={line.ahead} />}
        <ExceptionNote visit={visit} exception={line.withdrawalException} />
        {line.download && (
          <p class="kept">
            <Icon name="download" size={18} />
            <span>{t('cart.download')}</span>
          </p>
        )}
        {line.priceKeptUntil && (
          <p class="kept">
            <Icon name="clock" size={18} />
            <span>{t('cart.kept', { date: formatDate(line.priceKeptUntil, visit.locale, 'weekday') })}</span>
          </p>
        )}
        {line.heldUntil && (
          <p class="kept">
            <Icon name="check" size={18} />
            <span>{t('cart.held', { time: formatDate(line.heldUntil, visit.locale, 'dateTime') })}</span>
          </p>
        )}
        {problem && (
          <p class="field-error">
            <Icon name="alert" size={18} />
            <span>{problem}</span>
          </p>
        )}
      </div>
      {fixed ? <p class="muted tabular">× {line.quantity}</p> : <LineActs visit={visit} line={line} />}
      <p class="cart-line-total tabular">{own ? netWords(visit, own.lineNet) : money(visit, line.lineTotal)}</p>
    </li>
  )
}

const netWords = (visit: Visit, net: Money): string => visit.t('quick.net', { price: money(visit, net) })

/** The sums of a cart: as everybody pays them, or without VAT first as companies reckon. */
function CartSums({ visit, cart, own }: Pick<FullCartProps, 'visit' | 'cart' | 'own'>) {
  const { t } = visit
  const sum = (amountOf: (price: CompanyPrice) => Money): Money => ({
    ...cart.subtotal,
    amountMinor: own.reduce((total, price) => total + amountOf(price).amountMinor, 0),
  })
  const [net, total] = [sum(({ lineNet }) => lineNet), sum(({ lineTotal }) => lineTotal)]
  const rows: [string, Money][] =
    own.length > 0
      ? [
          [t('company.net'), net],
          [t('company.vat'), { ...net, amountMinor: total.amountMinor - net.amountMinor }],
          [t('company.total'), total],
        ]
      : [
          [t('cart.subtotal', { count: cart.itemCount }), cart.subtotal],
          [t('cart.vat'), cart.vatIncluded],
        ]
  return (
    <dl class="sums">
      {rows.map(([name, amount], index) => (
        <div key={name} class={index === 0 ? 'sum-total' : undefined}>
          <dt class={index === 0 ? undefined : 'muted'}>{name}</dt>
          <dd class={index === 0 ? undefined : 'muted'}>{money(visit, amount)}</dd>
        </div>
      ))}
    </dl>
  )
}

function LineActs({ visit, line }: { visit: Visit; line: Line }) {
  const { t } = visit
  return (
    <div class="cart-line-acts">
      <form method="post" action={link(visit, 'cartLines')} data-island="quantity" class="quantity-form">
        <input type="hidden" name="variantId" value={line.variantId} />
        <input type="hidden" name="mode" value="set" />
        <label>
          <span class="visually-hidden">{t('cart.quantity_of', { name: line.name })}</span>
          <input type="number" name="quantity" min={0} max={9999} value={line.quantity} inputMode="numeric" />
        </label>
        <button class="button small quiet-button" type="submit">
          {t('cart.update')}
        </button>
      </form>
      <form method="post" action={link(visit, 'cartLines')} data-island="quantity">
        <input type="hidden" name="variantId" value={line.variantId} />
        <input type="hidden" name="mode" value="set" />
        <button class="text-button" type="submit" name="quantity" value="0">
          {t('cart.remove')}
          <span class="visually-hidden"> {line.name}</span>
        </button>
      </form>
    </div>
  )
}

/** How the goods of a cart can be received; files go no way at all. */
function CartWays({ visit, cart }: Pick<FullCartProps, 'visit' | 'cart'>) {
  const { t } = visit
  const delivery = cart.deliveryOptions.find((one) => one.method === 'delivery' && one.possible)
  const pickups = cart.deliveryOptions
    .filter((one) => one.method === 'pickup' && one.possible)
    .sort((a, b) => (a.promisedAt ?? '9').localeCompare(b.promisedAt ?? '9'))
  const soonest = pickups[0]
  return (
    <ul class="ways">
      <li>
        <Icon name="truck" />
        {delivery ? (
          <span>
            {delivery.favour
              ? t(`cart.delivery_given.${delivery.favour.source}`, { name: delivery.favour.name ?? '' })
              : delivery.fee.amountMinor === 0
                ? t('cart.delivery_free')
                : t('cart.delivery_fee', { fee: money(visit, delivery.fee) })}
            <br />
            <span class="muted">{arrivalWords(visit, delivery.promisedAt, delivery.latestAt)}</span>
          </span>
        ) : (
          <span class="muted">{t('cart.no_delivery')}</span>
        )}
      </li>
      <li>
        <Icon name="shop" />
        {soonest ? (
          <span>
            {t('cart.pickup', { count: pickups.length })}
            <br />
            <span class="muted">
              {soonest.siteName}
              {soonest.promisedAt && `, ${readyWords(visit, soonest.promisedAt)}`}
            </span>
          </span>
        ) : (
          <span class="muted">{t('cart.no_pickup')}</span>
        )}
      </li>
    </ul>
  )
}

function CartTotal({ visit, cart, own }: Pick<FullCartProps, 'visit' | 'cart' | 'own'>) {
  const { t } = visit
  const buyable = isBuyable(visit, cart)
  return (
    <aside class="cart-total" aria-label={t('cart.summary')}>
      <CartSums {...{ visit, cart, own }} />
      {!isDownloadsOnly(cart) && <CartWays visit={visit} cart={cart} />}
      {buyable ? (
        <a class="button primary large" href={checkoutOf(visit)}>
          {visit.company ? t('company.order_for', { name: visit.company.name }) : t('cart.checkout')}
        </a>
      ) : (
        <p class="banner waiting">
          <Icon name="info" />
          <span>{t('cart.to_mend')}</span>
        </p>
      )}
      <p class="small-print">{t('cart.terms')}</p>
    </aside>
  )
}
