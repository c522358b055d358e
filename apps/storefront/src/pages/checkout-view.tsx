/** @jsxRuntime automatic @jsxImportSource preact */
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import type { Cart, DeliveryOption } from '@ecluse/contracts/carts.ts'
import type { DriveOffer } from '@ecluse/contracts/drive.ts'
import type { CartSplit } from '@ecluse/contracts/groups.ts'
import type { WindowOffer } from '@ecluse/contracts/windows.ts'
import { ErrorSummary, Field, FieldError, type FormErrors } from '../parts/field.tsx'
import { AheadNote, shipsByOf } from '../parts/ahead.tsx'
import { ExceptionNote } from '../parts/exception-note.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { arrivalWords, readyWords } from '../parts/when.ts'
import { link, type Visit } from '../visit.ts'
import { AddressFields, CardChoice, VoucherField } from './checkout-fields.tsx'
import { WindowChoice, WindowSums } from './checkout-windows.tsx'
import { splitKey, waysOf, type CheckoutValues } from './checkout-form.ts'
import { AppointmentChoice, type CheckoutAppointment } from './checkout-appointment.tsx'
import { DownloadChoice, isDownloadsOnly } from './checkout-downloads.tsx'
import { DriveChoice } from './checkout-drive.tsx'
import { GiftChoice } from './checkout-gift.tsx'
import { SubstitutionChoice } from './checkout-substitutions.tsx'
import { CheckoutPoints } from './checkout-points.tsx'
import { canBeSplit, MixedChoice, MixedSums, type PartTimes } from './checkout-mixed.tsx'

type Props = {
  visit: Visit
  cart: Cart
  errors: FormErrors
  values: CheckoutValues
  /** Null where nothing is delivered in windows. */
  offer: WindowOffer | null
  /** What the split asked for comes to. */
  split: CartSplit | null
  /** The times the parts of the split can be promised at. */
  times: PartTimes
  /** Null where no drive has the whole cart. */
  drive: DriveOffer | null
  /** Null without a service that goes with an article. */
  appointment: CheckoutAppointment | null
  /** Whose points and vouchers may pay; null for who has no card. */
  member: LoyaltyMember | null
}

/** Everything one is asked to buy, in one column. Which fields show follows from the choice, in the style sheet alone. */
export function CheckoutForm(props: Props) {
  const { visit, cart, errors, values } = props
  const { t } = visit
  const totals = totalsOf(cart)
  return (
    <div class="checkout">
      <h1 class="editorial">{t('checkout.title')}</h1>
      <ErrorSummary visit={visit} errors={errors} />
      <form method="post" action={link(visit, 'checkout')} noValidate data-island="checkout" class="checkout-form">
        {/* Enter in a field buys; without this it would press the first button there is, that of the windows. */}
        <button type="submit" hidden tabIndex={-1}>
          {t('checkout.pay')}
        </button>
        <input type="hidden" name="key" value={values.key} />
        <input type="hidden" name="cartId" value={values.cartId} />
        <input type="hidden" name="shipsBy" value={shipsByOf(cart)} />
        <input type="hidden" name="subtotal" value={cart.subtotal.amountMinor} />
        {totals.delivery !== null && <input type="hidden" name="totalDelivery" value={totals.delivery} />}
        {totals.pickup !== null && <input type="hidden" name="totalPickup" value={totals.pickup} />}
        {props.split && <input type="hidden" name="totalMixed" value={props.split.total.amountMinor} />}
        {props.split && <input type="hidden" name="mixShown" value={splitKey(values)} />}
        <ContactFields {...props} />
        {isDownloadsOnly(cart) ? <input type="hidden" name="method" value="download" /> : <Receipt {...props} />}
        <DownloadChoice {...{ visit, cart, values }} />
        <CardChoice {...props}>
          <VoucherField {...{ visit, errors }} code={values.voucher} />
          {props.member && <CheckoutPoints visit={visit} member={props.member} used={values.voucher} />}
        </CardChoice>
        <section class="checkout-summary">
          <h2>{t('checkout.summary')}</h2>
          <Summary {...props} />
          <p class="small-print">
            {t('checkout.terms')} <a href={link(visit, 'terms')}>{t('legal.terms.title')}</a>
          </p>
          <button class="button primary large" type="submit">
            {t('checkout.pay')}
          </button>
        </section>
      </form>
    </div>
  )
}

