/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferedWindow, WindowOffer } from '@ecluse/contracts/windows.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { hoursWords } from '../parts/when.ts'
import { isRefusal, type Visit } from '../visit.ts'
import type { CheckoutValues } from './checkout-form.ts'

/** Asked while no postal code is known: who delivers in windows at all, and where. */
const nowhere = '00000'
/** Prices that differ are told apart by a class each, so that the style sheet alone shows the sum that goes with a choice. */
const mostFees = 6
/** Days shown at once; the others are one touch away. */
const firstDays = 4

/** What windows there are for what is typed; null when this shop delivers in none. */
export async function windowsFor(
  visit: Visit,
  goods: { cartId: string; without?: string[] } | { orderId: string; token?: string },
  postalCode: string,
): Promise<WindowOffer | null> {
  const code = /^\d{5}$/.test(postalCode) ? postalCode : nowhere
  try {
    const offer = await visit.call(endpoints.offerWindows, {
      query: { locale: visit.locale, ...goods, postalCode: code },
    })
    return offer.zones.length > 0 ? offer : null
  } catch (error) {
    if (isRefusal(error, 'orders.delivery_not_offered', 'orders.cart_not_found')) return null
    throw error
  }
}

/** The different prices of the windows offered, cheapest first. */
function feesOf(offer: WindowOffer | null): OfferedWindow['fee'][] {
  const all = offer?.days.flatMap((day) => day.windows.map(({ fee }) => fee)) ?? []
  const byAmount = new Map(all.map((fee) => [fee.amountMinor, fee]))
  return [...byAmount.values()].sort((a, b) => a.amountMinor - b.amountMinor).slice(0, mostFees)
}

type Props = {
  visit: Visit
  offer: WindowOffer
  errors: FormErrors
  values: Pick<CheckoutValues, 'postalCode' | 'windowId'>
}

/** The days and windows of two hours to choose from; without script, a button asks for those of the postal code typed. */
export function WindowChoice({ visit, offer, errors, values }: Props) {
  const { t } = visit
  const asked = /^\d{5}$/.test(values.postalCode)
  const days = offer.days.filter((day) => day.windows.length > 0)
  const fees = feesOf(offer)
  const later = days.slice(firstDays)
  return (
    <fieldset class="step if-window" id="windows" aria-describedby={errors.windowId ? 'windowId-error' : undefined}>
      <legend>{t('checkout.window')}</legend>
      <FieldError name="windowId" errors={errors} />
      <p class="muted" aria-live="polite">
        {words(visit, offer, asked, days.length)}
      </p>
      {days.slice(0, firstDays).map((day) => (
        <DayWindows key={day.date} {...{ visit, offer, values, day, fees }} first={day === days[0]} />
      ))}
      {later.length > 0 && (
        <details open={later.some((day) => day.windows.some((window) => window.id === values.windowId))}>
          <summary>{t('checkout.window_later', { count: later.length })}</summary>
          {later.map((day) => (
            <DayWindows key={day.date} {...{ visit, offer, values, day, fees }} first={false} />
          ))}
        </details>
      )}
      <button class="button" type="submit" name="act" value="windows" formNoValidate>
        {t(asked ? 'checkout.windows_again' : 'checkout.windows_show')}
      </button>
    </fieldset>
  )
}

type DayProps = Pick<Props, 'visit' | 'offer' | 'values'> & {
  day: WindowOffer['days'][number]
  fees: readonly OfferedWindow['fee'][]
  /** Whether errors lead here. */
  first: boolean
}

function DayWindows({ visit, offer, values, day: { date, windows }, fees, first }: DayProps) {
  const { t, locale } = visit
  return (
    <fieldset class="window-day">
      <legend>{formatDate(`${date}T12:00:00Z`, locale, 'weekday', offer.timeZone)}</legend>
      <div class="window-grid">
        {windows.map((window, index) => (
          <label class="window" key={window.id}>
            <input
              type="radio"
              id={first && index === 0 ? 'field-windowId' : undefined}
              name="windowId"
              value={`${window.id}.${window.fee.amountMinor}`}
              class={`fee-${fees.findIndex((fee) => fee.amountMinor === window.fee.amountMinor)}`}
              checked={values.windowId === window.id}
            />
            <span class="window-hours">{hoursWords(visit, window.startsAt, window.endsAt, offer.timeZone)}</span>
            <span class="muted tabular">
              {window.fee.amountMinor === 0 ? t('checkout.free') : money(visit, window.fee)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function words(visit: Visit, offer: WindowOffer, asked: boolean, dayCount: number): string {
  const { t } = visit
  const zones = new Intl.ListFormat(visit.locale, { type: 'conjunction' }).format(offer.zones)
  if (!asked) return t('checkout.window_ask', { zones })
  if (offer.refusal === 'not_served') return t('checkout.window_not_served', { zones })
  if (offer.refusal === 'not_in_stock') return t('checkout.window_not_in_stock')
  const after = offer.comesOn && formatDate(offer.comesOn, visit.locale, 'weekday', 'UTC')
  if (dayCount === 0) return after ? t('checkout.window_ahead_none', { date: after }) : t('checkout.window_none')
  const choose = t('checkout.window_choose', { zone: offer.zone?.name ?? '' })
  return after ? `${choose} ${t('checkout.window_ahead', { date: after })}` : choose
}

/** What delivery in a window comes to, once for each price: the style sheet shows the one of the window chosen. */
export function WindowSums({ visit, cart, offer }: { visit: Visit; cart: Cart; offer: WindowOffer }) {
  const { t } = visit
  const lines = (fee: string, total: string, mark: string) => (
    <dl class={`sums if-window ${mark}`} key={mark}>
      <div>
        <dt>{t('cart.subtotal', { count: cart.itemCount })}</dt>
        <dd>{money(visit, cart.subtotal)}</dd>
      </div>
      <div>
        <dt>{t('checkout.window_fee')}</dt>
        <dd>{fee}</dd>
      </div>
      <div class="sum-total">
        <dt>{t('checkout.total')}</dt>
        <dd>{total}</dd>
      </div>
    </dl>
  )
  return (
    <div id="window-sums" class="window-sums">
      {lines(t('checkout.window_fee_unknown'), t('checkout.window_fee_unknown'), 'of-none')}
      {feesOf(offer).map((fee, index) =>
        lines(
          fee.amountMinor === 0 ? t('checkout.free') : money(visit, fee),
          money(visit, { ...cart.subtotal, amountMinor: cart.subtotal.amountMinor + fee.amountMinor }),
          `of-fee-${index}`,
        ),
      )}
    </div>
  )
}
