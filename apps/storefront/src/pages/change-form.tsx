/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'
import type { WindowOffer } from '@ecluse/contracts/windows.ts'
import { CartChoice } from '../parts/cart-choice.tsx'
import { Field, FieldError, type FormErrors } from '../parts/field.tsx'
import { deliveryWords } from '../parts/order-change.tsx'
import { Picture } from '../parts/picture.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { link, type Visit } from '../visit.ts'
import { AddressFields } from './checkout-fields.tsx'
import { WindowChoice } from './checkout-windows.tsx'
import type { ChangeValues } from './change-values.ts'

type Props = {
  visit: Visit
  order: ChangeableOrder
  /** What could come along; null where nothing can be added. */
  cart: Cart | null
  /** Null where nothing is delivered in windows. */
  offer: WindowOffer | null
  token: string
  values: ChangeValues
  errors: FormErrors
}

/** What can still be changed of an order, as a plain form that leads to what it comes to. */
export function ChangeForm(props: Props) {
  const { visit, order, token } = props
  const { t } = visit
  const { orderId, lines, addressRefusal, deliveryRefusal, waiting } = order
  const closed = addressRefusal ?? deliveryRefusal
  if (waiting && waiting.payment !== 'none')
    return (
      <p class="banner waiting">
        <span>
          {t('change.refusal.unpaid_change')}{' '}
          <a href={link(visit, 'changePayment', { orderId, changeId: waiting.id }, { token })}>{t('change.go_pay')}</a>
        </span>
      </p>
    )
  if (closed !== null && deliveryRefusal !== null && lines.every(({ refusal }) => refusal !== null))
    return (
      <p class="banner waiting">
        <span>{t(`change.refusal.${closed}`)}</span>
      </p>
    )
  return (
    <form
      method="post"
      action={link(visit, 'changeOrder', { orderId })}
      class="checkout-form change-form"
      data-island="checkout"
      noValidate
    >
      <button type="submit" hidden tabIndex={-1}>
        {t('change.see')}
      </button>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="revision" value={order.revision} />
      <fieldset class="withdraw-lines">
        <legend>{t('order.articles')}</legend>
        <ul class="order-lines">
          {lines.map((line) => (
            <Line key={line.lineId} {...props} line={line} />
          ))}
        </ul>
      </fieldset>
      {order.addRefusal === null && (
        <CartChoice visit={visit} cart={props.cart} chosen={props.values.add} name="change" />
      )}
      <Ways {...props} />
      <p class="muted">{t('change.rule')}</p>
      <button class="button primary large" type="submit">
        {t('change.see')}
      </button>
    </form>
  )
}

function Line({ visit, line, values }: Props & { line: ChangeableOrder['lines'][number] }) {
  const { t } = visit
  const id = `line-${line.lineId}`
  return (
    <li>
      <Picture url={line.imageUrl} alt="" width={96} height={72} />
      <div>
        <h2 class="line-name">{line.name}</h2>
        {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
        {line.refusal ? (
          <p class="muted">
            {t('change.units', { count: line.quantity })} · {t(`change.refusal.${line.refusal}`)}
          </p>
        ) : (
          <div class="field">
            <label for={id}>
              {t('withdraw.quantity')} <span class="visually-hidden">{line.name}</span>
            </label>
            <input
              id={id}
              name={id}
              type="number"
              inputMode="numeric"
              min="0"
              max="9999"
              value={values.quantities.get(line.lineId) ?? line.quantity}
            />
          </div>
        )}
      </div>
    </li>
  )
}

/** As it is, to an address, in a window, or at a shop. */
function Ways(props: Props) {
  const { visit, order, offer, values, errors } = props
  const { t } = visit
  const { deliveryRefusal, addressRefusal, delivery, ways } = order
  // Where only the address can be corrected, that is all there is to choose.
  const onlyAddress = deliveryRefusal !== null && addressRefusal === null
  if (deliveryRefusal !== null && !onlyAddress)
    return <p class="muted">{t('change.delivery_refused', { why: t(`change.refusal.${deliveryRefusal}`) })}</p>
  const toAddress = (ways.delivery && deliveryRefusal === null) || onlyAddress
  return (
    <>
      <fieldset class="step">
        <legend>{t('order.delivery')}</legend>
        <RadioCard
          name="method"
          value="keep"
          checked={values.method === 'keep'}
          title={t('change.keep')}
          note={deliveryWords(visit, delivery)}
        />
        {toAddress && (
          <RadioCard
            name="method"
            value="delivery"
            checked={values.method === 'delivery'}
            title={t(
              delivery.method === 'delivery' && !delivery.inWindow ? 'change.other_address' : 'checkout.deliver',
            )}
          />
        )}
        {offer && !onlyAddress && (
          <RadioCard
            name="method"
            value="window"
            checked={values.method === 'window'}
            title={t('checkout.window_deliver')}
          />
        )}
        {ways.pickups.length > 0 && !onlyAddress && (
          <RadioCard name="method" value="pickup" checked={values.method === 'pickup'} title={t('checkout.pick_up')} />
        )}
        <Shops {...props} />
      </fieldset>
      <AddressFields {...{ visit, errors, values }}>
        <Field
          {...{ visit, errors }}
          name="name"
          label={t('change.name')}
          value={values.name}
          autocomplete="shipping name"
          maxLength={120}
        />
      </AddressFields>
      {offer && <WindowChoice {...{ visit, offer, errors, values }} />}
      <div id="window-sums" hidden />
    </>
  )
}

/** Which shop, for who picks it up. */
function Shops({ visit, order, values, errors }: Props) {
  const { t } = visit
  return (
    <div class="if-pickup" role="group" aria-label={t('checkout.which_shop')}>
      <p class="sub-legend">{t('checkout.which_shop')}</p>
      <FieldError name="siteId" errors={errors} />
      {order.ways.pickups.map(({ siteId, siteName }, index) => (
        <RadioCard
          key={siteId}
          id={index === 0 ? 'field-siteId' : undefined}
          name="siteId"
          value={siteId}
          checked={values.siteId === siteId}
          title={siteName}
        />
      ))}
    </div>
  )
}
