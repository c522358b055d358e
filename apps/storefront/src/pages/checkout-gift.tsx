/** @jsxRuntime automatic @jsxImportSource preact */
import type { Visit } from '../visit.ts'

export type GiftValues = { readonly gift: boolean; readonly giftMessage: string }

/** What a form says of a present. */
export function readGift(form: URLSearchParams): GiftValues {
  // A form sends line breaks as two characters; they were counted as one.
  const giftMessage = (form.get('giftMessage') ?? '').replace(/\r\n?/g, '\n').trim().slice(0, 300)
  return { gift: form.get('gift') === '1', giftMessage }
}

/** For who buys a present: no price in the parcel, and a few words that go with it. */
export function GiftChoice({ visit: { t }, values }: { visit: Visit; values: GiftValues }) {
  return (
    <fieldset class="step">
      <legend>{t('checkout.gift')}</legend>
      <label class="pick consent">
        <input type="checkbox" name="gift" value="1" checked={values.gift} aria-describedby="gift-hint" />
        <span>{t('checkout.gift_is')}</span>
      </label>
      <p class="hint" id="gift-hint">
        {t('checkout.gift_hint')}
      </p>
      <div class="field if-gift">
        <label for="field-giftMessage">
          {t('checkout.gift_message')}
          <span class="optional"> {t('form.optional')}</span>
        </label>
        <textarea id="field-giftMessage" name="giftMessage" rows={3} maxLength={300}>
          {values.giftMessage}
        </textarea>
      </div>
    </fieldset>
  )
}
