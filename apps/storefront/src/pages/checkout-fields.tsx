/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { Field, FieldError, type FormErrors } from '../parts/field.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import type { Visit } from '../visit.ts'
import { testCards, type CheckoutValues } from './checkout-form.ts'

type AddressProps = {
  visit: Visit
  errors: FormErrors
  values: Pick<CheckoutValues, 'street' | 'street2' | 'postalCode' | 'locality'>
  /** What comes before: to whom, where that is not known from elsewhere. */
  children?: ComponentChildren
}

/** Where a delivery goes, in France. */
export function AddressFields({ visit, errors, values, children }: AddressProps) {
  const { t } = visit
  const common = { visit, errors }
  return (
    <fieldset class="step if-address">
      <legend>{t('checkout.address')}</legend>
      {children}
      <Field
        {...common}
        name="street"
        label={t('form.street')}
        autocomplete="shipping address-line1"
        value={values.street}
        maxLength={200}
      />
      <Field
        {...common}
        name="street2"
        label={t('form.street2')}
        autocomplete="shipping address-line2"
        value={values.street2}
        optional
        maxLength={200}
      />
      <div class="field-pair">
        <Field
          {...common}
          name="postalCode"
          label={t('form.postal_code')}
          autocomplete="shipping postal-code"
          value={values.postalCode}
          inputMode="numeric"
          maxLength={12}
          pattern="^\d{5}$"
        />
        <Field
          {...common}
          name="locality"
          label={t('form.locality')}
          autocomplete="shipping address-level2"
          value={values.locality}
          maxLength={120}
        />
      </div>
      <p class="hint">{t('checkout.france_only')}</p>
    </fieldset>
  )
}

/** How to pay: the cards of the local test provider. */
export function CardChoice({
  visit,
  errors,
  values,
  children,
}: {
  visit: Visit
  errors: FormErrors
  values: Pick<CheckoutValues, 'card'>
  /** Another means beside the card. */
  children?: ComponentChildren
}) {
  const { t } = visit
  return (
    <fieldset class="step" aria-describedby={errors.card ? 'card-error' : 'card-hint'}>
      <legend>{t('checkout.payment')}</legend>
      <p class="banner test" id="card-hint">
        <span class="test-mark">{t('checkout.test')}</span>
        <span>{t('checkout.test_text')}</span>
      </p>
      {children}
      <FieldError name="card" errors={errors} />
      {testCards.map((card, index) => (
        <RadioCard
          key={card}
          id={index === 0 ? 'field-card' : undefined}
          name="card"
          value={card}
          checked={values.card === card}
          title={t(`checkout.card.${card}`)}
          note={t(`checkout.card.${card}_text`)}
        />
      ))}
    </fieldset>
  )
}

/** A voucher pays what it covers; the card pays the rest. */
export function VoucherField({ visit, errors, code }: { visit: Visit; errors: FormErrors; code: string }) {
  const { t } = visit
  return (
    <Field
      {...{ visit, errors }}
      name="voucher"
      label={t('checkout.voucher')}
      hint={t('checkout.voucher_hint')}
      autocomplete="off"
      value={code}
      optional
      maxLength={40}
    />
  )
}
