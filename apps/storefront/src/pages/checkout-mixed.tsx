/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CartSplit } from '@ecluse/contracts/groups.ts'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { arrivalWords, readyWords } from '../parts/when.ts'
import { isRefusal, type Visit } from '../visit.ts'
import { goodsOf } from './checkout-downloads.tsx'
import type { CheckoutValues } from './checkout-form.ts'

/** Shops that have at least one article of the cart: only they can take a part of it. */
function shopsForPart(cart: Cart) {
  return cart.deliveryOptions.filter(
    (one) => one.method === 'pickup' && one.siteId !== null && one.missing.length < goodsOf(cart).length,
  )
}

/** Whether a cart can go two ways: several articles, delivery of some, pick-up of others. */
export function canBeSplit(cart: Cart): boolean {
  const delivery = cart.deliveryOptions.find((one) => one.method === 'delivery')
  return goodsOf(cart).length > 1 && cart.quote === null && delivery !== undefined && shopsForPart(cart).length > 0
}

/** What the split asked for comes to; null while none is asked for, or when it is none. */
export async function splitFor(visit: Visit, cart: Cart, values: CheckoutValues): Promise<CartSplit | null> {
  if (values.method !== 'mixed' || values.mixSiteId === '' || values.picks.length === 0) return null
  try {
    return await visit.call(endpoints.splitCart, {
      params: { cartId: cart.id },
      query: { locale: visit.locale, siteId: values.mixSiteId, variantId: values.picks },
    })
  } catch (error) {
    if (isRefusal(error, 'orders.group_wrong', 'orders.delivery_not_offered', 'kernel.invalid_input')) return null
    throw error
  }
}

type Props = { visit: Visit; cart: Cart; errors: FormErrors; values: CheckoutValues; split: CartSplit | null }

/** Which articles are picked up, and where; the others are delivered. Without script, a button asks what that comes to. */
export function MixedChoice({ visit, cart, errors, values, split }: Props) {
  const { t } = visit
  const shops = shopsForPart(cart)
  const haveIt = (variantId: string): string[] =>
    shops.filter((shop) => !shop.missing.includes(variantId)).map((shop) => shop.siteName ?? '')
  return (
    <fieldset class="step if-mixed" id="mixed">
      <legend>{t('checkout.mixed')}</legend>
      <div class={errors.mixSiteId ? 'field wrong' : 'field'}>
        <label for="field-mixSiteId">{t('checkout.which_shop')}</label>
        <select
          id="field-mixSiteId"
          name="mixSiteId"
          aria-invalid={errors.mixSiteId ? 'true' : undefined}
          aria-describedby={errors.mixSiteId ? 'mixSiteId-error' : undefined}
        >
          <option value="">{t('checkout.choose_shop')}</option>
          {shops.map((shop) => (
            <option key={shop.siteId} value={shop.siteId ?? ''} selected={shop.siteId === values.mixSiteId}>
              {t('checkout.shop_has', {
                shop: shop.siteName ?? '',
                count: goodsOf(cart).length - shop.missing.length,
                total: goodsOf(cart).length,
              })}
            </option>
          ))}
        </select>
        <FieldError name="mixSiteId" errors={errors} />
      </div>
      <fieldset class="picks" aria-describedby={errors.picks ? 'picks-error' : undefined}>
        <legend class="sub-legend">{t('checkout.which_picked')}</legend>
        <FieldError name="picks" errors={errors} />
        {goodsOf(cart).map((line, index) => {
          const at = haveIt(line.variantId)
          return (
            <label class="pick" key={line.variantId}>
              <input
                id={index === 0 ? 'field-picks' : undefined}
                type="checkbox"
                name="pick"
                value={line.variantId}
                checked={values.picks.includes(line.variantId)}
                disabled={at.length === 0}
              />
              <span>
                {line.name}
                {line.variantLabel && <span class="muted"> · {line.variantLabel}</span>}
                <span class="muted pick-where">
                  {at.length === 0
                    ? t('checkout.pick_nowhere')
                    : t('checkout.pick_at', {
                        count: at.length,
                        shops: new Intl.ListFormat(visit.locale).format(at.slice(0, 3)),
                      })}
                </span>
              </span>
            </label>
          )
        })}
      </fieldset>
      <button class="button" type="submit" name="act" value="split" formNoValidate>
        {t(split ? 'checkout.split_again' : 'checkout.split_show')}
      </button>
      {split && <SplitGroups {...{ visit, cart, split }} />}
    </fieldset>
  )
}

/** Each part with its articles, its date and what it costs. */
function SplitGroups({ visit, cart, split }: { visit: Visit; cart: Cart; split: CartSplit }) {
  const { t } = visit
  const nameOf = (variantId: string): string => cart.lines.find((line) => line.variantId === variantId)?.name ?? ''
  return (
    <ul class="split plain" id="split" aria-live="polite">
      {split.groups.map((group) => (
        <li key={group.siteId ?? group.method} class="card">
          <p class="radio-title">
            {group.method === 'pickup'
              ? t('checkout.part_pickup', { shop: group.siteName ?? '' })
              : t(group.method === 'download' ? 'checkout.part_download' : 'checkout.deliver')}
            <span class="radio-end tabular">
              {group.fee.amountMinor === 0 ? t('checkout.free') : money(visit, group.fee)}
            </span>
          </p>
          <p>{new Intl.ListFormat(visit.locale).format(group.variantIds.map(nameOf))}</p>
          <p class="muted">
            {group.method === 'pickup'
              ? group.promisedAt && t('checkout.ready', { when: readyWords(visit, group.promisedAt) })
              : group.method === 'delivery' && arrivalWords(visit, group.promisedAt, group.latestAt)}
          </p>
          {group.missing.length > 0 && (
            <p class="field-error">
              {t('checkout.part_missing', {
                names: new Intl.ListFormat(visit.locale).format(group.missing.map(nameOf)),
              })}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What the order comes to when it goes two ways; said to be unknown until it was asked for. */
export function MixedSums({ visit, cart, split }: { visit: Visit; cart: Cart; split: CartSplit | null }) {
  const { t } = visit
  return (
    <dl class="sums if-mixed">
      <div>
        <dt>{t('cart.subtotal', { count: cart.itemCount })}</dt>
        <dd>{money(visit, cart.subtotal)}</dd>
      </div>
      <div>
        <dt>{t('checkout.split_fee')}</dt>
        <dd>
          {split
            ? split.fee.amountMinor === 0
              ? t('checkout.free')
              : money(visit, split.fee)
            : t('checkout.split_unknown')}
        </dd>
      </div>
      <div class="sum-total">
        <dt>{t('checkout.total')}</dt>
        <dd>{split ? money(visit, split.total) : t('checkout.split_unknown')}</dd>
      </div>
    </dl>
  )
}