/** How and where the goods are received. */
function Receipt(props: Props) {
  const { visit, cart, errors, values } = props
  return (
    <>
      <DeliveryChoice {...props} />
      {canBeSplit(cart) && <MixedChoice {...props} />}
      {props.drive && <DriveChoice {...{ visit, errors, values }} drive={props.drive} />}
      {(props.drive || waysOf(cart).pickups.length > 0) && <SubstitutionChoice visit={visit} values={values} />}
      <AddressFields {...props} />
      {props.offer && <WindowChoice {...{ visit, errors, values }} offer={props.offer} />}
      {props.appointment && <AppointmentChoice {...{ visit, errors, values }} appointment={props.appointment} />}
      <GiftChoice visit={visit} values={values} />
    </>
  )
}

/** Totals by way, in minor units; null where there is no such way, or where shops would ask different fees. */
function totalsOf(cart: Cart): { delivery: number | null; pickup: number | null } {
  const { delivery, pickups } = waysOf(cart)
  const fees = new Set(pickups.map((one) => one.fee.amountMinor))
  const [pickupFee] = fees
  return {
    delivery: delivery ? cart.subtotal.amountMinor + delivery.fee.amountMinor : null,
    pickup: fees.size === 1 && pickupFee !== undefined ? cart.subtotal.amountMinor + pickupFee : null,
  }
}

function ContactFields({ visit, errors, values }: Props) {
  const { t } = visit
  return (
    <fieldset class="step">
      <legend>{t('checkout.contact')}</legend>
      <Field
        {...{ visit, errors }}
        name="email"
        label={t('form.email')}
        type="email"
        autocomplete="email"
        value={values.email}
        hint={t('checkout.email_hint')}
        maxLength={254}
      />
      <Field
        {...{ visit, errors }}
        name="name"
        label={t('form.name')}
        autocomplete="name"
        value={values.name}
        maxLength={120}
      />
      <Field
        {...{ visit, errors }}
        name="phone"
        label={t('form.phone')}
        type="tel"
        autocomplete="tel"
        value={values.phone}
        optional
        maxLength={30}
      />
      <label class="check">
        <input type="checkbox" name="byText" value="1" checked={visit.form.get('byText') === '1'} />
        <span>{t('checkout.by_text')}</span>
      </label>
      {values.email === '' && (
        <p class="small-print">
          {t('checkout.member')}{' '}
          <a href={link(visit, 'signIn', {}, { next: link(visit, 'checkout') })}>{t('account.sign_in')}</a>
        </p>
      )}
    </fieldset>
  )
}

function feeWords(visit: Visit, option: DeliveryOption): string {
  const { favour } = option
  if (favour) return visit.t(`checkout.given.${favour.source}`, { name: favour.name ?? '' })
  return option.fee.amountMinor === 0 ? visit.t('checkout.free') : money(visit, option.fee)
}

function DeliveryChoice({ visit, cart, errors, values, offer, drive }: Props) {
  const { t } = visit
  const { delivery, pickups } = waysOf(cart)
  const soonest = pickups[0]
  return (
    <fieldset class="step" aria-describedby={errors.method ? 'method-error' : undefined}>
      <legend>{t('checkout.delivery')}</legend>
      <FieldError name="method" errors={errors} />
      {delivery && (
        <RadioCard
          id="field-method"
          name="method"
          value="delivery"
          checked={values.method === 'delivery'}
          title={t('checkout.deliver')}
          note={arrivalWords(visit, delivery.promisedAt, delivery.latestAt)}
          end={feeWords(visit, delivery)}
        />
      )}
      {offer && (
        <RadioCard
          id={delivery ? undefined : 'field-method'}
          name="method"
          value="window"
          checked={values.method === 'window'}
          title={t('checkout.window_deliver')}
          note={t('checkout.window_note', {
            zones: new Intl.ListFormat(visit.locale, { type: 'conjunction' }).format(offer.zones),
          })}
        />
      )}
      {soonest && (
        <RadioCard
          id={delivery || offer ? undefined : 'field-method'}
          name="method"
          value="pickup"
          checked={values.method === 'pickup'}
          title={t('checkout.pick_up')}
          note={
            soonest.promisedAt
              ? t('checkout.pick_up_soonest', {
                  shop: soonest.siteName ?? '',
                  when: readyWords(visit, soonest.promisedAt),
                })
              : t('checkout.pick_up_shops', { count: pickups.length })
          }
          end={feeWords(visit, soonest)}
        />
      )}
      <OtherWays {...{ visit, cart, values, drive }} isFirst={!delivery && !offer && !soonest} fee={soonest} />
      <ShopChoice {...{ visit, errors, values, pickups }} />
    </fieldset>
  )
}

