/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { idSchema } from '@ecluse/contracts/scalars.ts'
import { Icon } from '../parts/icon.tsx'
import { PassCard } from '../parts/pass-card.tsx'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { cartPage } from './cart.tsx'

const refusals = ['orders.cart_not_found', 'orders.empty', 'orders.out_of_stock', 'orders.quote_not_open'] as const

/** Makes the cart's pass and shows it. Sent again, it shows the same one. */
export async function cartPassForm(visit: Visit) {
  if (!visit.cart) return goTo(visit, link(visit, 'cart'))
  try {
    const pass = await visit.call(endpoints.createPass, { body: { cartId: visit.cart.id, locale: visit.locale } })
    return await cartPage(visit, undefined, pass)
  } catch (error) {
    if (!isRefusal(error, ...refusals)) throw error
    return cartPage(visit, error.problem.detail)
  }
}

/** Puts the cart aside in a shop for two hours, and shows the pass to come with. */
export async function cartHoldForm(visit: Visit) {
  const siteId = visit.form.get('siteId') ?? ''
  if (!visit.cart || !idSchema.safeParse(siteId).success) return goTo(visit, link(visit, 'cart'))
  const cartId = visit.cart.id
  try {
    await visit.call(endpoints.holdCart, { params: { cartId }, query: { locale: visit.locale }, body: { siteId } })
  } catch (error) {
    if (!isRefusal(error, ...refusals, 'orders.quote_fixed')) throw error
    return cartPage(visit, error.problem.detail)
  }
  return cartPassForm(visit)
}

/** “Continue elsewhere”: the pass, or the way to it, and putting aside in a shop. */
export function ContinueElsewhere({ visit, cart, pass }: { visit: Visit; cart: Cart; pass: Pass | undefined }) {
  const { t } = visit
  const shops = cart.deliveryOptions.filter((option) => option.method === 'pickup' && option.possible)
  const held = cart.lines.some((line) => line.heldUntil !== null)
  return (
    <section class="card continue" aria-labelledby="continue-title" id="continue">
      <h2 id="continue-title">
        <Icon name="phone" /> {t('pass.title')}
      </h2>
      {pass ? (
        <PassCard visit={visit} pass={pass} />
      ) : (
        <form method="post" action={`${link(visit, 'cartPass')}#continue`}>
          <p class="muted">{t('pass.help')}</p>
          <button class="button" type="submit">
            {t('pass.make')}
          </button>
        </form>
      )}
      {shops.length > 0 && !held && !cart.quote && (
        <form method="post" action={`${link(visit, 'cartHold')}#continue`} class="hold-form">
          <label for="hold-site">{t('pass.hold_in')}</label>
          <select id="hold-site" name="siteId">
            {shops.map((shop) => (
              <option key={shop.siteId} value={shop.siteId ?? ''}>
                {shop.siteName}
              </option>
            ))}
          </select>
          <button class="button" type="submit">
            {t('pass.hold')}
          </button>
        </form>
      )}
    </section>
  )
}
