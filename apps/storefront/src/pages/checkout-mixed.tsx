/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DriveOffer } from '@ecluse/contracts/drive.ts'
import type { CartSplit } from '@ecluse/contracts/groups.ts'
import type { WindowOffer } from '@ecluse/contracts/windows.ts'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { arrivalWords, readyWords, windowWords } from '../parts/when.ts'
import type { Visit } from '../visit.ts'
import { goodsOf } from './checkout-downloads.tsx'
import type { CheckoutValues } from './checkout-form.ts'
import { windowsFor } from './checkout-windows.tsx'

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

/** Times the parts can be promised at: windows for what is delivered, slots of the drives of the shops chosen. */
export type PartTimes = { readonly windows: WindowOffer | null; readonly drives: DriveOffer['sites'] }
const noTimes: PartTimes = { windows: null, drives: [] }
/** Times offered at once. */
const mostTimes = 24

/** What the split asked for comes to, and at what times; nothing while none is asked for. */
export async function splitFor(
  visit: Visit,
  cart: Cart,
  values: CheckoutValues,
): Promise<{ split: CartSplit | null; times: PartTimes }> {
  if (values.method !== 'mixed' || values.picks.length === 0) return { split: null, times: noTimes }
  const picked = values.picks.map((pick) => pick.split('.')[1] ?? '')
  const { sites } = await visit.call(endpoints.offerDriveSlots, {
    query: { channel: visit.options.channelCode, locale: visit.locale },
  })
  const delivered = goodsOf(cart).some(({ variantId }) => !picked.includes(variantId))
  const windows = delivered ? await windowsFor(visit, { cartId: cart.id, without: picked }, values.postalCode) : null
  const drives = sites.filter(({ siteId }) => values.picks.some((pick) => pick.startsWith(siteId)))
  const { partWindow: windowId, postalCode, partSlot: slot } = values
  try {
    const split = await visit.call(endpoints.splitCart, {
      params: { cartId: cart.id },
      query: {
        locale: visit.locale,
        pick: values.picks,
        ...(windowId ? { windowId, postalCode } : {}),
        ...(slot ? { slot } : {}),
      },
    })
    return { split, times: { windows, drives } }
  } catch (error) {
    // A time that is gone meanwhile is chosen again.
    if (error instanceof ApiError && error.problem.status < 500) return { split: null, times: { windows, drives } }
    throw error
  }
}

type Props = {
  visit: Visit
  cart: Cart
  errors: FormErrors
  values: CheckoutValues
  split: CartSplit | null
  times: PartTimes
}

/** How each article is received: at home, or in a shop that has it. Without script, a button asks what that comes to. */
export function MixedChoice({ visit, cart, errors, values, split, times }: Props) {
  const { t } = visit
  const shops = shopsForPart(cart)
  return (
    <fieldset class="step if-mixed" id="mixed">
      <legend>{t('checkout.mixed')}</legend>
      <FieldError name="picks" errors={errors} />
      {goodsOf(cart).map((line, index) => (
        <div class="field" key={line.variantId}>
          <label for={index === 0 ? 'field-picks' : `way-${line.variantId}`}>
            {line.name}
            {line.variantLabel && <span class="muted"> · {line.variantLabel}</span>}
          </label>
          <select id={index === 0 ? 'field-picks' : `way-${line.variantId}`} name={`way-${line.variantId}`}>
            <option value="">{t('checkout.way_home')}</option>
            {shops
              .filter((shop) => !shop.missing.includes(line.variantId))
              .map((shop) => (
                <option
                  key={shop.siteId}
                  value={shop.siteId ?? ''}
                  selected={values.picks.includes(`${shop.siteId}.${line.variantId}`)}
                >
                  {t('checkout.way_shop', { shop: shop.siteName ?? '' })}
                </option>
              ))}
          </select>
        </div>
      ))}
      {split && <SplitGroups {...{ visit, cart, values, split, times }} />}
      <button class="button" type="submit" name="act" value="split" formNoValidate>
        {t(split ? 'checkout.split_again' : 'checkout.split_show')}
      </button>
    </fieldset>
  )
}

type GroupsProps = Omit<Props, 'errors' | 'split'> & { split: CartSplit }

/** Each part with its articles, its date and what it costs, and the times it can be promised at. */
function SplitGroups({ visit, cart, values, split, times }: GroupsProps) {
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
          <p class="muted">{whenWords(visit, group)}</p>
          {group.missing.length > 0 && (
            <p class="field-error">
              {t('checkout.part_missing', {
                names: new Intl.ListFormat(visit.locale).format(group.missing.map(nameOf)),
              })}
            </p>
          )}
          <PartTime {...{ visit, values, group, times }} />
        </li>
      ))}
    </ul>
  )
}

type Group = CartSplit['groups'][number]

function whenWords(visit: Visit, { method, timed, promisedAt, latestAt }: Group): string | null {
  const { t } = visit
  if (method === 'download') return null
  if (timed && promisedAt && latestAt) return windowWords(visit, promisedAt, latestAt)
  if (method === 'delivery') return arrivalWords(visit, promisedAt, latestAt)
  return promisedAt && t('checkout.ready', { when: readyWords(visit, promisedAt) })
}

/** A window for what is delivered, a time at the drive for what is picked up; none where neither is offered. */
function PartTime({ visit, values, group, times }: Pick<GroupsProps, 'visit' | 'values' | 'times'> & { group: Group }) {
  const { t } = visit
  if (group.method === 'delivery') {
    const windows = times.windows?.days.flatMap((day) => day.windows).slice(0, mostTimes) ?? []
    const options = windows.map((window) => ({
      value: window.id,
      words: `${windowWords(visit, window.startsAt, window.endsAt)} · ${
        window.fee.amountMinor === 0 ? t('checkout.free') : money(visit, window.fee)
      }`,
    }))
    return (
      <TimeSelect
        {...{ options }}
        name="partWindow"
        label={t('checkout.window')}
        none={t('checkout.no_window')}
        chosen={values.partWindow}
      />
    )
  }
  const drive = times.drives.find(({ siteId }) => siteId === group.siteId)
  const options = (drive?.days.flatMap((day) => day.slots).slice(0, mostTimes) ?? []).map((slot) => ({
    value: `${group.siteId}.${slot.id}`,
    words: windowWords(visit, slot.startsAt, slot.endsAt),
  }))
  return (
    <TimeSelect
      {...{ options }}
      name="partSlot"
      label={t('checkout.drive')}
      none={t('checkout.no_drive')}
      chosen={values.partSlot}
    />
  )
}

type SelectProps = {
  name: string
  label: string
  /** What is chosen without a time. */
  none: string
  chosen: string
  options: readonly { value: string; words: string }[]
}

function TimeSelect({ name, label, none, chosen, options }: SelectProps) {
  if (options.length === 0) return null
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} name={name}>
        <option value="">{none}</option>
        {options.map(({ value, words }) => (
          <option key={value} value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
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