type OtherProps = Pick<Props, 'visit' | 'cart' | 'values' | 'drive'> & {
  isFirst: boolean
  fee: DeliveryOption | undefined
}

/** Ways that begin with a choice of their own: a time at a drive, or article by article. */
function OtherWays({ visit, cart, values, drive, isFirst, fee }: OtherProps) {
  const { t } = visit
  return (
    <>
      {drive && (
        <RadioCard
          name="method"
          value="drive"
          checked={values.method === 'drive'}
          title={t('checkout.drive_title')}
          note={t('checkout.drive_note', {
            shops: new Intl.ListFormat(visit.locale).format(drive.sites.map(({ siteName }) => siteName)),
          })}
          end={fee && feeWords(visit, fee)}
        />
      )}
      {canBeSplit(cart) && (
        <RadioCard
          id={isFirst ? 'field-method' : undefined}
          name="method"
          value="mixed"
          checked={values.method === 'mixed'}
          title={t('checkout.mixed_title')}
          note={t('checkout.mixed_note')}
        />
      )}
    </>
  )
}

/** Which shop, for who picks everything up. */
function ShopChoice({
  visit,
  errors,
  values,
  pickups,
}: Pick<Props, 'visit' | 'errors' | 'values'> & { pickups: DeliveryOption[] }) {
  const { t } = visit
  return (
    <div class="if-pickup" role="group" aria-label={t('checkout.which_shop')}>
      <p class="sub-legend">{t('checkout.which_shop')}</p>
      <FieldError name="siteId" errors={errors} />
      {pickups.map((option, index) => (
        <RadioCard
          key={option.siteId}
          id={index === 0 ? 'field-siteId' : undefined}
          name="siteId"
          value={option.siteId ?? ''}
          checked={values.siteId === option.siteId || (values.siteId === '' && pickups.length === 1)}
          title={option.siteName}
          note={option.promisedAt && t('checkout.ready', { when: readyWords(visit, option.promisedAt) })}
        />
      ))}
    </div>
  )
}

function Summary({ visit, cart, offer, split, drive }: Props) {
  const { t } = visit
  const { delivery, pickups } = waysOf(cart)
  const total = (option: DeliveryOption): string =>
    money(visit, { ...cart.subtotal, amountMinor: cart.subtotal.amountMinor + option.fee.amountMinor })
  const sums = (option: DeliveryOption, way: 'delivery' | 'pickup' | 'drive') => (
    <dl class={`sums if-${way}`}>
      <div>
        <dt>{t('cart.subtotal', { count: cart.itemCount })}</dt>
        <dd>{money(visit, cart.subtotal)}</dd>
      </div>
      <div>
        <dt>{t(way === 'delivery' ? 'checkout.deliver' : way === 'drive' ? 'checkout.drive' : 'checkout.pick_up')}</dt>
        <dd>{feeWords(visit, option)}</dd>
      </div>
      <div class="sum-total">
        <dt>{t('checkout.total')}</dt>
        <dd>{total(option)}</dd>
      </div>
    </dl>
  )
  return (
    <>
      <ul class="summary-lines">
        {cart.lines.map((line) => (
          <li key={line.variantId}>
            <Picture url={line.imageUrl} alt="" width={72} height={54} />
            <span>
              {line.name}
              {line.variantLabel && <span class="muted"> · {line.variantLabel}</span>}
              <br />
              <span class="muted">{t('checkout.quantity', { count: line.quantity })}</span>
              <AheadNote visit={visit} ahead={line.ahead} />
              <ExceptionNote visit={visit} exception={line.withdrawalException} />
            </span>
            <span class="tabular">{money(visit, line.lineTotal)}</span>
          </li>
        ))}
      </ul>
      {isDownloadsOnly(cart) && (
        <dl class="sums">
          <div class="sum-total">
            <dt>{t('checkout.total')}</dt>
            <dd>{money(visit, cart.subtotal)}</dd>
          </div>
        </dl>
      )}
      {delivery && sums(delivery, 'delivery')}
      {offer && <WindowSums {...{ visit, cart, offer }} />}
      {pickups[0] && sums(pickups[0], 'pickup')}
      {drive && pickups[0] && sums(pickups[0], 'drive')}
      {canBeSplit(cart) && <MixedSums {...{ visit, cart, split }} />}
    </>
  )
}
